package io.rwsplit.config;

import java.util.List;

/** Where Patroni is asked, and how. Immutable. */
public final class PatroniSettings {
  private final List<RestUrl> urls;
  private final String user;
  private final String password;
  private final long intervalNanos;

  /**
   * Settings.
   *
   * @param urls empty when Patroni is not to be asked
   * @param user null for none
   * @param password null for none
   * @param intervalNanos from one question to the next, whichever member is asked
   */
  public PatroniSettings(List<RestUrl> urls, String user, String password, long intervalNanos) {
    this.urls = urls;
    this.user = user;
    this.password = password;
    this.intervalNanos = intervalNanos;
  }

  static PatroniSettings of(Values values) {
    return new PatroniSettings(
        values.restUrls(Property.PATRONI),
        (String) values.get(Property.PATRONI_USER),
        (String) values.get(Property.PATRONI_PASSWORD),
        values.number(Property.PATRONI_INTERVAL));
  }

  /** The REST URLs in the order of configuration; empty when Patroni is not to be asked. */
  public List<RestUrl> urls() {
    return urls;
  }

  /** User that asks; null for none. */
  public String user() {
    return user;
  }

  /** Its password; null for none. */
  public String password() {
    return password;
  }

  /** From one question to the next, whichever member is asked, in nanoseconds. */
  public long intervalNanos() {
    return intervalNanos;
  }
}
