package io.rwsplit.config;

import java.util.List;

/** What is said of what goes wrong, and to whom. Immutable; {@link #toString} shows no secrets. */
public final class AlertSettings {
  private static final double HUNDRED = 100.0;

  private final Values values;

  AlertSettings(Values values) {
    this.values = values;
  }

  /** From now on no line of our log shows a secret of these settings. */
  public void conceal() {
    values.conceal();
  }

  /** True when alerts are lines of the log. */
  public boolean log() {
    return values.flag(Property.ALERT_LOG);
  }

  /** What notices call this application; null when nothing is configured. */
  public String source() {
    return (String) values.get(Property.ALERT_SOURCE);
  }

  /** From one look to the next, in nanoseconds. */
  public long intervalNanos() {
    return values.number(Property.ALERT_INTERVAL);
  }

  /** How long something must last before it is an alert, in nanoseconds. */
  public long raiseNanos() {
    return values.number(Property.ALERT_RAISE);
  }

  /** How long it must be gone before the alert is over, in nanoseconds. */
  public long clearNanos() {
    return values.number(Property.ALERT_CLEAR);
  }

  /** From one notice of a kind and server to the next, in nanoseconds. */
  public long cooldownNanos() {
    return values.number(Property.ALERT_COOLDOWN);
  }

  /** The part of connections in use above which there is a warning, 0 to 1. */
  public double connectionsWarning() {
    return values.number(Property.ALERT_CONNECTIONS_WARNING) / HUNDRED;
  }

  /** The part of connections in use above which it is critical, 0 to 1. */
  public double connectionsCritical() {
    return values.number(Property.ALERT_CONNECTIONS_CRITICAL) / HUNDRED;
  }

  /** So many slow statements within a minute are no alert; 0: none are, however many. */
  public long slowStatements() {
    return values.number(Property.ALERT_SLOW);
  }

  /** Where alerts are posted; null when nowhere. */
  public WebhookUrl webhookUrl() {
    String text = (String) values.get(Property.ALERT_WEBHOOK_URL);
    try {
      return text == null ? null : WebhookUrl.parse(text);
    } catch (InvalidValue e) {
      throw new IllegalStateException("rwsplit.alert.webhook.url " + e.getMessage(), e);
    }
  }

  /** What is sent with each as proof of who sends it; null for nothing. */
  public String webhookToken() {
    return trimmed(Property.ALERT_WEBHOOK_TOKEN);
  }

  /** What each is signed with; null for no signature. */
  public String webhookSecret() {
    return trimmed(Property.ALERT_WEBHOOK_SECRET);
  }

  /** For one attempt, in nanoseconds. */
  public long webhookTimeoutNanos() {
    return values.number(Property.ALERT_WEBHOOK_TIMEOUT);
  }

  /** The mail server; null when there is none. */
  public String mailHost() {
    return (String) values.get(Property.ALERT_MAIL_HOST);
  }

  /** Its port. */
  public int mailPort() {
    return values.isGiven(Property.ALERT_MAIL_PORT)
        ? (int) values.number(Property.ALERT_MAIL_PORT)
        : mailSecurity().usualPort();
  }

  /** How the connection to it is protected. */
  public MailSecurity mailSecurity() {
    return MailSecurity.named((String) values.get(Property.ALERT_MAIL_SECURITY));
  }

  /** Address of the sender. */
  public String mailFrom() {
    return (String) values.get(Property.ALERT_MAIL_FROM);
  }

  /** Addresses of those who get it. */
  public List<String> mailTo() {
    return values.names(Property.ALERT_MAIL_TO);
  }

  /** User on the mail server; null for none. */
  public String mailUser() {
    return (String) values.get(Property.ALERT_MAIL_USER);
  }

  /** Its password; null for none. */
  public String mailPassword() {
    return (String) values.get(Property.ALERT_MAIL_PASSWORD);
  }

  /** For one attempt, in nanoseconds. */
  public long mailTimeoutNanos() {
    return values.number(Property.ALERT_MAIL_TIMEOUT);
  }

  private String trimmed(Property property) {
    String text = (String) values.get(property);
    return text == null ? null : text.trim();
  }
}
