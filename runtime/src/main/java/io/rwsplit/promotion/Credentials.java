package io.rwsplit.promotion;

/** With what a server logs in at the one it replicates from. Immutable; never shown. */
public final class Credentials {
  final String user;
  final String password;

  /**
   * Makes them.
   *
   * @param user null when none are known
   * @param password may be null
   */
  public Credentials(String user, String password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public String toString() {
    return "credentials";
  }
}
