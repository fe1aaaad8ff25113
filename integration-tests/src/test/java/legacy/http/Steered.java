package legacy.http;

import java.io.BufferedReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import legacy.Told;

/**
 * An application that does what its standard input says: {@code read N}, {@code write N}, {@code
 * measure N} (the median and the 99th percentile of N reads, in microseconds), {@code query TEXT},
 * {@code end}. Each ends with a line that begins with {@code DONE}.
 */
public final class Steered {
  private Steered() {}

  /** Arguments: URL, and for servers user and password. */
  public static void main(String[] args) throws Exception {
    BufferedReader in = Told.lines();
    try (Connection connection = Told.connect(args)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT)");
      }
      System.out.println("READY");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("query")) {
          query(connection, line.substring(6));
          System.out.println("DONE query");
          continue;
        }
        int count = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        if (words[0].equals("end")) {
          return;
        }
        System.out.println("DONE " + run(connection, words[0], count));
      }
    }
  }

  private static void query(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(text)) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }

  private static String run(Connection connection, String what, int count) throws SQLException {
    long[] nanos = new long[count];
    if (what.equals("write")) {
      try (Statement statement = connection.createStatement()) {
        for (int i = 0; i < count; i++) {
          statement.executeUpdate(
              "INSERT INTO item (id, name) SELECT coalesce(max(id), 0) + 1, 'secret-literal'"
                  + " FROM item");
        }
      }
      return what;
    }
    try (PreparedStatement read =
        connection.prepareStatement("SELECT id, name FROM item WHERE id = ?")) {
      for (int i = 0; i < count; i++) {
        long began = System.nanoTime();
        read.setInt(1, i % 10);
        try (ResultSet rows = read.executeQuery()) {
          while (rows.next()) {
            rows.getString(2);
          }
        }
        nanos[i] = System.nanoTime() - began;
      }
    }
    Arrays.sort(nanos);
    return what.equals("measure")
        ? nanos[count / 2] / 1000.0 + " " + nanos[count * 99 / 100] / 1000.0
        : what;
  }
}
