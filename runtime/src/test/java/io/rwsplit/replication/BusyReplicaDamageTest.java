package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replica's files are overwritten while a flat-out writer keeps all their times changing. */
class BusyReplicaDamageTest {
  /** Never closed: closing would drop the locks SQLite holds in this process. */
  private static final List<RandomAccessFile> OPENED = new ArrayList<>();

  private static final int ROWS = 6000;

  /** Rows that the writer changes; pages of the others are never written again. */
  private static final int HOT_ROWS = 1000;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  enum Damage {
    DATABASE_WHOLE("") {
      @Override
      long offset(long size) {
        return 0;
      }

      @Override
      int length(long size) {
        return (int) size;
      }
    },
    DATABASE_HEADER("") {
      @Override
      long offset(long size) {
        return 0;
      }
    },
    DATABASE_MIDDLE("") {
      @Override
      long offset(long size) {
        return size * 3 / 4 / 4096 * 4096 + 1000;
      }
    },
    LOG_WHOLE("-wal") {
      @Override
      long offset(long size) {
        return 0;
      }

      @Override
      int length(long size) {
        return (int) size;
      }
    },
    LOG_HEADER("-wal") {
      @Override
      long offset(long size) {
        return 0;
      }

      @Override
      int length(long size) {
        return 32;
      }
    },
    LOG_MIDDLE("-wal") {
      @Override
      long offset(long size) {
        return size / 2;
      }
    };

    final String suffix;

    Damage(String suffix) {
      this.suffix = suffix;
    }

    abstract long offset(long size);

    int length(long size) {
      return 100;
    }

    void inflict(Path db, Random random) throws IOException {
      Path path = db.resolveSibling(db.getFileName() + suffix);
      long size = Files.size(path);
      byte[] garbage = new byte[length(size)];
      random.nextBytes(garbage);
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      OPENED.add(file);
      file.seek(offset(size));
      file.write(garbage);
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void isNoticedBesideAWriter(Damage damage) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Harness harness = new Harness(1)) {
      fill(harness);
      harness.start();
      harness.awaitCaughtUp();
      Thread writer = writer(harness, 0);
      try {
        for (int round = 0; round < (damage == Damage.DATABASE_MIDDLE ? 12 : 3); round++) {
          damageOnce(harness, damage, random, seed);
        }
      } finally {
        over.set(true);
        writer.join();
      }
      assertSound(harness);
    }
  }

  /** The times of a change during our own checkpoint say nothing: only the content can. */
  @ParameterizedTest
  @EnumSource(
      value = Damage.class,
      names = {"DATABASE_HEADER", "DATABASE_MIDDLE"})
  void isNoticedWhenACheckpointHidesIt(Damage damage) throws Exception {
    try (Harness harness = new Harness(1)) {
      fill(harness);
      harness.start();
      harness.awaitCaughtUp();
      harness.stop();
      Path replica = harness.replicas.get(0);
      ReplicaLog log = ReplicaLog.open(new ReplicaFile(0, "r0", replica), replica, harness);
      java.util.concurrent.ExecutorService workers = Workers.checkpointers();
      try {
        ReplicaWatch watch = new ReplicaWatch(log, workers);
        sweep(watch);
        damage.inflict(replica, new Random(1));
        watch.settle();
        assertTrue(sweep(watch) != null, "not noticed");
      } finally {
        workers.shutdown();
        log.close();
      }
    }
  }

  @Test
  void doesNotCopyAChangedFrameIntoTheDatabase() throws Exception {
    try (Harness harness = new Harness(1)) {
      fill(harness);
      harness.start();
      harness.awaitCaughtUp();
      harness.stop();
      Path replica = harness.replicas.get(0);
      byte[] whole = Files.readAllBytes(replica);
      ReplicaLog log = ReplicaLog.open(new ReplicaFile(0, "r0", replica), replica, harness);
      java.util.concurrent.ExecutorService workers = Workers.checkpointers();
      try {
        ReplicaWatch watch = new ReplicaWatch(log, workers);
        sweep(watch);
        LogPosition at = log.recordedPosition();
        int pages = whole.length / log.pageSize();
        for (int page = 2; page < 700; page++) {
          log.stagePage(page, whole, (page - 1) * log.pageSize());
        }
        log.commitPage(700, pages, whole, 699 * log.pageSize(), at);
        Damage.LOG_MIDDLE.inflict(replica, new Random(1));
        ReplicaCheckpoints checkpoints = new ReplicaCheckpoints(log, watch, workers);
        checkpoints.tick();
        assertTrue(checkpoints.isRunning());
        assertThrows(
            DamagedException.class,
            () -> {
              while (checkpoints.isRunning()) {
                checkpoints.tick();
              }
            });
        byte[] now = new byte[whole.length];
        Channels.readFully(log.db(), java.nio.ByteBuffer.wrap(now), 0);
        assertArrayEquals(whole, now);
      } finally {
        workers.shutdown();
        log.close();
      }
    }
  }

