package legacy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * An application that takes its SQLite file through journal and locking modes, prints what each
 * pragma answers, and reads and writes in each. Before every chapter it waits for a line of input.
 */
public final class JournalModes {
  private static BufferedReader input;
  private static int written;

  private JournalModes() {}

  /** The argument is a JDBC URL without parameters. */
  public static void main(String[] args) throws Exception {
    input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String url = args[0];
    try (Connection connection = DriverManager.getConnection(url + "?busy_timeout=300");
        Statement statement = connection.createStatement()) {
      run(statement, "PRAGMA journal_mode=WAL");
      statement.executeUpdate("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
      use(statement);
      chapter("journal modes", url);
      for (String mode : new String[] {"DELETE", "TRUNCATE", "PERSIST", "MEMORY", "OFF", "WAL"}) {
        run(statement, "PRAGMA journal_mode=" + mode);
        use(statement);
        run(statement, "PRAGMA journal_mode");
        use(statement);
      }
      chapter("checkpoints", url);
      for (int i = 0; i < 3; i++) {
        use(statement);
        run(statement, "PRAGMA wal_checkpoint(TRUNCATE)");
        use(statement);
      }
      chapter("vacuum", url);
      run(statement, "VACUUM");
      use(statement);
      run(statement, "PRAGMA integrity_check");
      chapter("exclusive", url);
      run(statement, "PRAGMA locking_mode=EXCLUSIVE");
      use(statement);
      use(statement);
      run(statement, "PRAGMA locking_mode");
      run(statement, "PRAGMA locking_mode=NORMAL");
      use(statement);
      chapter("page size", url);
      run(statement, "PRAGMA journal_mode=DELETE");
      run(statement, "PRAGMA page_size=8192");
      run(statement, "VACUUM");
      run(statement, "PRAGMA page_size");
      run(statement, "PRAGMA journal_mode=WAL");
      use(statement);
      chapter("beside another connection", url);
      beside(url, statement);
    }
    chapter("modes of the connect", url);
    connects(url);
    chapter("end", url);
  }

  private static void beside(String url, Statement statement) throws SQLException {
    try (Connection other = DriverManager.getConnection(url + "?busy_timeout=300");
        Statement reader = other.createStatement()) {
      use(reader);
      run(statement, "PRAGMA journal_mode=DELETE");
      use(statement);
      other.setAutoCommit(false);
      try (ResultSet rows = reader.executeQuery("SELECT count(*) FROM t")) {
        use(statement);
        run(statement, "PRAGMA wal_checkpoint(TRUNCATE)");
        run(statement, "VACUUM");
        System.out.println("open result: " + rows.getInt(1));
      }
      other.commit();
      use(reader);
    }
  }

  private static void connects(String url) throws SQLException {
    for (String mode : new String[] {"DELETE", "WAL", "TRUNCATE", "WAL"}) {
      use(url + "?journal_mode=" + mode, new Properties());
    }
    Properties properties = new Properties();
    properties.setProperty("journal_mode", "DELETE");
    use(url, properties);
    use(url, new Properties());
    properties.setProperty("journal_mode", "WAL");
    properties.setProperty("locking_mode", "EXCLUSIVE");
    use(url, properties);
    use(url, new Properties());
  }

  private static void use(String url, Properties properties) {
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement()) {
      if (properties.containsKey("journal_mode") || url.contains("journal_mode")) {
        run(statement, "PRAGMA journal_mode");
      }
      use(statement);
    } catch (SQLException e) {
      System.out.println("connect: " + e.getClass().getName() + " " + e.getErrorCode());
    }
  }

  private static void use(Statement statement) {
    written++;
    run(statement, "INSERT INTO t (v) VALUES ('" + "x".repeat(written % 7 * 900) + "')");
    run(statement, "SELECT count(*), max(id), sum(length(v)) FROM t");
  }

  private static void run(Statement statement, String sql) {
    StringBuilder line = new StringBuilder(sql.substring(0, Math.min(40, sql.length())));
    line.append(" ->");
    try {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              line.append(' ').append(rows.getString(i));
            }
          }
        }
      } else {
        line.append(' ').append(statement.getUpdateCount());
      }
    } catch (SQLException e) {
      line.append(' ').append(e.getClass().getName()).append(' ').append(e.getErrorCode());
    }
    System.out.println(line);
  }

  private static void chapter(String title, String url) throws IOException, SQLException {
    System.out.println("# " + title);
    System.out.flush();
    input.readLine();
    try (Connection connection = DriverManager.getConnection(url + "?busy_timeout=300");
        Statement statement = connection.createStatement()) {
      run(statement, "SELECT count(*), max(id), sum(length(v)) FROM t");
      run(statement, "SELECT id, length(v) FROM t ORDER BY id DESC LIMIT 5");
    }
  }
}
