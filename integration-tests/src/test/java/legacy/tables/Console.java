package legacy.tables;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs what standard input tells it, line by line, and answers each line with one.
 *
 * <p>Arguments: JDBC URL, user, password. {@code new}: from now on another connection on another
 * thread. {@code w SQL}: a write. {@code p SQL}: the same, prepared, as a batch of two. {@code r
 * SQL}: a query; the first column of its first row is the answer. {@code auto on}, {@code auto
 * off}, {@code commit}, {@code rollback}, {@code readonly on}, {@code readonly off}: what JDBC
 * calls so.
 */
public final class Console {
  private final String[] access;
  private ExecutorService thread;
  private Connection connection;

  private Console(String[] access) {
    this.access = access;
  }

  public static void main(String[] args) throws Exception {
    Console console = new Console(args);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer;
      try {
        answer = console.answer(line);
      } catch (Exception e) {
        answer = "error: " + e;
      }
      System.out.println(answer);
    }
    console.close();
  }

  private String answer(final String line) throws Exception {
    if (line.equals("new")) {
      close();
    }
    if (thread == null) {
      thread = Executors.newSingleThreadExecutor();
    }
    return thread
        .submit(
            new Callable<String>() {
              @Override
              public String call() throws SQLException {
                return onThread(line);
              }
            })
        .get();
  }

  private void close() throws SQLException {
    if (thread != null) {
      connection.close();
      thread.shutdown();
      connection = null;
      thread = null;
    }
  }

  private String onThread(String line) throws SQLException {
    if (connection == null) {
      connection =
          access[1].isEmpty()
              ? DriverManager.getConnection(access[0])
              : DriverManager.getConnection(access[0], access[1], access[2]);
    }
    String word = line.split(" ", -1)[0];
    String rest = line.substring(Math.min(line.length(), word.length() + 1));
    if (word.equals("w")) {
      try (Statement statement = connection.createStatement()) {
        return String.valueOf(statement.executeUpdate(rest));
      }
    } else if (word.equals("p")) {
      try (PreparedStatement statement = connection.prepareStatement(rest)) {
        statement.addBatch();
        statement.addBatch();
        return String.valueOf(statement.executeBatch().length);
      }
    } else if (word.equals("r")) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(rest)) {
        return rows.next() ? String.valueOf(rows.getString(1)) : "nothing";
      }
    } else if (word.equals("auto")) {
      connection.setAutoCommit(rest.equals("on"));
    } else if (word.equals("readonly")) {
      connection.setReadOnly(rest.equals("on"));
    } else if (word.equals("commit")) {
      connection.commit();
    } else if (word.equals("rollback")) {
      connection.rollback();
    } else if (!word.equals("new")) {
      throw new SQLException("what is " + word);
    }
    return "done";
  }
}
