package legacy.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.UntilTold;
import legacy.chaos.Strikes;
import org.sqlite.Function;

/**
 * Runs what changes a session, and what writes, while some methods are struck at every call, then
 * reads without strikes, on the same connection and on others. Prints what it has read.
 *
 * <p>Arguments: JDBC URL, kinds of strikes, a regular expression of methods.
 */
public final class StruckSessions {
  /** A replica lacks a write for a millisecond or so: a read must come within it. */
  private static final int ROUNDS = 20;

  private interface Deed {
    void on(Connection connection, Statement statement) throws SQLException;
  }

  private final String url;
  private final String kind;
  private final String methods;

  private StruckSessions(String url, String kind, String methods) {
    this.url = url;
    this.kind = kind;
    this.methods = methods;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER)");
      statement.executeUpdate("INSERT INTO t VALUES (1, 0)");
      statement.executeUpdate("CREATE TABLE log (id INTEGER PRIMARY KEY, v INTEGER)");
      statement.executeUpdate(
          "CREATE TRIGGER noted AFTER UPDATE ON t BEGIN INSERT INTO log(v) VALUES (new.v); END");
      UntilTold.read(connection, "SELECT v FROM t");
    }
    for (String kind : args[1].split(",", -1)) {
      new StruckSessions(args[0], kind, args[2]).run();
    }
    System.err.println("struck " + Strikes.struck());
    System.out.println("end");
  }

  private void run() throws Exception {
    Thread other =
        new Thread(
            () -> {
              with("a temporary table", this::temporary);
              with("a function", this::function);
              with("a transaction by text", this::transaction);
              with("a transaction by calls", this::calls);
              for (int i = 0; i < ROUNDS; i++) {
                with("a write", this::write);
              }
              with("reads", this::reads);
              with("connects", this::connects);
            });
    // What is wrong with one thread's state is gone with it.
    other.start();
    other.join();
  }

  private void with(String what, Deed deed) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      System.out.println(what);
      deed.on(connection, statement);
    } catch (SQLException | RuntimeException | Error e) {
      System.out.println(what + ": " + e);
    } finally {
      Strikes.end();
    }
  }

  private void strikes() {
    Strikes.begin(kind, 1, methods);
  }

  private void temporary(Connection connection, Statement statement) throws SQLException {
    strikes();
    statement.executeUpdate("CREATE TEMP TABLE t (id INTEGER PRIMARY KEY, v INTEGER)");
    Strikes.end();
    tell(connection);
  }

  private void function(Connection connection, Statement statement) throws SQLException {
    strikes();
    Function.create(
        connection,
        "abs",
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            result(7);
          }
        });
    Strikes.end();
    StringBuilder line = new StringBuilder();
    add(line, statement.executeQuery("SELECT abs(v) FROM t"));
    System.out.println(line);
  }

  private void transaction(Connection connection, Statement statement) throws SQLException {
    for (int i = 0; i < ROUNDS; i++) {
      strikes();
      statement.execute("BEGIN");
      Strikes.end();
      statement.executeUpdate("UPDATE t SET v = v + 1");
      tell(connection);
      statement.execute("COMMIT");
      tellElsewhere();
    }
  }

  private void calls(Connection connection, Statement statement) throws SQLException {
    for (int i = 0; i < ROUNDS; i++) {
      connection.setAutoCommit(false);
      statement.executeUpdate("UPDATE t SET v = v + 1");
      strikes();
      connection.commit();
      connection.setAutoCommit(true);
      Strikes.end();
      tellElsewhere();
    }
  }

  private void write(Connection connection, Statement statement) throws SQLException {
    strikes();
    statement.executeUpdate("UPDATE t SET v = v + 1");
    Strikes.end();
    tellElsewhere();
    try (Statement next = connection.createStatement()) {
      next.executeUpdate("UPDATE t SET v = v + 1");
      tellElsewhere();
    }
    tell(connection);
  }

  private void reads(Connection connection, Statement statement) throws SQLException {
    for (int i = 0; i < ROUNDS; i++) {
      strikes();
      tell(connection);
      Strikes.end();
      statement.executeUpdate("UPDATE t SET v = v + 1");
      tellElsewhere();
      tell(connection);
    }
  }

  /** Of one statement made while nobody knew the connection, and of one made later. */
  private void connects(Connection before, Statement unused) throws SQLException {
    for (int i = 0; i < ROUNDS; i++) {
      strikes();
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        Strikes.end();
        for (int k = 0; k < 3; k++) {
          statement.executeUpdate("UPDATE t SET v = v + 1");
          tell(before);
        }
        try (Statement later = connection.createStatement()) {
          later.executeUpdate("UPDATE t SET v = v + 1");
          tell(before);
        }
        connection.setAutoCommit(false);
        statement.executeUpdate("UPDATE t SET v = v + 1");
        connection.commit();
        tell(before);
      }
    }
  }

  private void tellElsewhere() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      tell(connection);
    }
  }

  private static void tell(Connection connection) throws SQLException {
    StringBuilder line = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT v FROM t")) {
      add(line, rows);
    }
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT max(v) FROM log WHERE id > ?");
        Statement plain = connection.createStatement()) {
      statement.setInt(1, 0);
      add(line, statement.executeQuery());
      if (plain.execute("SELECT count(*) FROM t")) {
        add(line, plain.getResultSet());
      }
    }
    System.out.println(line);
  }

  private static void add(StringBuilder line, ResultSet rows) throws SQLException {
    line.append('[');
    while (rows.next()) {
      line.append(rows.getInt(1)).append(' ');
    }
    line.append(']');
    rows.close();
  }
}
