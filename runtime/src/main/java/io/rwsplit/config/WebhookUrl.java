package io.rwsplit.config;

/** Where notices are posted. Immutable; {@link #toString} leaves the path out. */
public final class WebhookUrl {
  private final RestUrl server;
  private final String path;

  private WebhookUrl(RestUrl server, String path) {
    this.server = server;
    this.path = path;
  }

  /** Parses {@code https://host:port/path?query}; what it throws shows nothing of the text. */
  static WebhookUrl parse(String text) throws InvalidValue {
    String url = text.trim();
    int authority = url.indexOf("://");
    int end = authority < 0 ? url.length() : authority + 3;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    boolean secure = url.regionMatches(true, 0, "https://", 0, 8);
    if (!secure && !url.regionMatches(true, 0, "http://", 0, 7)) {
      throw new InvalidValue("does not begin with http:// or https://");
    }
    String base = url.substring(0, end);
    if (base.indexOf('@') >= 0) {
      throw new InvalidValue("holds a user; rwsplit.alert.webhook.token is for that");
    }
    RestUrl server = RestUrl.parse(base, secure ? 443 : 80);
    String path = url.substring(end);
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c > '~' || c == '#') {
        throw new InvalidValue(
            "holds a blank, a # or what is not ASCII; write it as %20 and so on");
      }
    }
    return new WebhookUrl(server, path.startsWith("/") ? path : "/" + path);
  }

  /** Scheme, host and port. */
  public RestUrl server() {
    return server;
  }

  /** Path and query; secret. */
  public String path() {
    return path;
  }

  @Override
  public String toString() {
    return server + "/…";
  }
}
