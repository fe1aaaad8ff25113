package io.rwsplit.cli.direct;

import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import java.io.File;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The databases of one group, opened with a driver of our own and the credentials of the URLs, of
 * {@code rwsplit.replicas.user} or those that were given. Used by one thread.
 */
public final class Databases {
  private static final int CONNECT_SECONDS = 5;

  private final Settings settings;
  private final Driver driver;
  private final String user;
  private final String password;
  private final List<Node> nodes = new ArrayList<>();

  /**
   * @param user null: as the URLs say
   * @param password null: none, or as the URLs say
   */
  public Databases(Settings settings, Driver driver, String user, String password) {
    this.settings = settings;
    this.driver = driver;
    this.user = user;
    this.password = password;
    nodes.add(new Node("master", settings.master(), true));
    for (int i = 0; i < settings.replicas().size(); i++) {
      nodes.add(new Node("replica" + (i + 1), settings.replicas().get(i), false));
    }
  }

  /** The group's configuration. */
  public Settings settings() {
    return settings;
  }

  /** The engine of all of them. */
  public Engine engine() {
    return settings.engine();
  }

  /** The master, then the replicas. */
  public List<Node> nodes() {
    return nodes;
  }

  /**
   * A connection that writes no data. SQLite's is read-only, and may leave an empty log beside the
   * file.
   *
   * @param seconds how long an answer of a server may take
   */
  public Connection open(Node node, int seconds) throws SQLException {
    return engine() == Engine.SQLITE ? openFile(node, false) : openServer(node, seconds);
  }

  /** The same for a short look that makes no file at all. */
  public Connection openUntouched(Node node, int seconds) throws SQLException {
    return engine() == Engine.SQLITE ? openFile(node, true) : openServer(node, seconds);
  }

  private Connection openFile(Node node, boolean untouched) throws SQLException {
    File file = node.url().file();
    if (!file.isFile()) {
      throw new SQLException("the file " + file + " does not exist");
    }
    String text = node.url().text();
    Properties properties = new Properties();
    if (untouched && isUnusedWal(file)) {
      // Nobody has it open: SQLite would make files beside it.
      text = Engine.SQLITE.urlPrefix() + "file:" + escaped(file) + "?immutable=1";
    } else {
      properties.setProperty("open_mode", "1");
    }
    return connect(text, properties);
  }

  private static boolean isUnusedWal(File file) throws SQLException {
    try {
      SqliteHeader header = SqliteHeader.of(file);
      return header != null && header.isWal() && !new File(file + "-wal").exists();
    } catch (IOException e) {
      throw new SQLException("the file " + file + " cannot be read", e);
    }
  }

  /** As a file name in a URI: SQLite ends the name at a question mark or a hash. */
  private static String escaped(File file) {
    return file.getPath().replace("%", "%25").replace("?", "%3f").replace("#", "%23");
  }

  private Connection openServer(Node node, int seconds) throws SQLException {
    Properties properties = new Properties();
    String text = node.url().withParametersOf(settings.master());
    boolean own = !node.isMaster() && settings.replicaUser() != null;
    String asUser = own ? settings.replicaUser() : user;
    String withPassword = own ? settings.replicaPassword() : password;
    if (asUser != null) {
      Map<String, String> none = new LinkedHashMap<>();
      none.put("user", null);
      none.put("password", null);
      text = engine() == Engine.H2 ? text : JdbcUrl.replaceParameters(text, none);
      properties.setProperty("user", asUser);
    }
    if (withPassword != null) {
      properties.setProperty("password", withPassword);
    }
    if (engine() != Engine.H2) {
      int unit = engine() == Engine.POSTGRESQL ? 1 : 1000;
      Map<String, String> limits = new LinkedHashMap<>();
      limits.put("connectTimeout", "connectTimeout=" + CONNECT_SECONDS * unit);
      limits.put("socketTimeout", "socketTimeout=" + seconds * unit);
      text = JdbcUrl.replaceParameters(text, limits);
    }
    return connect(text, properties);
  }

  private Connection connect(String text, Properties properties) throws SQLException {
    Connection connection = driver.connect(text, properties);
    if (connection == null) {
      throw new SQLException("the driver " + driver.getClass().getName() + " takes no such URL");
    }
    return connection;
  }

  /** What a database has said, without the password. */
  public String message(SQLException e) {
    String message = String.valueOf(e.getMessage()).trim().replace('\n', ' ');
    List<String> secrets = new ArrayList<>(settings.master().secrets());
    for (JdbcUrl url : settings.replicas()) {
      secrets.addAll(url.secrets());
    }
    secrets.add(password);
    secrets.add(settings.replicaPassword());
    for (String secret : secrets) {
      boolean whole = secret != null && secret.length() > 3;
      message = whole ? message.replace(secret, "***") : message;
    }
    return message;
  }
}
