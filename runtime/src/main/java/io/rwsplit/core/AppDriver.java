package io.rwsplit.core;

import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.engine.ServerParameters;
import io.rwsplit.engine.SqlitePragmas;
import io.rwsplit.log.Log;
import io.rwsplit.pool.Connector;
import io.rwsplit.pool.ReplicaPools;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The application's own JDBC driver, with which rwsplit opens its connections: a second copy would
 * not share SQLite's file locks, and DriverManager does not show it to the isolated loader.
 * Thread-safe.
 */
final class AppDriver implements ReplicaPools.ConnectorFactory {
  /** A replica that is busy for longer is no help: the master serves. */
  private static final String REPLICA_BUSY_MILLIS = "50";

  /** A server that does not answer a connection attempt for so long counts as gone. */
  private static final int CONNECT_SECONDS = 5;

  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final Executor AT_ONCE =
      new Executor() {
        @Override
        public void execute(Runnable work) {
          work.run();
        }
      };

  /** How the application opens the master. */
  private static final class Way {
    final String url;
    final Properties properties;

    Way(String url, Properties properties) {
      this.url = url;
      this.properties = properties;
      Log.conceal(properties.getProperty("password"));
      for (String secret : JdbcUrl.parse(url).secrets()) {
        Log.conceal(secret);
      }
    }

    boolean hasPassword() {
      return properties.getProperty("password") != null
          || JdbcUrl.parse(url).parameter("password") != null;
    }
  }

  private final DriverCopy copy;
  private final OwnDriver own;
  private final Settings settings;

  /** By index; replicas that join are added. */
  private final List<JdbcUrl> nodes;

  /** For connections of our own to servers, which need the application's credentials. */
  private volatile Way way;

  /** True until a connection of the application has shown that the way is right. */
  private volatile boolean unproven;

  /**
   * The driver cannot end the limit that a connection was opened with (pgjdbc before 42.2), which
   * would cut off long reads: its logins have none.
   */
  private volatile boolean keepsTimeouts;

  /** Who knows which server is the master; null where that never changes. */
  private volatile MasterAddress address;

  /** Where the master is. */
  interface MasterAddress {
    /**
     * The URL of the master now.
     *
     * @param application by which the application opens the master
     * @throws SQLException when there is none
     */
    String masterUrl(String application) throws SQLException;
  }

  /** Which files are the replicas'. */
  interface FilesInPlace {
    /**
     * Returns when a reader may open what is in the replica's place.
     *
     * @throws SQLException when it is another file than the replica's
     */
    void require(int replica) throws SQLException;
  }

  /** Null where replicas are no files, or not fed by us. */
  private volatile FilesInPlace files;

  private AppDriver(Driver driver, DriverCopy copy, Settings settings, Way way) {
    this.own = new OwnDriver(driver);
    this.copy = copy;
    this.settings = settings;
    this.nodes = new CopyOnWriteArrayList<>(settings.nodes());
    this.way = way;
  }

  /**
   * @param driver the driver object that opened {@code connection}, or null when it is not known:
   *     then one is made of the class that the connection's loader has
   * @param copy the one that the connection's class is of
   * @param url the URL it was opened with
   * @param properties what else the application gave its driver
   */
  static AppDriver of(
      Connection connection,
      Driver driver,
      DriverCopy copy,
      String url,
      Properties properties,
      Settings settings)
      throws ReflectiveOperationException {
    ClassLoader loader = connection.getClass().getClassLoader();
    boolean sameLoader = driver != null && driver.getClass().getClassLoader() == loader;
    Way way = new Way(url, plain(properties));
    return new AppDriver(sameLoader ? driver : make(loader, settings), copy, settings, way);
  }

  /** The application's own may be of a class of its, or hold objects of such. */
  static Properties plain(Properties application) {
    Properties copied = new Properties();
    for (String name : application.stringPropertyNames()) {
      copied.setProperty(name, application.getProperty(name));
    }
    return copied;
  }

