package legacy.proof;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import legacy.UntilTold;

/**
 * Counts who answers reads, by the name that each database holds.
 *
 * <p>Arguments: JDBC URL, then what to do, in turn: {@code until told} is {@link UntilTold}; {@code
 * await NAMES} reads until as many different ones have answered; {@code reads LABEL COUNT}, {@code
 * readonly LABEL COUNT} (each in a transaction) and {@code left LABEL COUNT} (while a result that
 * was read to its end is open) count and print; {@code hold COUNT} leaves results open; {@code
 * pause} prints a line and waits for one. All but the last are followed by the query.
 */
public final class Shares {
  private Shares() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    List<Connection> holders = new ArrayList<Connection>();
    try (Connection connection = DriverManager.getConnection(args[0])) {
      for (int i = 1; i < args.length; i += 2) {
        String[] words = args[i].split(" ", -1);
        if (words[0].equals("pause")) {
          System.out.println("paused " + words[1]);
          in.readLine();
          i--;
        } else if (words[0].equals("until")) {
          UntilTold.read(connection, args[i + 1]);
        } else if (words[0].equals("await")) {
          await(connection, Integer.parseInt(words[1]), args[i + 1]);
        } else if (words[0].equals("hold")) {
          hold(args[0], Integer.parseInt(words[1]), args[i + 1], holders);
        } else {
          count(connection, words[0], words[1], Integer.parseInt(words[2]), args[i + 1]);
        }
      }
      for (Connection holder : holders) {
        holder.close();
      }
    }
  }

  /** Pools fill in the background. */
  private static void await(Connection connection, int names, String sql) throws Exception {
    long deadline = System.nanoTime() + 100000000000L;
    Map<String, Integer> seen = new TreeMap<String, Integer>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      while (seen.size() < names && System.nanoTime() - deadline < 0) {
        String name = name(statement.executeQuery());
        if (!name.equals("master.db")) {
          seen.put(name, 1);
        }
        Thread.sleep(1);
      }
    }
  }

  private static void hold(String url, int count, String sql, List<Connection> holders)
      throws SQLException {
    for (int i = 0; i < count; i++) {
      Connection holder = DriverManager.getConnection(url);
      holders.add(holder);
      // Kept by its connection.
      boolean unused = holder.prepareStatement(sql).executeQuery().next();
    }
  }

  private static void count(Connection connection, String how, String label, int count, String sql)
      throws SQLException {
    Map<String, Integer> seen = new TreeMap<String, Integer>();
    boolean readOnly = how.equals("readonly");
    if (readOnly) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
    }
    PreparedStatement left = connection.prepareStatement(sql);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (how.equals("left")) {
        ResultSet rows = left.executeQuery();
        while (rows.next()) {
          rows.getString(1);
        }
      }
      for (int i = 0; i < count; i++) {
        String name = name(statement.executeQuery());
        Integer before = seen.get(name);
        seen.put(name, before == null ? 1 : before + 1);
        if (readOnly) {
          connection.commit();
        }
      }
    }
    left.close();
    if (readOnly) {
      connection.setAutoCommit(true);
      connection.setReadOnly(false);
    }
    System.out.println(label + " " + seen);
  }

  private static String name(ResultSet result) throws SQLException {
    try (ResultSet rows = result) {
      rows.next();
      return rows.getString(1);
    }
  }
}
