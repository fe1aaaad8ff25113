package io.rwsplit.core;

import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
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
import java.util.List;
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
  private final OwnParameters parameters;

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
    this.parameters =
        new OwnParameters(settings.engine(), settings.replicaUser(), settings.replicaPassword());
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
    Way way = new Way(url, OwnParameters.plain(properties));
    return new AppDriver(sameLoader ? driver : make(loader, settings), copy, settings, way);
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
    Way way = new Way(url, OwnParameters.plain(properties));
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
      Way other = new Way(url, OwnParameters.plain(properties));
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
      properties = parameters.forReplica(properties);
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
      url = OwnParameters.withoutCredentials(url);
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
    return own.open(parameters.hurried(url, properties, seconds), properties);
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
    return openProtected(effective, parameters.forReading(used.properties));
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
    Connection opened = openProtected(effective, parameters.forReplica(properties));
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
      boolean unused = parameters.limit("connectTimeout", effective, chosen);
      limited = !keepsTimeouts && parameters.limit("socketTimeout", effective, chosen);
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

  private String replicaUrl(int replica, String application) {
    return parameters.replicaUrl(nodes.get(replica), application);
  }

  /** The second net below the classifier: a replica's reader cannot write. */
  private void protect(Connection connection) throws SQLException {
    String sql = parameters.readOnlySql();
    if (sql != null) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
    if (settings.engine() != Engine.SQLITE) {
      connection.setReadOnly(true);
    }
  }
}
