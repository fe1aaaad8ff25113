package legacy.history;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that write without a pause, and others that read the same first in autocommit mode and
 * then, at once, in a transaction.
 *
 * <p>A server sends its log to replicas before it shows the commit itself, so a replica may show a
 * row sooner than its master. Arguments: JDBC URL, user, password, threads of each kind, rounds.
 * Prints how many reads went back.
 */
public final class Overtaken {
  private static final String READ = "SELECT version FROM register WHERE id = ?";

  private final String[] args;
  private final AtomicInteger backward = new AtomicInteger();
  private volatile boolean isOver;
  private volatile Exception failure;

  private Overtaken(String[] args) {
    this.args = args;
  }

  public static void main(String[] args) throws Exception {
    new Overtaken(args).run();
  }

  private void run() throws Exception {
    int threads = Integer.parseInt(args[3]);
    final int rounds = Integer.parseInt(args[4]);
    List<Thread> writers = new ArrayList<Thread>();
    List<Thread> readers = new ArrayList<Thread>();
    for (int i = 0; i < threads; i++) {
      final int id = i;
      writers.add(start("writer-" + i, () -> write(id)));
      readers.add(start("reader-" + i, () -> read(id, rounds)));
    }
    for (Thread reader : readers) {
      reader.join();
    }
    isOver = true;
    for (Thread writer : writers) {
      writer.join();
    }
    if (failure != null) {
      throw failure;
    }
    System.out.println("backward: " + backward.get());
  }

  private interface Part {
    void run() throws Exception;
  }

  private Thread start(String name, Part part) {
    Thread thread =
        new Thread(
            () -> {
              try {
                part.run();
              } catch (Exception e) {
                failure = e;
              }
            },
            name);
    thread.start();
    return thread;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(args[0], args[1], args[2]);
  }

  private void write(int id) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement update =
            connection.prepareStatement("UPDATE register SET version = ? WHERE id = ?")) {
      for (long version = 1; !isOver; version++) {
        update.setLong(1, version);
        update.setInt(2, id);
        update.executeUpdate();
      }
    }
  }

  private void read(int id, int rounds) throws SQLException, InterruptedException {
    try (Connection connection = connect();
        PreparedStatement read = connection.prepareStatement(READ)) {
      for (int round = 0; round < rounds && failure == null; round++) {
        // Long enough for a replica to hold what the master showed in the round before.
        Thread.sleep(20);
        read.setInt(1, id);
        long first = version(read);
        connection.setAutoCommit(false);
        if (version(read) < first) {
          backward.incrementAndGet();
        }
        connection.commit();
        connection.setAutoCommit(true);
      }
    }
  }

  private static long version(PreparedStatement read) throws SQLException {
    try (ResultSet rows = read.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
