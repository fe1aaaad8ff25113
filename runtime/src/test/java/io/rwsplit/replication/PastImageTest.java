package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What an open read on a replica shows is rebuilt from a master that goes on without a pause,
 * through resets of its log, growth, and shrinking: exactly, or it is refused.
 */
class PastImageTest {
  private static final long SEED = Long.getLong("rwsplit.test.seed", System.nanoTime());
  private static final int READERS = 4;
  private static final int READS = 12;
  private static final int MAX_WAIT_MILLIS = 500;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger same = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger afterResets = new AtomicInteger();

  @Test
  void isExactlyWhatTheReadShows() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
    try (Harness harness = new Harness(2)) {
      try (Connection connection = Harness.open(harness.master)) {
        Harness.sql(
            connection,
            "PRAGMA journal_mode=WAL",
            "CREATE TABLE hot (id INTEGER PRIMARY KEY, v INTEGER)",
            "CREATE TABLE log (id INTEGER PRIMARY KEY, text TEXT)",
            "CREATE INDEX log_text ON log (text)",
            "INSERT INTO hot WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                + " WHERE i < 2000) SELECT i, 0 FROM n");
      }
      harness.start();
      harness.awaitCaughtUp();
      Future<?> writer =
          threads.submit(
              () -> {
                write(harness.master);
                return null;
              });
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int index = i;
        readers.add(
            threads.submit(
                () -> {
                  read(harness, index);
                  return null;
                }));
      }
      for (Future<?> reader : readers) {
        reader.get(120, TimeUnit.SECONDS);
      }
      ended.set(true);
      writer.get(30, TimeUnit.SECONDS);
      System.out.printf(
          "PastImageTest seed %d: %d the same (%d after the log began anew), %d refused%n",
          SEED, same.get(), afterResets.get(), refused.get());
      assertTrue(same.get() > 0, "all were refused");
      try (Stream<Path> files = Files.list(harness.directory)) {
        assertEquals(0, files.filter(path -> path.toString().contains("-past-")).count());
      }
    } finally {
      ended.set(true);
      threads.shutdownNow();
    }
  }

  private void write(Path master) throws SQLException {
    Random random = new Random(SEED);
    try (Connection connection = Harness.open(master);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=10000");
      statement.execute("PRAGMA synchronous=NORMAL");
      for (int i = 0; !ended.get(); i++) {
        statement.execute("BEGIN IMMEDIATE");
        int id = random.nextInt(2000) + 1;
        statement.execute("UPDATE hot SET v = v + 1 WHERE id = " + id);
        statement.execute(
            "INSERT INTO log (text) VALUES ('" + Long.toString(random.nextLong(), 36) + "')");
        statement.execute("COMMIT");
        if (i % 700 == 699) {
          statement.execute("DELETE FROM log WHERE id % 3 = " + random.nextInt(3));
        }
        if (i % 5000 == 4999) {
          statement.execute("VACUUM");
        }
      }
    }
  }

  private void read(Harness harness, int index) throws Exception {
    Random random = new Random(SEED * 31 + index);
    int replica = index % 2;
    OpenRead read = harness.replicator.openRead(replica);
    try (Connection connection = Harness.open(harness.replicas.get(replica));
        Statement holder = connection.createStatement()) {
      for (int i = 0; i < READS; ) {
        read.begin();
        try (ResultSet open = holder.executeQuery("SELECT v FROM hot")) {
          assertTrue(open.next());
          PublishedCommit commit = read.settle();
          if (commit == null) {
            continue;
          }
          i++;
          String expected = Harness.dump(connection);
          TimeUnit.MILLISECONDS.sleep(random.nextInt(MAX_WAIT_MILLIS));
          compare(harness.replicator, read, commit, expected);
          assertEquals(expected, Harness.dump(connection), "the replica's own snapshot");
        } finally {
          read.end();
        }
      }
    }
  }

  private void compare(
      SqliteReplicator replicator, OpenRead read, PublishedCommit commit, String expected)
      throws Exception {
    Path image;
    try {
      image = replicator.writePast(read, commit, LIMIT);
    } catch (IOException e) {
      System.out.println("refused: " + e);
      refused.incrementAndGet();
      return;
    }
    try (Connection connection = Harness.open(image)) {
      assertEquals("ok", Harness.query(connection, "PRAGMA integrity_check"), () -> "seed " + SEED);
      String found = Harness.dump(connection);
      assertTrue(expected.equals(found), () -> "another commit than " + commit + ", seed " + SEED);
      same.incrementAndGet();
      if (replicator.retention().order().currentSalts() != commit.position.salts) {
        afterResets.incrementAndGet();
      }
    } finally {
      Files.delete(image);
    }
  }
}
