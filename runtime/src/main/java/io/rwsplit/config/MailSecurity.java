package io.rwsplit.config;

/** How the connection to the mail server is protected. */
public enum MailSecurity {
  /** Encrypted before anything is said that matters; a server that cannot gets nothing. */
  STARTTLS("starttls", 587),
  /** Encrypted from the first byte. */
  TLS("tls", 465),
  /** In clear. */
  NONE("none", 25);

  private final String text;
  private final int usualPort;

  MailSecurity(String text, int usualPort) {
    this.text = text;
    this.usualPort = usualPort;
  }

  /** The one of this name; null when there is none. */
  static MailSecurity named(String name) {
    for (MailSecurity each : values()) {
      if (each.text.equalsIgnoreCase(name)) {
        return each;
      }
    }
    return null;
  }

  /** The port such servers usually have. */
  public int usualPort() {
    return usualPort;
  }

  @Override
  public String toString() {
    return text;
  }
}
