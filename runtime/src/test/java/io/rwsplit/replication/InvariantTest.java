package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Readers of replicas beside a flat-out writer never see anything but whole commits. */
class InvariantTest {
  private static final int ACCOUNTS = 200;
  private static final int TOTAL = 2 * ACCOUNTS * 1000;
  private static final long RUN = TimeUnit.SECONDS.toNanos(8);

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();

  @Test
  void readersSeeOnlyWholeCommits() throws Exception {
    long seed = System.nanoTime();
    System.out.println("InvariantTest seed " + seed);
    try (Harness harness = new Harness(3)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL");
      Harness.sql(
          app,
          "CREATE TABLE a (id INTEGER PRIMARY KEY, v INT, pad BLOB)",
          "CREATE TABLE b (id INTEGER PRIMARY KEY, v INT, pad BLOB)",
          "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + ACCOUNTS
              + ") INSERT INTO a SELECT i, 1000, randomblob(300) FROM n",
          "INSERT INTO b SELECT * FROM a");
      harness.start();
      harness.awaitCaughtUp();
      List<Thread> threads = new ArrayList<>();
      threads.add(run(() -> write(harness.master, new Random(seed))));
      threads.add(run(() -> meddle(harness.master, new Random(seed + 1))));
      for (Path replica : harness.replicas) {
        threads.add(run(() -> read(replica, false)));
      }
      threads.add(run(() -> read(harness.replicas.get(0), true)));
      threads.add(run(() -> readYourWrites(harness)));
      long end = System.nanoTime() + RUN;
      while (System.nanoTime() < end && failure.get() == null) {
        Thread.sleep(20);
      }
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      assertNull(failure.get(), () -> "seed " + seed + ": " + failure.get() + harness.events);
      harness.assertEqual();
      for (int i = 0; i < 3; i++) {
        assertEquals(1, harness.replicator.status(i).resyncs(), harness.events.toString());
      }
      assertTrue(reads.get() > 100, reads.get() + " reads");
      System.out.println(
          "InvariantTest: "
              + writes.get()
              + " writes, "
              + reads.get()
              + " reads, "
              + harness.replicator.status(0).checkpoints()
              + " resets of replica 0's log");
    }
  }

  private interface Body {
    void run() throws Exception;
  }

  private Thread run(Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (Throwable e) {
                failure.compareAndSet(null, e);
              }
            });
    thread.start();
    return thread;
  }

  private void write(Path master, Random random) throws SQLException {
    try (Connection connection = Harness.open(master)) {
      Harness.sql(connection, "PRAGMA synchronous=NORMAL");
      while (!over.get()) {
        int amount = random.nextInt(100);
        Harness.sql(
            connection,
            "BEGIN IMMEDIATE",
            "UPDATE a SET v = v - " + amount + ", pad = randomblob(300) WHERE id = " + id(random),
            "UPDATE b SET v = v + " + amount + " WHERE id = " + id(random),
            "COMMIT");
        writes.incrementAndGet();
      }
    }
  }

  private static int id(Random random) {
    return 1 + random.nextInt(ACCOUNTS);
  }

  /** DDL, VACUUM, checkpoints, rolled-back and large transactions of somebody else. */
  private void meddle(Path master, Random random) throws Exception {
    try (Connection connection = Harness.open(master)) {
      Harness.sql(connection, "PRAGMA busy_timeout=10000", "PRAGMA synchronous=NORMAL");
      for (int i = 0; !over.get(); i++) {
        switch (random.nextInt(7)) {
          case 0:
            Harness.sql(connection, "CREATE TABLE x" + i + " (v)", "DROP TABLE x" + i);
            break;
          case 1:
            Harness.sql(connection, "VACUUM");
            break;
          case 2:
            checkpoint(connection, "TRUNCATE");
            break;
          case 3:
            checkpoint(connection, "PASSIVE");
            break;
          case 4:
            Harness.sql(
                connection,
                "PRAGMA cache_size=10",
                "BEGIN IMMEDIATE",
                "UPDATE a SET v = v + 1, pad = randomblob(2000)",
                "ROLLBACK");
            break;
          case 5:
            Harness.sql(
                connection,
                "PRAGMA cache_size=10",
                "BEGIN IMMEDIATE",
                "UPDATE a SET v = v + 1, pad = randomblob(2000)",
                "UPDATE b SET v = v - 1, pad = randomblob(2000)",
                "COMMIT");
            break;
          default:
            checkpoint(connection, "RESTART");
        }
        Thread.sleep(random.nextInt(30));
      }
    }
  }

  private static void checkpoint(Connection connection, String mode) throws SQLException {
    Harness.sql(connection, "PRAGMA busy_timeout=20");
    Harness.query(connection, "PRAGMA wal_checkpoint(" + mode + ")");
    Harness.sql(connection, "PRAGMA busy_timeout=10000");
  }

  private void read(Path replica, boolean check) throws SQLException {
    try (Connection connection = Harness.open(replica)) {
      Harness.sql(connection, "PRAGMA query_only=1", "PRAGMA busy_timeout=0");
      while (!over.get()) {
        assertEquals(
            TOTAL + "",
            Harness.query(connection, "SELECT (SELECT sum(v) FROM a) + (SELECT sum(v) FROM b)"));
        if (check) {
          assertEquals("ok", Harness.query(connection, "PRAGMA integrity_check"));
        }
        reads.incrementAndGet();
      }
    }
  }

  /** What a ticket covers is on the replica that has reached it. */
  private void readYourWrites(Harness harness) throws Exception {
    try (Connection master = Harness.open(harness.master);
        Connection replica = Harness.open(harness.replicas.get(1))) {
      Harness.sql(master, "PRAGMA busy_timeout=10000", "PRAGMA synchronous=NORMAL");
      Harness.sql(master, "CREATE TABLE mine (n INT)", "INSERT INTO mine VALUES (0)");
      for (int n = 1; !over.get(); n++) {
        Harness.sql(master, "UPDATE mine SET n = " + n);
        long ticket = harness.replicator.tickets().newTicket();
        harness.await(
            "own write",
            () -> over.get() || harness.replicator.tickets().appliedTicket(1) >= ticket);
        if (!over.get()) {
          assertEquals("" + n, Harness.query(replica, "SELECT n FROM mine"));
        }
        Thread.sleep(1);
      }
    }
  }
}
