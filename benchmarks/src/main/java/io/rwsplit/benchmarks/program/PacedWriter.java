package io.rwsplit.benchmarks.program;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * The application of the replication benchmark: one writer on a database of {@link PageRows} that
 * works while a line of its input asks for it, and answers with a line {@code RESULT …}.
 *
 * <ul>
 *   <li>{@code synchronous MODE}
 *   <li>{@code write PER_SECOND MILLIS}: transactions of six pages, 0 per second for no pause;
 *       answers their number, the process's CPU in nanoseconds, and bytes read and written by
 *       system calls. The times are in {@link Times}.
 *   <li>{@code burst PAGES}: one transaction; answers its nanoseconds.
 *   <li>{@code newest}: the number of the newest transaction
 * </ul>
 */
public final class PacedWriter {
  private final Connection connection;
  private final PreparedStatement update;
  private final long rows;
  private final Random random = new Random(1);
  private final Path times;
  private final Detection detection;
  private long number;

  private PacedWriter(Connection connection, Path times, Detection detection) throws SQLException {
    this.connection = connection;
    this.times = times;
    this.detection = detection;
    rows = PageRows.rows(connection);
    number = PageRows.newest(connection);
    update = connection.prepareStatement("UPDATE page SET seq = ? WHERE id = ?");
  }

  /**
   * Works as its input says.
   *
   * @param args the database's file, the file for times, and {@code detect} to have a thread that
   *     is woken by each commit and notes when it has seen it
   */
  public static void main(String[] args) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("PRAGMA synchronous = NORMAL");
      long rows = PageRows.rows(connection);
      Detection detection = args.length > 2 ? new Detection(new LogIndex(args[0])) : null;
      PacedWriter writer = new PacedWriter(connection, Paths.get(args[1]), detection);
      System.out.println("RESULT " + rows);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println("RESULT " + writer.answer(line.split(" ", -1)));
      }
    }
  }

  private String answer(String[] words) throws SQLException, IOException {
    switch (words[0]) {
      case "synchronous":
        try (Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA synchronous = " + words[1]);
        }
        return "";
      case "write":
        return write(Integer.parseInt(words[1]), Long.parseLong(words[2]));
      case "burst":
        return burst(Integer.parseInt(words[1]));
      default:
        return Long.toString(number);
    }
  }

  private String write(int perSecond, long millis) throws SQLException, IOException {
    Times noted = new Times(number + 1, perSecond == 0 ? 0 : (int) (perSecond * millis / 1000));
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long[] before = Traffic.now();
    long cpu = process.getProcessCpuTime();
    long begin = System.nanoTime();
    long end = begin + millis * 1_000_000;
    connection.setAutoCommit(false);
    for (int i = 0; ; i++) {
      if (perSecond > 0) {
        if (i == noted.expected()) {
          break;
        }
        awaitTime(begin + i * 1_000_000_000L / perSecond);
      } else if (System.nanoTime() - end > 0) {
        break;
      }
      transaction(noted);
    }
    connection.setAutoCommit(true);
    cpu = process.getProcessCpuTime() - cpu;
    long[] after = Traffic.now();
    noted.write(times);
    return noted.size() + " " + cpu + " " + (after[0] - before[0]) + " " + (after[1] - before[1]);
  }

  private void transaction(Times noted) throws SQLException {
    number++;
    long start = System.nanoTime();
    update(1);
    for (int page = 1; page < PageRows.PAGES_PER_TRANSACTION; page++) {
      update(2 + (long) (random.nextDouble() * (rows - 1)));
    }
    long commits = System.nanoTime();
    connection.commit();
    long committed = System.nanoTime();
    noted.add(start, commits, committed, detection == null ? 0 : detection.of(committed));
  }

  private void update(long id) throws SQLException {
    update.setLong(1, number);
    update.setLong(2, id);
    update.executeUpdate();
  }

  private String burst(int pages) throws SQLException, IOException {
    number++;
    Times noted = new Times(number, 1);
    long start = System.nanoTime();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE page SET seq = " + number + " WHERE id <= " + pages);
    }
    long commits = System.nanoTime();
    connection.commit();
    long committed = System.nanoTime();
    connection.setAutoCommit(true);
    noted.add(start, commits, committed, 0);
    noted.write(times);
    return Long.toString(committed - start);
  }

  private static void awaitTime(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Bytes that this process has read and written by system calls, as Linux counts them. */
  private static final class Traffic {
    private Traffic() {}

    static long[] now() throws IOException {
      long[] bytes = new long[2];
      Path counters = Paths.get("/proc/self/io");
      if (Files.isReadable(counters)) {
        for (String line : Files.readAllLines(counters, StandardCharsets.US_ASCII)) {
          if (line.startsWith("rchar: ")) {
            bytes[0] = Long.parseLong(line.substring("rchar: ".length()));
          } else if (line.startsWith("wchar: ")) {
            bytes[1] = Long.parseLong(line.substring("wchar: ".length()));
          }
        }
      }
      return bytes;
    }
  }
}
