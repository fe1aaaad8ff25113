package legacy.differential;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs SQL texts that are too much for parsers, and prints what came and its CPU time. */
public final class HugeTexts {
  private HugeTexts() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("plain", "SELECT id FROM item WHERE id = 1");
    texts.put("1 MB literal", "SELECT id, '" + "x".repeat(1 << 20) + "' FROM item WHERE id = 1");
    texts.put("1 MB comment", "SELECT id /* " + "x".repeat(1 << 20) + " */ FROM item WHERE id = 1");
    texts.put("1 MB blank", "SELECT id FROM item" + " ".repeat(1 << 20) + "WHERE id = 1");
    texts.put("1 MB of INs", "SELECT id FROM item WHERE id IN (1" + ",1".repeat(1 << 19) + ")");
    texts.put(
        "10,000 parentheses",
        "SELECT id FROM item WHERE id = " + "(".repeat(10_000) + "1" + ")".repeat(10_000));
    texts.put("100,000 ORs", "SELECT id FROM item WHERE id = 1" + " OR id = 1".repeat(100_000));
    texts.put("800 ORs", "SELECT id FROM item WHERE id = 1" + " OR id = 1".repeat(800));
    texts.put(
        "90 parentheses",
        "SELECT id FROM item WHERE id = " + "(".repeat(90) + "1" + ")".repeat(90));
    texts.put("open parentheses", "SELECT id FROM item WHERE id = " + "(".repeat(100_000));
    texts.put("open CASEs", "SELECT " + "CASE WHEN id THEN ".repeat(20_000) + "1 FROM item");
    texts.put("open quotes", "SELECT id FROM item WHERE name = '" + "''".repeat(300_000));
    texts.put("open comments", "SELECT id FROM item " + "/*".repeat(300_000));
    texts.put("many unions", "SELECT id FROM item" + " UNION SELECT id FROM item".repeat(499));
    texts.put("too many unions", "SELECT id FROM item" + " UNION SELECT 1".repeat(5_000));
    texts.put("nested selects", "SELECT * FROM (".repeat(2_000) + "item" + ")".repeat(2_000));
    texts.put("many NOTs", "SELECT id FROM item WHERE " + "NOT ".repeat(50_000) + "id");
    texts.put("many minuses", "SELECT " + "- ".repeat(900) + "id FROM item");
    texts.put("many statements", "SELECT id FROM item WHERE id = 1;".repeat(30_000));
    texts.put("many columns", "SELECT id" + ", id".repeat(1_900) + " FROM item");
    texts.put("nul", "SELECT id FROM item WHERE name = 'a\0b'");
    texts.put("surrogates", "SELECT '\ud800', id FROM item WHERE id = 1");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Connection connection = DriverManager.getConnection(args[0])) {
      for (Map.Entry<String, String> each : texts.entrySet()) {
        for (int round = 0; round < 2; round++) {
          long start = threads.getCurrentThreadCpuTime();
          String text = run(connection, each.getValue());
          String prepared = prepared(connection, each.getValue());
          long millis = (threads.getCurrentThreadCpuTime() - start) / 1_000_000;
          System.out.println(each.getKey() + ": " + text);
          System.out.println(each.getKey() + " prepared: " + prepared);
          System.out.println("time " + each.getKey() + ": " + millis);
        }
      }
    }
  }

  private static String run(Connection connection, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return rows(result);
    } catch (SQLException e) {
      return failure(e);
    }
  }

  private static String prepared(Connection connection, String sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      return rows(result);
    } catch (SQLException e) {
      return failure(e);
    }
  }

  private static String rows(ResultSet result) throws SQLException {
    int hash = 0;
    int rows = 0;
    while (result.next()) {
      rows++;
      hash = hash * 31 + String.valueOf(result.getString(1)).hashCode();
    }
    return rows + " rows " + hash + " of " + result.getMetaData().getColumnCount();
  }

  private static String failure(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return e.getClass().getName()
        + " "
        + message.substring(0, Math.min(200, message.length()))
        + " "
        + message.length()
        + " "
        + e.getErrorCode();
  }
}
