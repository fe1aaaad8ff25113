package legacy.faults;

import java.io.File;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Uses JDBC a lot and keeps nothing, and prints what the JVM holds after each part of that, a line
 * of {@code part name=value …} each, sizes in bytes.
 *
 * <p>Arguments: JDBC URL, statements, distinct texts, connections, threads.
 */
public final class Holdings {
  /** Of connections that nobody closes, sqlite-jdbc keeps the files open for ever. */
  private static final int MOST_DROPPED = 200;

  private Holdings() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    String url = args[0];
    int statements = Integer.parseInt(args[1]);
    int texts = Integer.parseInt(args[2]);
    int connections = Integer.parseInt(args[3]);
    int threads = Integer.parseInt(args[4]);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER)");
      statement.executeUpdate("INSERT INTO t VALUES (1, 0)");
      run(connection, 2000, 10);
      tell("start");
      run(connection, statements, texts);
      tell("statements");
    }
    for (int i = 0; i < connections; i++) {
      use(url, i);
    }
    tell("connections");
    for (int i = 0; i < Math.min(MOST_DROPPED, connections); i++) {
      drop(url);
    }
    tell("dropped");
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread thread = new Thread(() -> use(url, number));
      thread.start();
      thread.join();
    }
    tell("threads");
  }

  private static void run(Connection connection, int statements, int texts) throws SQLException {
    for (int i = 0; i < statements; i++) {
      String sql = "SELECT v AS c" + i % texts + " FROM t WHERE id = ";
      if (i % 2 == 0) {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery(sql + i)) {
          boolean unused = rows.next();
        }
      } else {
        try (PreparedStatement statement = connection.prepareStatement(sql + "?")) {
          statement.setInt(1, i);
          try (ResultSet rows = statement.executeQuery()) {
            boolean unused = rows.next();
          }
        }
      }
    }
  }

  private static void use(String url, int number) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT v FROM t WHERE id = 1")) {
        boolean unused = rows.next();
      }
      if (number % 20 == 0) {
        statement.executeUpdate("UPDATE t SET v = " + number);
      }
    } catch (SQLException e) {
      System.out.println("failed: " + e);
    }
  }

  /** Leaves connection, statement and result to the collector. */
  private static void drop(String url) throws SQLException {
    ResultSet rows =
        DriverManager.getConnection(url).createStatement().executeQuery("SELECT v FROM t");
    boolean unused = rows.next();
  }

  private static void tell(String part) throws Exception {
    long heap = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(50);
      Runtime runtime = Runtime.getRuntime();
      heap = Math.min(heap, runtime.totalMemory() - runtime.freeMemory());
    }
    long meta = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace")) {
        meta = pool.getUsage().getUsed();
      }
    }
    long direct = 0;
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      direct += pool.getMemoryUsed();
    }
    String[] files = new File("/proc/self/fd").list();
    System.out.println(
        part
            + " heap="
            + heap
            + " own="
            + own()
            + " threads="
            + Thread.getAllStackTraces().size()
            + " metaspace="
            + meta
            + " buffers="
            + direct
            + " descriptors="
            + (files == null ? 0 : files.length));
  }

  /** The objects of the agent's own classes, without what they hold of the JDK's. */
  private static long own() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    String histogram =
        (String)
            server.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    long bytes = 0;
    for (String line : histogram.split("\n", -1)) {
      String[] words = line.trim().split(" +", -1);
      if (words.length >= 4 && words[3].contains("rwsplit")) {
        bytes += Long.parseLong(words[2]);
      }
    }
    return bytes;
  }
}
