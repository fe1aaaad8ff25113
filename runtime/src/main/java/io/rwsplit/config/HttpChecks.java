package io.rwsplit.config;

/** What must hold between the properties of the HTTP server. */
final class HttpChecks {
  /** A token that is shorter could be guessed. */
  static final int SHORTEST_TOKEN = 16;

  private static final Property[] OF_SERVER = {
    Property.HTTP_ADDRESS,
    Property.HTTP_HOSTS,
    Property.HTTP_TOKEN,
    Property.HTTP_TOKEN_FILE,
    Property.HTTP_PROTECT,
    Property.HTTP_RATE,
    Property.HTTP_TLS_KEYSTORE
  };

  private final Values values;

  HttpChecks(Values values) {
    this.values = values;
  }

  void run() {
    if (!values.isGiven(Property.HTTP_PORT)) {
      for (Property property : OF_SERVER) {
        if (values.isGiven(property)) {
          values.warn(property, values.given(property), "has no effect without rwsplit.http.port");
        }
      }
    }
    String token = values.given(Property.HTTP_TOKEN);
    boolean both = token != null && values.isGiven(Property.HTTP_TOKEN_FILE);
    if (both) {
      values.fault(
          Property.HTTP_TOKEN_FILE,
          values.given(Property.HTTP_TOKEN_FILE),
          "is set besides rwsplit.http.token",
          "one of the two");
    }
    if (token != null && !isToken(token)) {
      values.fault(
          Property.HTTP_TOKEN,
          token,
          "cannot be a token",
          SHORTEST_TOKEN + " characters or more of ASCII, none of them blank");
    }
    if (values.get(Property.HTTP_PROTECT) == HttpProtection.ALL
        && token == null
        && !values.isGiven(Property.HTTP_TOKEN_FILE)) {
      values.fault(
          Property.HTTP_PROTECT,
          values.given(Property.HTTP_PROTECT),
          "needs a token, and none is set",
          "changes, or set rwsplit.http.token");
    }
    if (values.isGiven(Property.HTTP_TLS_PASSWORD) && !values.isGiven(Property.HTTP_TLS_KEYSTORE)) {
      values.fault(
          Property.HTTP_TLS_PASSWORD,
          values.given(Property.HTTP_TLS_PASSWORD),
          "is set without rwsplit.http.tls.keystore",
          "both or neither");
    }
  }

  /** True for what can be sent in a header, and not be guessed. */
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return text.length() >= SHORTEST_TOKEN;
  }
}
