package io.rwsplit.benchmarks.program;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * One writer who updates a row in autocommit mode and commits a small transaction, in turn, with a
 * pause in between or none. Prints {@code RESULT updateP50Nanos updateP99Nanos commitP50Nanos
 * commitP99Nanos}; of the transactions, the commit alone is measured.
 */
public final class Commits {
  private Commits() {}

  /**
   * Works as the arguments say.
   *
   * @param args URL, then in milliseconds: pause, warm-up, duration
   */
  public static void main(String[] args) throws SQLException, InterruptedException {
    int pause = Integer.parseInt(args[1]);
    long[][] nanos = {new long[1 << 20], new long[1 << 20]};
    int size = 0;
    try (Connection connection = Program.connect(args[0], "NORMAL");
        PreparedStatement insert = connection.prepareStatement(Writes.INSERT);
        PreparedStatement update = connection.prepareStatement(Writes.UPDATE)) {
      // Replicas get their first copy.
      Thread.sleep(1_000);
      long from = System.nanoTime() + Long.parseLong(args[2]) * 1_000_000L;
      long to = from + Long.parseLong(args[3]) * 1_000_000L;
      for (int round = 0; System.nanoTime() < to && size < nanos[0].length; round++) {
        update.setInt(1, (int) (round * 7_919L % Tables.ITEMS));
        long start = System.nanoTime();
        update.executeUpdate();
        long updated = System.nanoTime();
        pause(pause);
        connection.setAutoCommit(false);
        insert.setInt(1, round % Tables.JOURNAL);
        insert.setInt(2, round);
        insert.setString(3, "note " + round);
        insert.executeUpdate();
        update.executeUpdate();
        long commits = System.nanoTime();
        connection.commit();
        long committed = System.nanoTime();
        connection.setAutoCommit(true);
        pause(pause);
        if (start >= from) {
          nanos[0][size] = updated - start;
          nanos[1][size++] = committed - commits;
        }
      }
    }
    StringBuilder result = new StringBuilder("RESULT");
    for (long[] each : nanos) {
      Arrays.sort(each, 0, size);
      result.append(' ').append(each[size / 2]).append(' ').append(each[(int) (size * 0.99)]);
    }
    System.out.println(result);
  }

  private static void pause(int millis) {
    if (millis > 0) {
      LockSupport.parkNanos(millis * 1_000_000L);
    }
  }
}
