package io.rwsplit.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may ask what: the rate, the host that was meant, where a browser says that a request comes
 * from, and the token. Thread-safe.
 */
final class Guard {
  /** Together, clients may do so many times what one may. */
  private static final int CLIENTS = 4;

  private static final String BEARER = "bearer ";

  private final Set<String> hosts = new HashSet<>();
  private final byte[] token;
  private final boolean protectsAll;
  private final RateLimit each;
  private final RateLimit all;
  private final RateLimit wrong = new RateLimit(1);

  /**
   * @param hosts names besides localhost, lower case
   * @param token null when there is none
   * @param protectsAll true when reading needs the token too
   * @param rate requests a second from one address
   */
  Guard(List<String> hosts, String token, boolean protectsAll, int rate) {
    this.hosts.addAll(hosts);
    this.hosts.add("localhost");
    this.token = token == null ? null : token.getBytes(StandardCharsets.US_ASCII);
    this.protectsAll = protectsAll;
    this.each = new RateLimit(rate);
    this.all = new RateLimit((double) CLIENTS * rate);
  }

  /** Before anything of it is looked at but where it comes from. */
  void admit(String address, long now) throws Refusal {
    if (!each.take(address, now) || !all.take("", now)) {
      throw new Refusal(429, "too many requests");
    }
  }

  /** What holds for every request. */
  void check(Request request) throws Refusal {
    String host = request.header("host");
    if (host == null || !isOurs(host)) {
      throw new Refusal(421, "this host is not served here; see rwsplit.http.hosts");
    }
    String site = request.header("sec-fetch-site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new Refusal(403, "requests of other sites are not answered");
    }
    String origin = request.header("origin");
    if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
      throw new Refusal(403, "requests of other origins are not answered");
    }
  }

  /**
   * Whether the request may do what it wants.
   *
   * @param changes true when it changes something
   */
  void authorize(Request request, boolean changes, long now) throws Refusal {
    if (!changes && !protectsAll) {
      return;
    }
    if (token == null) {
      throw new Refusal(403, "nothing can be changed here: no token is configured");
    }
    String shown = request.header("authorization");
    boolean bearer = shown != null && shown.toLowerCase(Locale.ROOT).startsWith(BEARER);
    if (bearer && isToken(shown.substring(BEARER.length()).trim())) {
      return;
    }
    // A right token is never refused because others try wrong ones.
    if (!wrong.take(request.address(), now)) {
      throw new Refusal(429, "too many wrong tokens");
    }
    throw new Refusal(401, bearer ? "the token is wrong" : "a token is needed");
  }

  private boolean isToken(String shown) {
    return MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
  }

  /** A name that is ours, or any address: a name can be made to lead here, an address cannot. */
  boolean isOurs(String host) {
    String name = withoutPort(host.toLowerCase(Locale.ROOT));
    return name != null && (hosts.contains(name) || isAddress(name));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    if (host.startsWith("[")) {
      int bracket = host.indexOf(']');
      if (bracket < 0 || (bracket + 1 < host.length() && colon != bracket + 1)) {
        return null;
      }
      colon = bracket + 1 < host.length() ? bracket + 1 : -1;
    }
    for (int i = colon + 1; colon >= 0 && i < host.length(); i++) {
      if (host.charAt(i) < '0' || host.charAt(i) > '9') {
        return null;
      }
    }
    return colon < 0 ? host : host.substring(0, colon);
  }

  private static boolean isAddress(String name) {
    boolean six = name.startsWith("[");
    String allowed = six ? "0123456789abcdef:." : "0123456789.";
    int from = six ? 1 : 0;
    int to = six ? name.length() - 1 : name.length();
    int parts = 1;
    for (int i = from; i < to; i++) {
      if (allowed.indexOf(name.charAt(i)) < 0) {
        return false;
      }
      parts += name.charAt(i) == '.' ? 1 : 0;
    }
    return to > from && (six || parts == 4);
  }
}
