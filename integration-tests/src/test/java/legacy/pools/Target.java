package legacy.pools;

/** The database an application is configured for. Immutable. */
public final class Target {
  /** Most connections of each pool. */
  static final int CONNECTIONS = 3;

  final String url;
  final String user;
  final String password;

  public Target(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  boolean is(String engine) {
    return url.startsWith("jdbc:" + engine + ":");
  }
}
