package io.rwsplit.config;

/** What must hold between the properties of alerts. */
final class AlertChecks {
  private static final Property[] OF_WEBHOOK = {
    Property.ALERT_WEBHOOK_TOKEN, Property.ALERT_WEBHOOK_SECRET, Property.ALERT_WEBHOOK_TIMEOUT
  };

  private static final Property[] OF_MAIL = {
    Property.ALERT_MAIL_PORT,
    Property.ALERT_MAIL_SECURITY,
    Property.ALERT_MAIL_FROM,
    Property.ALERT_MAIL_TO,
    Property.ALERT_MAIL_USER,
    Property.ALERT_MAIL_PASSWORD,
    Property.ALERT_MAIL_TIMEOUT
  };

  private final Values values;

  AlertChecks(Values values) {
    this.values = values;
  }

  void run() {
    webhook();
    mail();
    Object warning = values.get(Property.ALERT_CONNECTIONS_WARNING);
    Object critical = values.get(Property.ALERT_CONNECTIONS_CRITICAL);
    if (warning != null && critical != null && (Long) warning > (Long) critical) {
      values.fault(
          Property.ALERT_CONNECTIONS_WARNING,
          String.valueOf(warning),
          "is above rwsplit.alert.connections.critical",
          "at most " + critical);
    }
  }

  private void webhook() {
    String url = (String) values.get(Property.ALERT_WEBHOOK_URL);
    if (url == null) {
      effectless(OF_WEBHOOK, "has no effect without rwsplit.alert.webhook.url");
    } else {
      try {
        WebhookUrl unused = WebhookUrl.parse(url);
      } catch (InvalidValue e) {
        values.fault(Property.ALERT_WEBHOOK_URL, null, e.getMessage(), "https://host:port/path");
      }
    }
    String token = (String) values.get(Property.ALERT_WEBHOOK_TOKEN);
    if (token != null && !isVisible(token.trim())) {
      values.fault(
          Property.ALERT_WEBHOOK_TOKEN,
          null,
          "cannot be sent in a header",
          "characters of ASCII, none of them blank");
    }
  }

  private void mail() {
    String host = (String) values.get(Property.ALERT_MAIL_HOST);
    if (host == null) {
      effectless(OF_MAIL, "has no effect without rwsplit.alert.mail.host");
      return;
    }
    if (!isVisible(host)) {
      values.fault(Property.ALERT_MAIL_HOST, host, "is no name of a host", "a name or an address");
    }
    String from = (String) values.get(Property.ALERT_MAIL_FROM);
    if (from == null || !isAddress(from)) {
      values.fault(
          Property.ALERT_MAIL_FROM,
          from,
          from == null ? "is not set" : "is no mail address",
          "an address as alerts@example.com");
    }
    if (values.names(Property.ALERT_MAIL_TO).isEmpty()) {
      values.fault(
          Property.ALERT_MAIL_TO, null, "is not set", "addresses as admin@example.com, by commas");
    }
    for (String to : values.names(Property.ALERT_MAIL_TO)) {
      if (!isAddress(to)) {
        values.fault(
            Property.ALERT_MAIL_TO, to, "is no mail address", "addresses as admin@example.com");
      }
    }
    credentials();
  }

  private void credentials() {
    boolean user = values.isGiven(Property.ALERT_MAIL_USER);
    if (user != values.isGiven(Property.ALERT_MAIL_PASSWORD)) {
      Property missing = user ? Property.ALERT_MAIL_PASSWORD : Property.ALERT_MAIL_USER;
      values.fault(missing, null, "is not set, and the other of the two is", "both or neither");
    }
    String given = (String) values.get(Property.ALERT_MAIL_SECURITY);
    MailSecurity security = given == null ? null : MailSecurity.named(given);
    if (given != null && security == null) {
      values.fault(Property.ALERT_MAIL_SECURITY, given, "is not known", "starttls, tls or none");
    }
    if (user && security == MailSecurity.NONE) {
      values.fault(
          Property.ALERT_MAIL_SECURITY,
          values.given(Property.ALERT_MAIL_SECURITY),
          "would send the password in clear",
          "starttls or tls");
    }
  }

  private void effectless(Property[] properties, String why) {
    for (Property property : properties) {
      if (values.isGiven(property)) {
        values.warn(property, property.isSecret() ? null : values.given(property), why);
      }
    }
  }

  /** True for what can stand between the angle brackets of SMTP, and end no line. */
  static boolean isAddress(String text) {
    int at = text.indexOf('@');
    if (at < 1 || at == text.length() - 1 || text.indexOf('@', at + 1) >= 0) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && "@._%+-=/'!#$&*?^{}|~".indexOf(c) < 0) {
        return false;
      }
    }
    return text.length() <= 254;
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
