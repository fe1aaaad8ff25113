package legacy.differential;

import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Random sequences of JDBC calls, the same for the same seed, with every outcome printed.
 *
 * <p>Keeps to what SQLite defines: nothing is written below an open result whose rows do not come
 * out of a sorter, and no connection writes while another holds a result or a transaction.
 *
 * <p>Arguments: directory, first seed, number of seeds, calls per seed.
 */
public final class RandomProgram {
  private RandomProgram() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    File directory = new File(args[0]);
    long first = Long.parseLong(args[1]);
    int seeds = Integer.parseInt(args[2]);
    int calls = Integer.parseInt(args[3]);
    String url = "jdbc:sqlite:" + new File(directory, "program.db");
    for (long seed = first; seed < first + seeds; seed++) {
      reset(url);
      Transcript transcript = new Transcript(System.out, seed);
      new Calls(transcript, seed, () -> DriverManager.getConnection(url), directory).run(calls);
    }
    System.out.println("end");
  }

  private static void reset(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      List<String> drops = new ArrayList<>();
      try (ResultSet objects =
          statement.executeQuery(
              "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view', 'table')"
                  + " AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name")) {
        while (objects.next()) {
          drops.add("DROP " + objects.getString(1) + " IF EXISTS " + objects.getString(2));
        }
      }
      for (String drop : drops) {
        statement.executeUpdate(drop);
      }
      for (String create : Texts.SCHEMA) {
        statement.executeUpdate(create);
      }
      for (int i = 1; i <= 12; i++) {
        statement.executeUpdate(
            "INSERT INTO item(id, name, qty, price, data, note) VALUES ("
                + i
                + ", 'item"
                + i
                + "', "
                + i * 10 % 70
                + ", "
                + i * 1.25
                + ", x'0"
                + i % 10
                + "ff', "
                + (i % 3 == 0 ? "NULL" : "'note " + i + "'")
                + ")");
        statement.executeUpdate("INSERT INTO part VALUES (" + i + ", " + (i % 5 + 1) + ", 'p')");
      }
    }
  }
}