  /** Enough looks for the whole file; the damage found, or null. */
  private static String sweep(ReplicaWatch watch) throws Exception {
    for (int look = 0; look < 100; look++) {
      try {
        watch.check(false);
      } catch (DamagedException e) {
        return e.getMessage();
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return null;
  }

  @Test
  void takesNoWriteOfOursForDamage() throws Exception {
    try (Harness harness = new Harness(2)) {
      fill(harness);
      harness.start();
      harness.awaitCaughtUp();
      Thread writer = writer(harness, 0);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
      try (Connection other = Harness.open(harness.master)) {
        Harness.sql(other, "PRAGMA busy_timeout=10000", "PRAGMA synchronous=NORMAL");
        for (int i = 0; System.nanoTime() < end; i++) {
          Harness.sql(
              other,
              "CREATE TABLE x" + i + " AS SELECT * FROM t LIMIT 2000",
              "DROP TABLE x" + i,
              i % 3 == 0 ? "VACUUM" : "UPDATE t SET v = v + 1 WHERE id % 50 = " + i % 50);
        }
      } finally {
        over.set(true);
        writer.join();
      }
      harness.awaitCaughtUp();
      for (int i = 0; i < 2; i++) {
        assertEquals(1, harness.replicator.status(i).resyncs(), harness.events.toString());
      }
      assertSound(harness);
    }
  }

  private static void damageOnce(Harness harness, Damage damage, Random random, long seed)
      throws Exception {
    Path replica = harness.replicas.get(0);
    harness.await("service", () -> harness.replicator.state(0) == FeedState.STREAMING);
    long pause = TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(100));
    java.util.concurrent.locks.LockSupport.parkNanos(pause);
    long resyncs = harness.replicator.status(0).resyncs();
    long noticed;
    try (Connection reader = Harness.open(replica)) {
      if (damage.suffix.equals("-wal")) {
        // Else the damage could vanish with a log that is just being emptied.
        harness.await("a log that a reader keeps", () -> keepsLog(reader, replica));
      }
      damage.inflict(replica, random);
      long before = System.nanoTime();
      harness.await("notice", () -> harness.replicator.status(0).resyncs() > resyncs);
      noticed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
      // A reader that ends while its file is being replaced may delete the new one's log.
      harness.await("repair", () -> harness.replicator.state(0) == FeedState.STREAMING);
    }
    System.out.println(
        damage
            + " noticed after "
            + noticed
            + " ms: "
            + harness.replicator.status(0).lastFailure());
    assertTrue(noticed < 60_000, damage + " noticed after " + noticed + " ms, seed " + seed);
  }

  /** True when the log has grown beyond the size at which it would be emptied. */
  private static boolean keepsLog(Connection reader, Path replica) throws Exception {
    Harness.sql(reader, "BEGIN");
    Harness.query(reader, "SELECT count(*) FROM t");
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1000);
    while (System.nanoTime() < deadline) {
      if (Files.size(replica.resolveSibling(replica.getFileName() + "-wal")) > 20 << 20) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    Harness.sql(reader, "ROLLBACK");
    return false;
  }

  private void assertSound(Harness harness) throws Exception {
    assertNull(failure.get(), () -> failure.get() + " " + harness.events);
    harness.assertEqual();
    harness.stop();
    for (Path replica : harness.replicas) {
      try (Connection connection = Harness.open(harness.master)) {
        Harness.query(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
      }
      assertArrayEquals(Files.readAllBytes(harness.master), Files.readAllBytes(replica));
    }
  }

  private static void fill(Harness harness) throws Exception {
    try (Connection app = Harness.open(harness.master)) {
      Harness.sql(
          app,
          "PRAGMA journal_mode=WAL",
          "PRAGMA synchronous=NORMAL",
          "CREATE TABLE t (id INTEGER PRIMARY KEY, v INT, pad BLOB)",
          "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + ROWS
              + ") INSERT INTO t SELECT i, 0, randomblob(1000) FROM n");
    }
  }

  private Thread writer(Harness harness, int seed) {
    Thread thread =
        new Thread(
            () -> {
              Random random = new Random(seed);
              try (Connection app = Harness.open(harness.master)) {
                Harness.sql(app, "PRAGMA busy_timeout=10000", "PRAGMA synchronous=NORMAL");
                app.setAutoCommit(false);
                try (PreparedStatement update =
                    app.prepareStatement("UPDATE t SET v = v + 1 WHERE id = ?")) {
                  while (!over.get()) {
                    for (int i = 0; i < 3; i++) {
                      update.setInt(1, 1 + random.nextInt(HOT_ROWS));
                      update.executeUpdate();
                    }
                    app.commit();
                  }
                }
              } catch (Throwable e) {
                failure.compareAndSet(null, e);
              }
            });
    thread.start();
    return thread;
  }
}
