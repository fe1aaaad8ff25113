package legacy.promote;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Inserts rows and reads without a pause through HikariCP, whatever fails, and keeps a journal of
 * what was acknowledged: {@code a 17} on a line of its own.
 *
 * <p>Until standard input ends it takes {@code failover 0} and {@code switchover 0} from there, and
 * prints what the agent answered on a line that begins with {@code DONE}; an application would not
 * reach into the agent as this does.
 *
 * <p>Arguments: JDBC URL, user, password, journal, first id.
 */
public final class Steady {
  private static final int WRITERS = 2;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static volatile boolean ended;

  /** What came of one kind of work. */
  private static final class Tally {
    final AtomicLong done = new AtomicLong();
    final ConcurrentMap<String, AtomicLong> failures = new ConcurrentHashMap<>();
    final AtomicLong longestMillis = new AtomicLong();
    final AtomicLong longestGapMillis = new AtomicLong();
    private final AtomicLong lastDone = new AtomicLong();

    void done(long began) {
      long now = System.nanoTime();
      longestMillis.accumulateAndGet((now - began) / 1_000_000, Math::max);
      long last = lastDone.getAndSet(now);
      if (last != 0) {
        longestGapMillis.accumulateAndGet((now - last) / 1_000_000, Math::max);
      }
      done.incrementAndGet();
    }

    void failed(SQLException e, long began) {
      longestMillis.accumulateAndGet((System.nanoTime() - began) / 1_000_000, Math::max);
      if (failures.computeIfAbsent(state(e), s -> new AtomicLong()).getAndIncrement() == 0) {
        System.err.println("first of its kind: " + e.getSQLState() + " " + e.getMessage());
      }
    }

    /** HikariCP wraps what kept it from a connection. */
    private static String state(SQLException e) {
      if (e.getSQLState() != null) {
        return e.getSQLState();
      }
      return e.getCause() instanceof SQLException ? state((SQLException) e.getCause()) : "pool";
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      text.append(done).append(" done, longest ").append(longestMillis).append(" ms, gap ");
      text.append(longestGapMillis).append(" ms, failed");
      for (Map.Entry<String, AtomicLong> each : failures.entrySet()) {
        text.append(' ').append(each.getKey()).append(':').append(each.getValue());
      }
      return text.toString();
    }
  }

  private Steady() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    AtomicLong next = new AtomicLong(Long.parseLong(args[4]));
    Tally writes = new Tally();
    Tally reads = new Tally();
    // Two pools: HikariCP closes a connection on which a write has failed as these do.
    try (HikariDataSource pool = new HikariDataSource(pool(args));
        HikariDataSource readers = new HikariDataSource(pool(args));
        Writer journal = Files.newBufferedWriter(Path.of(args[3]), StandardCharsets.UTF_8)) {
      Thread[] threads = new Thread[WRITERS + 1];
      for (int i = 0; i < WRITERS; i++) {
        threads[i] = new Thread(() -> write(pool, next, journal, writes));
      }
      threads[WRITERS] = new Thread(() -> read(readers, reads));
      for (Thread thread : threads) {
        thread.start();
      }
      System.out.println("started");
      Scanner lines = new Scanner(System.in, "UTF-8");
      while (lines.hasNextLine()) {
        String[] words = lines.nextLine().split(" ", -1);
        if (words[0].equals("end")) {
          break;
        }
        if (words[0].equals("tally")) {
          System.out.println("tally writes: " + writes + "; reads: " + reads);
        } else {
          System.out.println("DONE " + call(pool, words[0], Integer.parseInt(words[1])));
        }
      }
      ended = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }
    System.out.println("writes: " + writes);
    System.out.println("reads: " + reads);
  }

  private static HikariConfig pool(String[] args) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(args[0]);
    config.setUsername(args[1]);
    config.setPassword(args[2]);
    config.setMaximumPoolSize(WRITERS);
    config.setConnectionTimeout(2000);
    config.setValidationTimeout(1000);
    // On a slow machine the first may be opened before it is known who is the master.
    config.setInitializationFailTimeout(60_000);
    return config;
  }

  private static void write(HikariDataSource pool, AtomicLong next, Writer journal, Tally tally) {
    while (!ended) {
      long id = next.getAndIncrement();
      long began = System.nanoTime();
      try (Connection connection = pool.getConnection();
          PreparedStatement insert =
              connection.prepareStatement("INSERT INTO steady(id) VALUES (?)")) {
        insert.setLong(1, id);
        if (insert.executeUpdate() == 1) {
          synchronized (journal) {
            journal.write("a " + id + "\n");
            journal.flush();
          }
          tally.done(began);
        }
      } catch (SQLException e) {
        tally.failed(e, began);
        LockSupport.parkNanos(AFTER_FAILURE_NANOS);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static void read(HikariDataSource pool, Tally tally) {
    while (!ended) {
      long began = System.nanoTime();
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT count(*) FROM fixed")) {
        row.next();
        tally.done(began);
      } catch (SQLException e) {
        tally.failed(e, began);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static Object call(HikariDataSource pool, String what, int node) {
    try {
      Object manager = manager(pool);
      return what.equals("failover")
          ? manager.getClass().getMethod(what, int.class).invoke(manager, node)
          : manager
              .getClass()
              .getMethod(what, int.class, Duration.class)
              .invoke(manager, node, Duration.ofSeconds(20));
    } catch (SQLException | ReflectiveOperationException e) {
      return "failed: " + e + " " + e.getCause();
    }
  }

  /** The connection is given back before anything is asked for: it would be ended by that. */
  private static Object manager(HikariDataSource pool)
      throws SQLException, ReflectiveOperationException {
    try (Connection pooled = pool.getConnection()) {
      Connection connection = pooled.unwrap(Connection.class);
      Object hook = connection.getClass().getMethod("rwsplit$hook").invoke(connection);
      ClassLoader agent = hook.getClass().getClassLoader();
      return agent.loadClass("io.rwsplit.core.Operations").getMethod("promotion").invoke(null);
    }
  }
}