  /**
   * For a connection that is yet to be opened.
   *
   * @param driver the driver object that will open it; null: one is made
   * @param loader of the driver's classes
   */
  static AppDriver beforeConnect(
      Driver driver,
      ClassLoader loader,
      DriverCopy copy,
      String url,
      Properties properties,
      Settings settings)
      throws ReflectiveOperationException {
    Way way = new Way(url, plain(properties));
    Driver used = driver == null ? make(loader, settings) : driver;
    AppDriver made = new AppDriver(used, copy, settings, way);
    made.unproven = true;
    return made;
  }

  /** From now on the master may be elsewhere than configured. */
  void follow(MasterAddress known) {
    address = known;
  }

  private static Driver make(ClassLoader loader, Settings settings)
      throws ReflectiveOperationException {
    ClassNotFoundException none = null;
    for (Engine engine : Engine.values()) {
      if (engine.sharesProtocolWith(settings.engine())) {
        for (String name : engine.driverClasses()) {
          try {
            Class<?> type = Class.forName(name, true, loader);
            return (Driver) type.getDeclaredConstructor().newInstance();
          } catch (ClassNotFoundException e) {
            none = e;
          }
        }
      }
    }
    throw none == null ? new ClassNotFoundException("a driver") : none;
  }

  /** True when the connection was opened by this very copy of the driver. */
  boolean opened(Connection connection) {
    return copy.isOf(connection.getClass().getClassLoader());
  }

  /** The copy of the driver's classes that it is of. */
  DriverCopy copy() {
    return copy;
  }

  /**
   * Lets go of the driver for good: nothing is opened any more, and what is open is closed.
   *
   * @param nanos how long that may take
   */
  void end(long nanos) {
    own.end(nanos);
    // This is kept until the driver is needed again, and who knows the files knows its connections.
    files = null;
  }

  /** Waits until {@link #end} is over; false when that takes too long. */
  boolean awaitEnded() {
    return own.awaitEnded(END_NANOS);
  }

  /** True until {@link #end} is over and all connections of ours are closed. */
  boolean isHeldUp() {
    return !own.awaitEnded(0) || own.isHeldUp();
  }

  /** The application opens the master also like this: a data source may not show its password. */
  void learn(String url, Properties properties) {
    if (unproven || !way.hasPassword()) {
      Way other = new Way(url, plain(properties));
      if (unproven || other.hasPassword()) {
        way = other;
        unproven = false;
      }
    }
  }

  /**
   * A connection of ours to the master or a replica, both servers, for short questions: every
   * answer that takes longer than {@code seconds} is a failure.
   *
   * @param replica its index; negative for the master
   */
  Connection openObserver(int replica, int seconds) throws SQLException {
    Way known = way;
    String url = known.url;
    Properties properties = (Properties) known.properties.clone();
    MasterAddress follows = address;
    if (replica >= 0) {
      url = replicaUrl(replica, url);
      properties = forReplica(properties);
    } else if (follows != null) {
      url = follows.masterUrl(url);
    }
    return openObserver(url, properties, seconds);
  }

  /**
   * A connection of ours that asks a server for its role.
   *
   * @param node its index; the configured master, whatever its address leads to, is the last
   */
  Connection openForRole(int node, int seconds) throws SQLException {
    Way known = way;
    boolean configuredMaster = node == settings.nodes().size() - 1;
    String url = configuredMaster ? known.url : nodeUrl(node, known.url);
    return openAsFailoverUser(url, (Properties) known.properties.clone(), seconds);
  }

  private Connection openAsFailoverUser(String of, Properties properties, int seconds)
      throws SQLException {
    String url = of;
    String user = settings.failover().user();
    if (user != null) {
      url = withoutCredentials(url);
      properties.setProperty("user", user);
      String password = settings.failover().password();
      properties.setProperty("password", password == null ? "" : password);
    }
    return openObserver(url, properties, seconds);
  }

  /**
   * A connection of ours that may command a server, on the same database whatever the application's
   * is: PostgreSQL's advisory locks are of one.
   *
   * @param node its index; the configured master is the last
   */
  Connection openForControl(int node, int seconds) throws SQLException {
    Way known = way;
    String url = nodeUrl(node, known.url);
    if (settings.engine() == Engine.POSTGRESQL) {
      url = JdbcUrl.ofPostgresDatabase(url, "postgres");
    }
    return openAsFailoverUser(url, (Properties) known.properties.clone(), seconds);
  }

