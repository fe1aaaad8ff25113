package io.rwsplit.benchmarks.program;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/**
 * A process without the agent that reads replica files. Works while a line of its input asks for
 * it, and answers with a line {@code RESULT …}.
 *
 * <ul>
 *   <li>{@code watch FIRST COUNT PATIENCE_MILLIS FILE}: looks without a pause until all replicas
 *       show the last of these transactions, or none of them has moved for so long; the file gets,
 *       replica by replica, when each was first seen, 0 for never. Answers how many were not.
 *   <li>{@code read MILLIS FILE}: reads ten rows at a time from the first replica and from another
 *       file, in turns of 50 ms; the file gets the durations. Answers how many reads met a lock.
 * </ul>
 */
public final class ReplicaWatcher {
  private static final int SQLITE_BUSY = 5;
  private static final int ROWS_PER_READ = 10;

  /** Reads stay within so many rows, which fit into memory whatever the size of the database. */
  private static final int HOT_ROWS = 2_000;

  private static final long TURN_NANOS = 50_000_000;

  private ReplicaWatcher() {}

  /**
   * Works as its input says.
   *
   * @param args a file to compare with, then the replicas' files
   */
  public static void main(String[] args) throws IOException, SQLException {
    Watched[] replicas = new Watched[args.length - 1];
    for (int i = 0; i < replicas.length; i++) {
      replicas[i] = new Watched(args[i + 1]);
    }
    System.out.println("RESULT ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 5);
      long answer =
          words[0].equals("watch")
              ? watch(replicas, words)
              : read(args[1], args[0], Long.parseLong(words[1]), Paths.get(words[2]));
      System.out.println("RESULT " + answer);
    }
  }

  /** One replica, with a connection that keeps its wal-index in being. */
  private static final class Watched {
    private final PreparedStatement newest;
    private final LogIndex index;
    private int change;
    private long[] seen;
    private int next;

    Watched(String file) throws SQLException, IOException {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      PageRows.newest(connection);
      newest = connection.prepareStatement("SELECT seq FROM page WHERE id = 1");
      index = new LogIndex(file);
    }

    void begin(int count) {
      seen = new long[count];
      next = 0;
      change = index.change() - 1;
    }

    /** True when something new was seen. */
    boolean look(long first) throws SQLException {
      int now = index.change();
      if (now == change || next == seen.length) {
        return false;
      }
      // Whoever begins to read now finds what the index has announced.
      long time = System.nanoTime();
      change = now;
      try (ResultSet row = newest.executeQuery()) {
        long shown = row.getLong(1) - first;
        boolean moved = false;
        while (next <= shown && next < seen.length) {
          seen[next++] = time;
          moved = true;
        }
        return moved;
      }
    }
  }

  private static long watch(Watched[] replicas, String[] words) throws SQLException, IOException {
    long first = Long.parseLong(words[1]);
    int count = Integer.parseInt(words[2]);
    long patience = Long.parseLong(words[3]) * 1_000_000;
    for (Watched replica : replicas) {
      replica.begin(count);
    }
    long moved = System.nanoTime();
    long missing = (long) count * replicas.length;
    while (missing > 0 && System.nanoTime() - moved < patience) {
      missing = 0;
      for (Watched replica : replicas) {
        if (replica.look(first)) {
          moved = System.nanoTime();
        }
        missing += count - replica.next;
      }
    }
    try (DataOutputStream out = output(Paths.get(words[4]))) {
      for (Watched replica : replicas) {
        for (long time : replica.seen) {
          out.writeLong(time);
        }
      }
    }
    return missing;
  }

  private static long read(String replica, String other, long millis, Path file)
      throws SQLException, IOException {
    Durations[] durations = {new Durations(), new Durations()};
    long busy = 0;
    try (Reader first = new Reader(replica);
        Reader second = new Reader(other)) {
      Reader[] readers = {first, second};
      long end = System.nanoTime() + millis * 1_000_000;
      // The first turn of each is for warming up.
      for (int turn = 0; turn < 4 || System.nanoTime() - end < 0; turn++) {
        long until = System.nanoTime() + TURN_NANOS;
        while (System.nanoTime() - until < 0) {
          long start = System.nanoTime();
          if (!readers[turn % 2].read()) {
            busy++;
          }
          if (turn > 1) {
            durations[turn % 2].add(System.nanoTime() - start);
          }
        }
      }
    }
    try (DataOutputStream out = output(file)) {
      for (Durations each : durations) {
        out.writeInt(each.size());
        for (long nanos : each.all()) {
          out.writeLong(nanos);
        }
      }
    }
    return busy;
  }

  /** Does not wait for locks. */
  private static final class Reader implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement select;
    private final Random random = new Random(2);
    private final int from;

    Reader(String file) throws SQLException {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 0");
      }
      from = (int) Math.min(HOT_ROWS, PageRows.rows(connection)) - ROWS_PER_READ;
      select =
          connection.prepareStatement(
              "SELECT count(*), sum(seq), max(length(body)) FROM page WHERE id BETWEEN ? AND ?");
    }

    /** False when it met a lock. */
    boolean read() throws SQLException {
      int id = 1 + random.nextInt(from);
      select.setInt(1, id);
      select.setInt(2, id + ROWS_PER_READ - 1);
      try (ResultSet row = select.executeQuery()) {
        if (row.getInt(1) != ROWS_PER_READ) {
          throw new IllegalStateException("not " + ROWS_PER_READ + " rows from " + id);
        }
        return true;
      } catch (SQLException e) {
        if ((e.getErrorCode() & 0xff) != SQLITE_BUSY) {
          throw e;
        }
        return false;
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static DataOutputStream output(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
  }
}
