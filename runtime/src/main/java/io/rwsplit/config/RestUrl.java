package io.rwsplit.config;

/** Where a REST interface is: {@code http://host:port}, or https. Immutable; holds no secrets. */
public final class RestUrl {
  private final boolean secure;
  private final String host;
  private final int port;

  /**
   * A URL.
   *
   * @param secure true for https
   * @param host name or address, IPv6 without brackets
   * @param port 1 to 65535
   */
  public RestUrl(boolean secure, String host, int port) {
    this.secure = secure;
    this.host = host;
    this.port = port;
  }

  /**
   * Parses a URL that is nothing but scheme, host and port.
   *
   * @param defaultPort the port of a URL that names none
   */
  static RestUrl parse(String text, int defaultPort) throws InvalidValue {
    boolean secure = text.regionMatches(true, 0, "https://", 0, 8);
    if (!secure && !text.regionMatches(true, 0, "http://", 0, 7)) {
      throw new InvalidValue("holds what does not begin with http:// or https://");
    }
    String rest = text.substring(secure ? 8 : 7);
    if (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    if (rest.indexOf('@') >= 0) {
      throw new InvalidValue("holds a user; rwsplit.patroni.user and .password are for that");
    }
    if (rest.indexOf('/') >= 0 || rest.indexOf('?') >= 0) {
      throw new InvalidValue("holds more than http://host:port");
    }
    int colon = rest.lastIndexOf(':');
    boolean hasPort = colon > rest.lastIndexOf(']');
    String host = hasPort ? rest.substring(0, colon) : rest;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new InvalidValue("holds an IPv6 address without brackets");
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (!Character.isLetterOrDigit(c) && ".-_:%".indexOf(c) < 0) {
        throw new InvalidValue("holds more than http://host:port");
      }
    }
    if (host.isEmpty()) {
      throw new InvalidValue("holds a URL without a host");
    }
    return new RestUrl(secure, host, hasPort ? port(rest.substring(colon + 1)) : defaultPort);
  }

  private static int port(String digits) throws InvalidValue {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new InvalidValue("holds a port that is not a number");
    }
    throw new InvalidValue("holds a port that is not between 1 and 65535");
  }

  /** True for https. */
  public boolean isSecure() {
    return secure;
  }

  /** The host's name or address; IPv6 without brackets. */
  public String host() {
    return host;
  }

  /** The port, 1 to 65535. */
  public int port() {
    return port;
  }

  /** Host and port as a request's Host field has them. */
  public String authority() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RestUrl && toString().equals(other.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority();
  }
}
