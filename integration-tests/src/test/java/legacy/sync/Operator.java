package legacy.sync;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes without a pause, and does with the agent's replication what standard input says, a line
 * each: {@code check 0}, {@code repair 0}, {@code resync 0}, {@code rebuild 0}, {@code sync},
 * {@code write 0}, {@code quiet}, {@code end}. Prints each answer on lines that end with {@code
 * DONE}.
 *
 * <p>It reaches into the agent through the hook of its connection: no application would.
 *
 * <p>Arguments: JDBC URL, rows, a replica file, {@code quiet} or {@code writing}.
 */
public final class Operator {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final AtomicBoolean QUIET = new AtomicBoolean();
  private static final AtomicLong LONGEST = new AtomicLong();

  private Operator() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Connection connection = DriverManager.getConnection(args[0]);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=20000");
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, v TEXT, w)");
      statement.executeUpdate(
          "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + args[1]
              + ") INSERT OR IGNORE INTO t SELECT i, 'row ' || i, hex(randomblob(100)) FROM n");
    }
    QUIET.set(args[3].equals("quiet"));
    Thread writer = new Thread(() -> write(args[0], Integer.parseInt(args[1])));
    writer.start();
    System.out.println("READY");
    Scanner lines = new Scanner(System.in, "UTF-8");
    while (lines.hasNextLine()) {
      String[] words = lines.nextLine().split(" ", -1);
      if (words[0].equals("end")) {
        break;
      }
      System.out.println(answer(connection, words, args) + " DONE");
    }
    QUIET.set(true);
    writer.join();
    connection.close();
    System.out.println("longest write: " + LONGEST.get() / 1_000_000 + " ms");
  }

  private static Object answer(Connection connection, String[] words, String[] args) {
    try {
      int replica = words.length > 1 ? Integer.parseInt(words[1]) : -1;
      switch (words[0]) {
        case "quiet":
          QUIET.set(true);
          return "quiet";
        case "write":
          try (Connection mistaken = DriverManager.getConnection("jdbc:sqlite:" + args[2]);
              Statement statement = mistaken.createStatement()) {
            return statement.executeUpdate("UPDATE t SET v = 'mine' WHERE id = 7") + " written";
          } catch (SQLException e) {
            return "refused: " + e.getMessage();
          }
        default:
          return call(connection, words[0], replica);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      cause.printStackTrace();
      return "failed: " + cause;
    }
  }

  private static Object call(Connection connection, String what, int replica)
      throws ReflectiveOperationException {
    Object hook = connection.getClass().getMethod("rwsplit$hook").invoke(connection);
    ClassLoader agent = hook.getClass().getClassLoader();
    Object operations =
        agent.loadClass("io.rwsplit.core.Operations").getMethod("replication").invoke(null);
    Class<?> options = agent.loadClass("io.rwsplit.replication.CheckOptions");
    Class<?> type = operations.getClass();
    switch (what) {
      case "sync":
        return type.getMethod("sync", int.class, Duration.class).invoke(operations, replica, LIMIT);
      case "resync":
      case "rebuild":
        return type.getMethod("resync", int.class, boolean.class, Duration.class)
            .invoke(operations, replica, what.equals("rebuild"), LIMIT);
      default:
        return type.getMethod(what, int.class, options, Duration.class)
            .invoke(operations, replica, options.getConstructor().newInstance(), LIMIT);
    }
  }

  private static void write(String url, int rows) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=20000");
      for (int i = 0; !QUIET.get(); i++) {
        long began = System.nanoTime();
        // The first thousand rows and the last are left to whoever damages the replica.
        int id = 1001 + i * 37 % (rows - 2000);
        statement.executeUpdate("UPDATE t SET w = hex(randomblob(100)) WHERE id = " + id);
        LONGEST.set(Math.max(LONGEST.get(), System.nanoTime() - began));
      }
    } catch (SQLException e) {
      System.out.println("writer failed: " + e);
    }
  }
}