  /** Where the replica of an index is that has joined, the next one or one of before. */
  void node(int index, JdbcUrl replica) {
    if (index == nodes.size()) {
      nodes.add(replica);
    } else {
      nodes.set(index, replica);
    }
  }

  /** The databases of the replicas by index and, where it may be one, of the configured master. */
  List<JdbcUrl> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** The URL of a node for an application that means to open the master. */
  String nodeUrl(int node, String application) {
    return nodes.get(node).inPlaceOf(JdbcUrl.parse(application));
  }

  private Connection openObserver(String url, Properties properties, int seconds)
      throws SQLException {
    if (settings.engine() == Engine.H2) {
      return own.open(url, properties);
    }
    int unit = timeUnit();
    Map<String, String> limits = new LinkedHashMap<>();
    limits.put("connectTimeout", "connectTimeout=" + Math.min(CONNECT_SECONDS, seconds) * unit);
    limits.put("socketTimeout", "socketTimeout=" + seconds * unit);
    for (String name : limits.keySet()) {
      properties.remove(name);
    }
    return own.open(JdbcUrl.replaceParameters(url, limits), properties);
  }

  /** A connection of ours to the master. */
  Connection openMaster() throws SQLException {
    return own.open(settings.master().text(), new Properties());
  }

  /**
   * A plain connection of ours to a replica, able to write: for feeding it.
   *
   * @param file the replica's file, or the one that will take its place
   */
  Connection openReplica(int replica, Path file) throws SQLException {
    JdbcUrl url = nodes.get(replica);
    boolean configured = file.equals(url.file().toPath());
    String text = configured ? url.text() : Engine.SQLITE.urlPrefix() + file;
    return own.open(text, new Properties());
  }

  /** From now on readers open only what is in its place. */
  void readers(FilesInPlace inPlace) {
    files = inPlace;
  }

  /** A connection of ours for reads on a replica, by the first way the application came. */
  Connection openReader(int replica) throws SQLException {
    if (settings.engine() == Engine.SQLITE) {
      return openReader(replica, settings.master().text(), new Properties());
    }
    Way known = way;
    return openReader(replica, known.url, known.properties);
  }

