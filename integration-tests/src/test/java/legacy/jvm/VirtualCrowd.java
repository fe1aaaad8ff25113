package legacy.jvm;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Virtual threads by the thousand: each writes a row of its own and must find it, by a pooled or a
 * plain connection. Then many more, one after another, that only read.
 *
 * <p>Arguments: a JDBC URL, how many threads at once, how many that come and go.
 */
public final class VirtualCrowd {
  /** Plain connections at a time: each takes file descriptors. */
  private static final int PLAIN = 20;

  private static final int POOLED = 8;

  private static final int GROWTHS = 3;

  private static final AtomicLong MISSED = new AtomicLong();
  private static final AtomicLong FAILED = new AtomicLong();
  private static final AtomicLong READ = new AtomicLong();

  private VirtualCrowd() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    String url = args[0];
    int threads = Integer.parseInt(args[1]);
    int passing = Integer.parseInt(args[2]);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(POOLED);
    config.setConnectionTimeout(TimeUnit.MINUTES.toMillis(4));
    try (HikariDataSource pool = new HikariDataSource(config)) {
      try (Connection connection = pool.getConnection()) {
        connection.createStatement().executeUpdate("DROP TABLE IF EXISTS crowd");
        connection
            .createStatement()
            .executeUpdate("CREATE TABLE crowd(id INTEGER PRIMARY KEY, name TEXT)");
      }
      try (Recording recording = new Recording()) {
        recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
        recording.start();
        crowd(url, pool, threads);
        System.out.println("64 bytes a thread stay " + stays(pool, passing, 64L * passing));
        recording.stop();
        pinned(recording, threads);
      }
      try (Connection last = pool.getConnection();
          ResultSet rows =
              last.createStatement().executeQuery("SELECT count(*), sum(id) FROM crowd")) {
        rows.next();
        System.out.println("rows " + rows.getLong(1) + " sum " + rows.getLong(2));
      }
    }
    System.out.println("read " + READ + " missed " + MISSED + " failed " + FAILED);
  }

  /** Java 21 and later; these classes are compiled for 17. */
  private static ExecutorService virtual() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static void crowd(String url, HikariDataSource pool, int threads) throws Exception {
    Semaphore plain = new Semaphore(PLAIN);
    ExecutorService executor = virtual();
    for (int i = 0; i < threads; i++) {
      int number = i;
      executor.execute(
          () -> {
            try {
              if (number % 2 == 0) {
                try (Connection connection = pool.getConnection()) {
                  use(connection, number);
                }
              } else {
                plain.acquire();
                try (Connection connection = DriverManager.getConnection(url)) {
                  use(connection, number);
                } finally {
                  plain.release();
                }
              }
            } catch (Exception e) {
              if (FAILED.getAndIncrement() == 0) {
                e.printStackTrace();
              }
            }
          });
    }
    end(executor);
  }

  private static void end(ExecutorService executor) throws InterruptedException {
    executor.shutdown();
    if (!executor.awaitTermination(8, TimeUnit.MINUTES)) {
      throw new IllegalStateException("threads hang");
    }
  }

  private static void use(Connection connection, int number) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO crowd(id, name) VALUES (?, ?)")) {
      insert.setInt(1, number);
      insert.setString(2, "thread " + number);
      insert.executeUpdate();
    }
    for (int i = 0; i < 3; i++) {
      read(connection, number);
    }
  }

  private static void read(Connection connection, int number) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT name FROM crowd WHERE id = ?")) {
      query.setInt(1, number);
      try (ResultSet rows = query.executeQuery()) {
        READ.incrementAndGet();
        if (!rows.next() || !rows.getString(1).equals("thread " + number)) {
          MISSED.incrementAndGet();
        }
      }
    }
  }

  /** True when so many bytes stay each time. Other threads may just hold something once. */
  private static boolean stays(HikariDataSource pool, int passing, long bytes) throws Exception {
    for (int i = 0; i < GROWTHS; i++) {
      long read = READ.get();
      long before = used();
      pass(pool, passing);
      long grown = used() - before;
      if (grown < bytes) {
        return false;
      }
      System.err.println("grown by " + grown + " bytes");
      READ.set(read);
    }
    READ.addAndGet(passing);
    return true;
  }

  /** Threads come and go; what they leave behind must not grow with their number. */
  private static void pass(HikariDataSource pool, int threads) throws Exception {
    Semaphore present = new Semaphore(2 * POOLED);
    ExecutorService executor = virtual();
    for (int i = 0; i < threads; i++) {
      present.acquire();
      executor.execute(
          () -> {
            try (Connection connection = pool.getConnection()) {
              read(connection, 0);
            } catch (SQLException e) {
              FAILED.incrementAndGet();
            } finally {
              present.release();
            }
          });
    }
    end(executor);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void pinned(Recording recording, int threads) throws Exception {
    Path file = Files.createTempFile("pinned", ".jfr");
    recording.dump(file);
    int events = 0;
    try (RecordingFile recorded = new RecordingFile(file)) {
      while (recorded.hasMoreEvents()) {
        RecordedEvent event = recorded.readEvent();
        boolean another = false;
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
          another |= frame.getMethod().getType().getName().contains("rwsplit.");
        }
        if (another) {
          events++;
          if (events == 1) {
            System.err.println(event);
          }
        }
      }
    } finally {
      Files.delete(file);
    }
    // The JVM pins whoever waits for the loading or initialisation of a class, which is once each.
    System.out.println("pinned by others rarely " + (events < threads / 20));
  }
}
