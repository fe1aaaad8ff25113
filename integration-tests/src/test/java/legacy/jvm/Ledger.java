package legacy.jvm;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** Writes and reads a table, and prints what came of it. Argument: a JDBC URL. */
public final class Ledger {
  private static final int ROUNDS = 50;
  private static final int READS = 10;

  private Ledger() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0])) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("DROP TABLE IF EXISTS ledger");
        statement.executeUpdate("CREATE TABLE ledger(id INTEGER PRIMARY KEY, way TEXT)");
        System.out.println(statement.getClass().getName());
      }
      long sum = 0;
      for (int i = 0; i < ROUNDS; i++) {
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO ledger(way) VALUES (?)")) {
          insert.setString(1, "round " + i);
          sum += insert.executeUpdate();
        }
        try (PreparedStatement read =
            connection.prepareStatement("SELECT id, way FROM ledger WHERE id > ?")) {
          for (int j = 0; j < READS; j++) {
            read.setInt(1, j);
            try (ResultSet rows = read.executeQuery()) {
              while (rows.next()) {
                sum += rows.getLong(1);
              }
            }
          }
        }
      }
      System.out.println("sum " + sum);
    }
  }
}
