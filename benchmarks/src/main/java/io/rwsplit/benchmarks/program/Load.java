package io.rwsplit.benchmarks.program;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that read without a pause, each over a connection of its own, statements that keep a
 * server busier than the client. Prints {@code RESULT reads/s}.
 */
public final class Load {
  private Load() {}

  /**
   * Works as the arguments say.
   *
   * @param args URL, threads, then in milliseconds: warm-up, duration
   */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int threads = Integer.parseInt(args[1]);
    Window window = new Window(threads, Long.parseLong(args[2]), Long.parseLong(args[3]));
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<Long>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int offset = i * 17;
      running.add(executor.submit(() -> read(args[0], offset, window)));
    }
    double reads = 0;
    for (Future<Long> each : running) {
      reads += each.get();
    }
    executor.shutdown();
    System.out.println("RESULT " + reads * 1_000 / Long.parseLong(args[3]));
  }

  private static long read(String url, int offset, Window window) throws Exception {
    long reads = 0;
    try (Connection connection = Program.connect(url, null);
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT COUNT(*), SUM(amount), MAX(name) FROM item WHERE parent BETWEEN ? AND ?")) {
      window.await();
      for (int i = offset; ; i++) {
        select.setInt(1, i % 90);
        select.setInt(2, i % 90 + 9);
        try (ResultSet row = select.executeQuery()) {
          if (!row.next() || row.getInt(1) != 1_000) {
            throw new IllegalStateException("not 1,000 rows");
          }
        }
        long now = System.nanoTime();
        if (window.isOver(now)) {
          return reads;
        }
        if (window.hasBegun(now)) {
          reads++;
        }
      }
    }
  }
}
