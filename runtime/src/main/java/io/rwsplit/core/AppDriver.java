package io.rwsplit.core;

import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.engine.SqlitePragmas;
import io.rwsplit.jdbc.OwnConnections;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;

/**
 * The application's own JDBC driver, with which rwsplit opens its connections: a second copy would
 * not share SQLite's file locks, and DriverManager does not show it to the isolated loader.
 * Thread-safe.
 */
final class AppDriver {
  /** A replica that is busy for longer is no help: the master serves. */
  private static final String REPLICA_BUSY_MILLIS = "50";

  private final Driver driver;
  private final ClassLoader loader;
  private final Settings settings;

  private AppDriver(Driver driver, ClassLoader loader, Settings settings) {
    this.driver = driver;
    this.loader = loader;
    this.settings = settings;
  }

  /**
   * @param driver the driver object that opened {@code connection}, or null when it is not known:
   *     then one is made of the class that the connection's loader has
   */
  static AppDriver of(Connection connection, Driver driver, Settings settings)
      throws ReflectiveOperationException {
    ClassLoader loader = connection.getClass().getClassLoader();
    boolean sameLoader = driver != null && driver.getClass().getClassLoader() == loader;
    return new AppDriver(sameLoader ? driver : make(connection, settings), loader, settings);
  }

  private static Driver make(Connection connection, Settings settings)
      throws ReflectiveOperationException {
    ClassLoader loader = connection.getClass().getClassLoader();
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
    return connection.getClass().getClassLoader() == loader;
  }

  /** A connection of ours to the master. */
  Connection openMaster() throws SQLException {
    return OwnConnections.open(driver, settings.master().text(), new Properties());
  }

  /**
   * A plain connection of ours to a replica, able to write: for feeding it.
   *
   * @param file the replica's file, or the one that will take its place
   */
  Connection openReplica(int replica, Path file) throws SQLException {
    JdbcUrl url = settings.replicas().get(replica);
    boolean configured = file.equals(url.file().toPath());
    String text = configured ? url.text() : Engine.SQLITE.urlPrefix() + file;
    return OwnConnections.open(driver, text, new Properties());
  }

  /**
   * A connection of ours for reads on a replica, like the application's own to the master where
   * that can change what a read returns.
   */
  Connection openReader(int replica, String url, Properties properties) throws SQLException {
    return openReader(
        settings.replicas().get(replica).withPragmasOf(JdbcUrl.parse(url)), properties);
  }

  /** The same to another file, which stands in for the replica's. */
  Connection openReader(int replica, Path file, String url, Properties properties)
      throws SQLException {
    String ofReplica = settings.replicas().get(replica).withPragmasOf(JdbcUrl.parse(url));
    JdbcUrl bare = JdbcUrl.parse(Engine.SQLITE.urlPrefix() + file);
    return openReader(bare.withPragmasOf(JdbcUrl.parse(ofReplica)), properties);
  }

  private Connection openReader(String effective, Properties properties) throws SQLException {
    Connection connection = OwnConnections.open(driver, effective, forReplica(properties));
    try {
      protect(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private Properties forReplica(Properties application) {
    Properties chosen = new Properties();
    boolean sqlite = settings.engine() == Engine.SQLITE;
    for (String name : application.stringPropertyNames()) {
      if (!sqlite || SqlitePragmas.isForReplicas(name.toLowerCase(Locale.ROOT))) {
        chosen.setProperty(name, application.getProperty(name));
      }
    }
    if (sqlite) {
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

  /** The second net below the classifier: a replica's reader cannot write. */
  private void protect(Connection connection) throws SQLException {
    if (settings.engine() == Engine.SQLITE) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA query_only=1");
      }
    } else {
      connection.setReadOnly(true);
    }
  }
}
