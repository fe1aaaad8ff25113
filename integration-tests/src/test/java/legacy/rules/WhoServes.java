package legacy.rules;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks which database file serves a query, each in a thread of its own, and prints all that did.
 *
 * <p>Arguments: JDBC URL, then for each question how it is asked and the query. It begins when the
 * query of the first has been served by two files other than the master.
 */
public final class WhoServes {
  private static final int READS = 20;

  private WhoServes() {}

  public static void main(String[] args) throws Exception {
    long deadline = System.nanoTime() + 30000000000L;
    Set<String> warm = new TreeSet<String>();
    while (warm.size() < 3 && System.nanoTime() - deadline < 0) {
      warm.add("master.db");
      warm.addAll(ask(args[0], "plain", args[2]));
    }
    for (int i = 1; i < args.length; i += 2) {
      System.out.println(args[i] + " " + args[i + 1] + " -> " + ask(args[0], args[i], args[i + 1]));
    }
  }

  private static Set<String> ask(final String url, final String how, final String sql)
      throws Exception {
    final Set<String> served = new TreeSet<String>();
    final Throwable[] failure = new Throwable[1];
    Thread thread =
        new Thread("asking") {
          @Override
          public void run() {
            try (Connection connection = DriverManager.getConnection(url)) {
              asked(connection, how, sql, served);
            } catch (SQLException e) {
              failure[0] = e;
            }
          }
        };
    thread.start();
    thread.join();
    if (failure[0] != null) {
      throw new IllegalStateException(how + " " + sql, failure[0]);
    }
    return served;
  }

  private static void asked(Connection connection, String how, String sql, Set<String> served)
      throws SQLException {
    if (how.equals("wrote")) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("INSERT INTO ledger(way) VALUES ('x')");
      }
    }
    connection.setAutoCommit(!how.equals("transaction"));
    if (how.equals("prepared")) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < READS; i++) {
          add(statement.executeQuery(), served);
        }
      }
      return;
    }
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < READS; i++) {
        add(
            how.equals("billing") ? Billing.query(statement, sql) : statement.executeQuery(sql),
            served);
      }
    }
  }

  private static void add(ResultSet result, Set<String> served) throws SQLException {
    try (ResultSet rows = result) {
      while (rows.next()) {
        served.add(rows.getString(1));
      }
    }
  }

  /** A class that configuration can name. */
  static final class Billing {
    private Billing() {}

    static ResultSet query(Statement statement, String sql) throws SQLException {
      return statement.executeQuery(sql);
    }
  }
}