  /**
   * A connection of ours for reads on a replica, like the application's own to the master where
   * that can change what a read returns.
   */
  Connection openReader(int replica, String url, Properties properties) throws SQLException {
    FilesInPlace known = files;
    if (known == null) {
      return openReader(replicaUrl(replica, url), properties);
    }
    known.require(replica);
    Connection opened = openReader(replicaUrl(replica, url), properties);
    try {
      known.require(replica);
      return opened;
    } catch (SQLException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** The same to another file, which stands in for the replica's. */
  Connection openReader(int replica, Path file, String url, Properties properties)
      throws SQLException {
    String ofReplica = replicaUrl(replica, url);
    JdbcUrl bare = JdbcUrl.parse(Engine.SQLITE.urlPrefix() + file);
    return openReader(bare.withParametersOf(JdbcUrl.parse(ofReplica)), properties);
  }

  /**
   * A connection of ours for reads on the master that cannot write. Of a server like those of the
   * application that were opened by the URL and the properties; with the password that is known if
   * these show none.
   */
  Connection openMasterReader(String url, Properties properties) throws SQLException {
    if (settings.engine() == Engine.SQLITE) {
      return protectedOrClosed(openMaster());
    }
    Way used = new Way(url, properties);
    used = used.hasPassword() ? used : way;
    MasterAddress follows = address;
    String master = follows == null ? used.url : follows.masterUrl(used.url);
    String effective = JdbcUrl.parse(master).withParametersOf(JdbcUrl.parse(used.url));
    return openProtected(effective, readProperties(used.properties));
  }

  /** The same on a replica. */
  Connection openReplicaReader(int replica, String url, Properties properties) throws SQLException {
    if (settings.engine() == Engine.SQLITE) {
      return openReader(replica);
    }
    Way used = new Way(url, properties);
    used = used.hasPassword() ? used : way;
    return openReader(replica, used.url, used.properties);
  }

  /** One that was opened already, made unable to write. */
  Connection protectedOrClosed(Connection connection) throws SQLException {
    try {
      protect(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private Connection openReader(String effective, Properties properties) throws SQLException {
    Connection opened = openProtected(effective, forReplica(properties));
    try {
      StartZone.give(settings.engine(), opened, effective, properties);
      return opened;
    } catch (SQLException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private Connection openProtected(String effective, Properties chosen) throws SQLException {
    boolean server = settings.engine().isServer();
    boolean limited = false;
    if (server) {
      boolean unused = limit("connectTimeout", effective, chosen);
      limited = !keepsTimeouts && limit("socketTimeout", effective, chosen);
    }
    Connection connection = protectedOrClosed(own.open(effective, chosen));
    if (limited) {
      try {
        connection.setNetworkTimeout(AT_ONCE, 0);
      } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
        connection.close();
        keepsTimeouts = true;
        chosen.remove("socketTimeout");
        return protectedOrClosed(own.open(effective, chosen));
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  /** What shows that a connection works; null where the driver has a method for that. */
  String validationQuery() {
    return own.isOld() ? "SELECT 1" : null;
  }

  @Override
  public Connector connector(int replica, String url, Properties properties) {
    return new ReplicaConnector(this, replica, url, properties);
  }

  /**
   * Some drivers wait for ever for a server that accepts and says nothing; what they log in by is
   * limited by {@code socketTimeout} only (pgjdbc's {@code ConnectionFactoryImpl}).
   *
   * @return false when the application has set a limit of its own
   */
  private boolean limit(String name, String url, Properties properties) {
    if (JdbcUrl.parse(url).parameter(name.toLowerCase(Locale.ROOT)) != null
        || properties.getProperty(name) != null) {
      return false;
    }
    properties.setProperty(name, String.valueOf(CONNECT_SECONDS * timeUnit()));
    return true;
  }

  /** Timeouts are seconds for pgjdbc, milliseconds for the others. */
  private int timeUnit() {
    return settings.engine() == Engine.POSTGRESQL ? 1 : 1000;
  }

  private String replicaUrl(int replica, String application) {
    String url = nodes.get(replica).withParametersOf(JdbcUrl.parse(application));
    if (settings.replicaUser() == null || !settings.engine().isServer()) {
      return url;
    }
    return withoutCredentials(url);
  }

  /** Parameters of a URL win over properties. */
  private static String withoutCredentials(String url) {
    Map<String, String> credentials = new LinkedHashMap<>();
    credentials.put("user", null);
    credentials.put("password", null);
    return JdbcUrl.replaceParameters(url, credentials);
  }

  private Properties forReplica(Properties application) {
    Properties chosen = readProperties(application);
    if (settings.engine() == Engine.SQLITE) {
      chosen.setProperty("busy_timeout", REPLICA_BUSY_MILLIS);
    }
    if (settings.replicaUser() != null) {
      chosen.setProperty("user", settings.replicaUser());
    }
    if (settings.replicaPassword() != null) {
      chosen.setProperty("password", settings.replicaPassword());
    }
    return chosen;
  }

  /** Those that concern reading. */
  private Properties readProperties(Properties application) {
    Properties chosen = new Properties();
    boolean sqlite = settings.engine() == Engine.SQLITE;
    for (String name : application.stringPropertyNames()) {
      if (sqlite
          ? SqlitePragmas.isForReplicas(name.toLowerCase(Locale.ROOT))
          : ServerParameters.isForReplicas(name) && !name.equals(StartZone.PROPERTY)) {
        chosen.setProperty(name, application.getProperty(name));
      }
    }
    return chosen;
  }

  /** The second net below the classifier: a replica's reader cannot write. */
  private void protect(Connection connection) throws SQLException {
    String sql;
    switch (settings.engine()) {
      case SQLITE:
        sql = "PRAGMA query_only=1";
        break;
      case POSTGRESQL:
        sql = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";
        break;
      case MARIADB:
      case MYSQL:
        sql = "SET SESSION TRANSACTION READ ONLY";
        break;
      default:
        connection.setReadOnly(true);
        return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    if (settings.engine() != Engine.SQLITE) {
      connection.setReadOnly(true);
    }
  }
}
