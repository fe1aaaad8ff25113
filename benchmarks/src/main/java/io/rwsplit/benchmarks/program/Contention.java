package io.rwsplit.benchmarks.program;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Several readers who never pause and one writer. Prints {@code RESULT reads/s readMeanNanos
 * readP50Nanos readP99Nanos writes/s writeMeanNanos writeP50Nanos writeP99Nanos lockErrors/s}, the
 * last of readers and writer together.
 */
public final class Contention {

  private static final int SQLITE_BUSY = 5;

  private interface Operation {
    void run(int round) throws SQLException;
  }

  private final String url;
  private final int pauseMillis;
  private final AtomicInteger lockErrors = new AtomicInteger();
  private final Window window;

  private Contention(String url, int pauseMillis, Window window) {
    this.url = url;
    this.pauseMillis = pauseMillis;
    this.window = window;
  }

  /**
   * Works as the arguments say.
   *
   * @param args URL, number of readers, then in milliseconds: the writer's pause, warm-up, duration
   */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int readers = Integer.parseInt(args[1]);
    long millis = Long.parseLong(args[4]);
    Contention contention =
        new Contention(
            args[0],
            Integer.parseInt(args[2]),
            new Window(readers + 1, Long.parseLong(args[3]), millis));
    ExecutorService threads = Executors.newFixedThreadPool(readers + 1);
    List<Future<Durations>> reads = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      int offset = i * 1_237;
      reads.add(threads.submit(() -> contention.read(offset)));
    }
    Future<Durations> write = threads.submit(contention::write);
    List<Durations> readDurations = new ArrayList<>();
    for (Future<Durations> read : reads) {
      readDurations.add(read.get());
    }
    List<Durations> writeDurations = new ArrayList<>();
    writeDurations.add(write.get());
    threads.shutdown();
    System.out.println(
        "RESULT "
            + figures(readDurations, millis)
            + " "
            + figures(writeDurations, millis)
            + " "
            + contention.lockErrors.get() * 1_000.0 / millis);
  }

  private Durations read(int offset) throws SQLException, InterruptedException {
    try (Connection connection = Program.connect(url, null);
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT COUNT(*), SUM(amount), MAX(name) FROM item WHERE parent = ?")) {
      return repeat(
          0,
          round -> {
            select.setInt(1, (offset + round * 31) % 100);
            try (ResultSet row = select.executeQuery()) {
              if (!row.next() || row.getInt(1) != 100) {
                throw new IllegalStateException("not 100 rows");
              }
            }
          });
    }
  }

  private Durations write() throws SQLException, InterruptedException {
    try (Connection connection = Program.connect(url, null);
        PreparedStatement insert = connection.prepareStatement(Writes.INSERT);
        PreparedStatement update = connection.prepareStatement(Writes.UPDATE)) {
      connection.setAutoCommit(false);
      return repeat(
          pauseMillis,
          round -> {
            insert.setInt(1, round % Tables.JOURNAL);
            insert.setInt(2, round);
            insert.setString(3, "note " + round);
            update.setInt(1, (int) (round * 7_919L % Tables.ITEMS));
            try {
              insert.executeUpdate();
              update.executeUpdate();
              connection.commit();
            } catch (SQLException e) {
              connection.rollback();
              throw e;
            }
          });
    }
  }

  private Durations repeat(int pause, Operation operation)
      throws SQLException, InterruptedException {
    Durations durations = new Durations();
    window.await();
    long start = System.nanoTime();
    for (int round = 0; !window.isOver(start); round++) {
      try {
        operation.run(round);
      } catch (SQLException e) {
        if ((e.getErrorCode() & 0xff) != SQLITE_BUSY) {
          throw e;
        }
        if (window.hasBegun(System.nanoTime())) {
          lockErrors.incrementAndGet();
        }
        if (window.isOver(System.nanoTime())) {
          break;
        }
        // The same round again; the time waited counts.
        round--;
        continue;
      }
      long end = System.nanoTime();
      if (window.hasBegun(start)) {
        durations.add(end - start);
      }
      start = pause == 0 ? end : afterPause(pause);
    }
    return durations;
  }

  private static long afterPause(int millis) {
    LockSupport.parkNanos(millis * 1_000_000L);
    return System.nanoTime();
  }

  private static String figures(List<Durations> all, long millis) {
    int size = 0;
    for (Durations durations : all) {
      size += durations.size();
    }
    long[] nanos = new long[size];
    int at = 0;
    for (Durations durations : all) {
      System.arraycopy(durations.all(), 0, nanos, at, durations.size());
      at += durations.size();
    }
    Arrays.sort(nanos);
    long mean = (long) Arrays.stream(nanos).average().orElse(0);
    return size * 1_000L / millis
        + (" " + mean)
        + (" " + share(nanos, 0.5))
        + (" " + share(nanos, 0.99));
  }

  private static long share(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
  }
}
