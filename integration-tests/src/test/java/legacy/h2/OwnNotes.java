package legacy.h2;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Writes and reads what it has written, by H2's driver, until a line of input; then says how often
 * it has missed something, and what statements of H2's own return. Arguments: URL, user, password.
 */
public final class OwnNotes {
  private OwnNotes() {}

  public static void main(String[] args) throws Exception {
    long missed = 0;
    try (Connection writer = DriverManager.getConnection(args[0], args[1], args[2])) {
      try (Statement statement = writer.createStatement()) {
        statement.executeUpdate("DELETE FROM notes");
        statement.executeUpdate("INSERT INTO notes VALUES (1, 0, 'x')");
      }
      long value = 0;
      while (System.in.available() == 0) {
        value++;
        missed += once(writer, value);
        // Another connection of the same thread.
        try (Connection other = DriverManager.getConnection(args[0], args[1], args[2])) {
          missed += read(other) < value ? 1 : 0;
        }
      }
      System.out.println("missed: " + missed);
      own(writer);
    }
  }

  private static long once(Connection connection, long value) throws SQLException {
    if (value % 2 == 0) {
      connection.setAutoCommit(false);
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE notes SET v = ? WHERE id = 1")) {
      update.setLong(1, value);
      update.executeUpdate();
    }
    long missed = read(connection) < value ? 1 : 0;
    if (value % 2 == 0) {
      connection.commit();
      connection.setAutoCommit(true);
    }
    for (int i = 0; i < 5; i++) {
      missed += read(connection) < value ? 1 : 0;
    }
    return missed;
  }

  private static long read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT v FROM notes WHERE id = 1")) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  private static void own(Connection connection) throws SQLException {
    String[] texts = {
      "SELECT NEXT VALUE FOR numbers, id FROM notes",
      "SELECT numbers.NEXTVAL, id FROM notes",
      "SELECT NEXT VALUE FOR numbers, id FROM notes",
      "SELECT draw(), id FROM notes",
      "SELECT * FROM drawn",
      "SELECT id FROM FINAL TABLE (INSERT INTO notes VALUES (7, 7, 'y'))",
      "SELECT COUNT(*) FROM notes",
      "SELECT v FROM notes WHERE id = 1 FOR UPDATE",
      "SELECT UPPER(name), CASEWHEN(id = 1, 'one', 'other') FROM notes ORDER BY id",
      "SELECT * FROM SYSTEM_RANGE(1, 3)",
      "SET @a = 5",
      "SELECT @a, id FROM notes ORDER BY id",
      "SET SCHEMA INFORMATION_SCHEMA",
      "SELECT COUNT(*) > 5 FROM tables"
    };
    try (Statement statement = connection.createStatement()) {
      for (String text : texts) {
        StringBuilder seen = new StringBuilder();
        try {
          if (statement.execute(text)) {
            try (ResultSet rows = statement.getResultSet()) {
              while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                  String value = rows.getString(i);
                  seen.append(text.contains("v FROM") ? "v" : value).append(' ');
                }
              }
            }
          }
        } catch (SQLException e) {
          seen.append(e.getErrorCode());
        }
        System.out.println(text + ": " + seen);
      }
    }
  }
}
