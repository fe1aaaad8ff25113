package legacy.failover;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes numbered rows and reads, on a pool, until it is told to stop, and writes down how each
 * attempt ended. It knows nothing of replicas.
 *
 * <p>A line of its log: kind (W write, O read of the row just written, R read, T transaction),
 * worker, number, {@code ok}, {@code lost} (a row just written was not there) or an SQLState, and
 * begin and end in microseconds.
 */
public final class Desk {
  private static final int WRITERS = 2;
  private static final int READERS = 2;
  private static final long PAUSE_MILLIS = 5;

  private final HikariDataSource pool;
  private final String insert;
  private final BufferedWriter log;
  private final AtomicBoolean stop = new AtomicBoolean();

  private Desk(HikariDataSource pool, String server, BufferedWriter log) {
    this.pool = pool;
    this.insert = "INSERT INTO acts(worker, n, server) VALUES (?, ?, " + server + ")";
    this.log = log;
  }

  /** Arguments: URL, SQL for the port of the server, file for the log. */
  public static void main(String[] arguments) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setUsername("app");
    config.setPassword("app");
    config.setMaximumPoolSize(8);
    config.setConnectionTimeout(1000);
    config.setValidationTimeout(500);
    Path file = Paths.get(arguments[2]);
    try (HikariDataSource pool = new HikariDataSource(config);
        BufferedWriter log = Files.newBufferedWriter(file)) {
      new Desk(pool, arguments[1], log).run();
    }
    System.out.println("ended");
  }

  private void run() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int worker = i;
      threads.add(new Thread(() -> writes(worker)));
    }
    for (int i = 0; i < READERS; i++) {
      int worker = WRITERS + i;
      threads.add(new Thread(() -> reads(worker)));
    }
    threads.add(new Thread(() -> transactions(WRITERS + READERS)));
    for (Thread thread : threads) {
      thread.start();
    }
    System.out.println("started");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String unused = in.readLine();
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void writes(int worker) {
    for (int n = 1; !stop.get(); n++) {
      long began = now();
      boolean written = note("W", worker, n, began, write(worker, n));
      if (written) {
        began = now();
        note("O", worker, n, began, readOwn(worker, n));
      }
      pause();
    }
  }

  private String write(int worker, int n) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setInt(1, worker);
      statement.setInt(2, n);
      return statement.executeUpdate() == 1 ? "ok" : "none";
    } catch (SQLException e) {
      return state(e);
    }
  }

  private String readOwn(int worker, int n) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT n FROM acts WHERE worker = ? AND n = ?")) {
      statement.setInt(1, worker);
      statement.setInt(2, n);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? "ok" : "lost";
      }
    } catch (SQLException e) {
      return state(e);
    }
  }

  private void reads(int worker) {
    for (int n = 1; !stop.get(); n++) {
      long began = now();
      String how;
      try (Connection connection = pool.getConnection();
          PreparedStatement statement =
              connection.prepareStatement("SELECT count(*) FROM acts WHERE worker = ?")) {
        statement.setInt(1, n % WRITERS);
        try (ResultSet row = statement.executeQuery()) {
          how = row.next() ? "ok" : "none";
        }
      } catch (SQLException e) {
        how = state(e);
      }
      note("R", worker, n, began, how);
      pause();
    }
  }

  /** Two rows that exist together or not at all. */
  private void transactions(int worker) {
    for (int n = 1; !stop.get(); n++) {
      long began = now();
      note("T", worker, n, began, transaction(worker, n));
      pause();
      pause();
    }
  }

  private String transaction(int worker, int n) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(insert)) {
        for (int i = 0; i < 2; i++) {
          statement.setInt(1, worker);
          statement.setInt(2, 2 * n + i);
          statement.executeUpdate();
        }
        connection.commit();
        return "ok";
      } catch (SQLException e) {
        try {
          connection.rollback();
        } catch (SQLException later) {
          e.addSuppressed(later);
        }
        throw e;
      }
    } catch (SQLException e) {
      return state(e);
    }
  }

  /** The SQLState that the application can act on. */
  private static String state(SQLException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException && ((SQLException) t).getSQLState() != null) {
        String state = ((SQLException) t).getSQLState();
        // MySQL's driver says so of all that it has no state for.
        return state.equals("S1000") ? state + "/" + ((SQLException) t).getErrorCode() : state;
      }
    }
    return e.getClass().getSimpleName();
  }

  private boolean note(String kind, int worker, int n, long began, String how) {
    String line = kind + ' ' + worker + ' ' + n + ' ' + how + ' ' + began + ' ' + now() + '\n';
    synchronized (log) {
      try {
        log.write(line);
        log.flush();
      } catch (java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return how.equals("ok");
  }

  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
