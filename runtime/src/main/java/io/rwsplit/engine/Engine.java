package io.rwsplit.engine;

/**
 * A database engine rwsplit knows the URL forms and the drivers of. Immutable.
 *
 * <p>{@code jdbc:mysql:} is accepted by both Connector/J families: MariaDB's driver takes it in 2.x
 * by default and in 3.x with {@code permitMysqlScheme} (its {@code Configuration.acceptsUrl}).
 */
public enum Engine {
  /** SQLite files, opened by sqlite-jdbc. */
  SQLITE("jdbc:sqlite:", 0, classes("org/sqlite/"), drivers("org.sqlite.JDBC")),

  /** PostgreSQL, opened by pgjdbc. */
  POSTGRESQL(
      "jdbc:postgresql:", 5432, classes("org/postgresql/"), drivers("org.postgresql.Driver")),

  /** MariaDB, opened by MariaDB Connector/J. */
  MARIADB("jdbc:mariadb:", 3306, classes("org/mariadb/jdbc/"), drivers("org.mariadb.jdbc.Driver")),

  /** MySQL, opened by MySQL Connector/J 5.1 to 9 or by MariaDB Connector/J. */
  MYSQL(
      "jdbc:mysql:",
      3306,
      classes("com/mysql/cj/", "com/mysql/jdbc/", "org/mariadb/jdbc/"),
      drivers("com.mysql.cj.jdbc.Driver", "com.mysql.jdbc.Driver", "org.mariadb.jdbc.Driver")),

  /** H2, embedded or remote. */
  H2("jdbc:h2:", 9092, classes("org/h2/"), drivers("org.h2.Driver"));

  private static final Engine[] ALL = values();

  private final String urlPrefix;
  private final int defaultPort;

  @SuppressWarnings("ImmutableEnumChecker") // never written, never handed out but as a copy
  private final String[] classPrefixes;

  @SuppressWarnings("ImmutableEnumChecker") // never written, never handed out but as a copy
  private final String[] driverClasses;

  Engine(String urlPrefix, int defaultPort, String[] classPrefixes, String[] driverClasses) {
    this.urlPrefix = urlPrefix;
    this.defaultPort = defaultPort;
    this.classPrefixes = classPrefixes;
    this.driverClasses = driverClasses;
  }

  /** What the engine's JDBC URLs begin with, in lower case, ending in a colon. */
  public String urlPrefix() {
    return urlPrefix;
  }

  /** The port a URL without one means; 0 when the engine has no server (SQLite). */
  public int defaultPort() {
    return defaultPort;
  }

  /** True for an engine that is a server of its own, replicated by itself. */
  public boolean isServer() {
    return this == POSTGRESQL || isMySqlFamily();
  }

  /** Names of the {@code java.sql.Driver} classes, newest first; a copy. */
  public String[] driverClasses() {
    return driverClasses.clone();
  }

  /** Internal-name prefixes ({@code org/sqlite/}) of the driver classes to weave; a copy. */
  public String[] classPrefixes() {
    return classPrefixes.clone();
  }

  /**
   * True when the two engines speak one protocol, so that URLs of either may name one server: equal
   * engines, or MariaDB and MySQL.
   */
  public boolean sharesProtocolWith(Engine other) {
    return this == other || (isMySqlFamily() && other.isMySqlFamily());
  }

  /** True for MariaDB and MySQL, whose SQL and protocol are much the same. */
  public boolean isMySqlFamily() {
    return this == MARIADB || this == MYSQL;
  }

  /**
   * The engine whose prefix the URL begins with, whatever its case, or null. Leading white space is
   * skipped, as sqlite-jdbc does.
   */
  public static Engine ofUrl(String url) {
    if (url == null) {
      return null;
    }
    int start = 0;
    while (start < url.length() && url.charAt(start) <= ' ') {
      start++;
    }
    for (Engine engine : ALL) {
      String prefix = engine.urlPrefix;
      if (url.regionMatches(true, start, prefix, 0, prefix.length())) {
        return engine;
      }
    }
    return null;
  }

  private static String[] classes(String... prefixes) {
    return prefixes;
  }

  private static String[] drivers(String... names) {
    return names;
  }
}
