package io.rwsplit.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is done to a replica's files, it leaves routing, and comes back equal. */
class ReplicaDamageTest {
  /** What is done; no file is closed here while SQLite in this process relies on its locks. */
  enum Damage {
    DATABASE_DELETED {
      @Override
      void inflict(Path db) throws IOException {
        Files.delete(db);
      }
    },
    ALL_DELETED {
      @Override
      void inflict(Path db) throws IOException {
        Files.delete(db);
        Files.delete(sibling(db, "-wal"));
        Files.delete(sibling(db, "-shm"));
        Files.delete(sibling(db, PositionFile.SUFFIX));
      }
    },
    DATABASE_REPLACED_BY_TEXT {
      @Override
      void inflict(Path db) throws IOException {
        Files.delete(db);
        Files.write(db, "this is no database at all, but some text".getBytes(UTF_8));
      }
    },
    DATABASE_OVERWRITTEN {
      @Override
      void inflict(Path db) throws IOException {
        scribble(db, 0, (int) Files.size(db));
      }
    },
    DATABASE_PAGE_OVERWRITTEN {
      @Override
      void inflict(Path db) throws IOException {
        scribble(db, 4096, 4096);
      }
    },
    DATABASE_TRUNCATED {
      @Override
      void inflict(Path db) throws IOException {
        truncate(db, 5000);
      }
    },
    LOG_DELETED {
      @Override
      void inflict(Path db) throws IOException {
        Files.delete(sibling(db, "-wal"));
      }
    },
    LOG_TRUNCATED {
      @Override
      void inflict(Path db) throws IOException {
        truncate(sibling(db, "-wal"), 40);
      }
    },
    LOG_OVERWRITTEN {
      @Override
      void inflict(Path db) throws IOException {
        scribble(sibling(db, "-wal"), 0, 9000);
      }
    },
    INDEX_DELETED {
      @Override
      void inflict(Path db) throws IOException {
        Files.delete(sibling(db, "-shm"));
      }
    },
    INDEX_TRUNCATED {
      @Override
      void inflict(Path db) throws IOException {
        truncate(sibling(db, "-shm"), 0);
      }
    },
    INDEX_OVERWRITTEN {
      @Override
      void inflict(Path db) throws IOException {
        scribble(sibling(db, "-shm"), 0, 96);
      }
    },
    DIRECTORY_MOVED_AWAY {
      @Override
      void inflict(Path db) throws IOException {
        Path moved = db.getParent().resolveSibling("moved");
        Files.move(db.getParent(), moved);
      }
    };

    abstract void inflict(Path db) throws IOException;

    private static final List<RandomAccessFile> OPENED = new ArrayList<>();

    static Path sibling(Path path, String suffix) {
      return path.resolveSibling(path.getFileName() + suffix);
    }

    static void scribble(Path path, int offset, int length) throws IOException {
      byte[] garbage = new byte[length];
      new Random(42).nextBytes(garbage);
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      OPENED.add(file);
      file.seek(offset);
      file.write(garbage);
    }

    static void truncate(Path path, long length) throws IOException {
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      OPENED.add(file);
      file.setLength(length);
    }
  }

  /** The file system's clock has ticked since the last write of our own. */
  private static void awaitLaterFileTime(Harness harness) throws Exception {
    Path replica = harness.replicas.get(0);
    Path wal = ReplicaFiles.beside(replica, "-wal");
    Path probe = ReplicaFiles.beside(replica, "-clock");
    harness.await(
        "a tick",
        () -> {
          Files.deleteIfExists(probe);
          long now = FileStat.modifiedNanos(Files.createFile(probe));
          return now > FileStat.modifiedNanos(replica) && now > FileStat.modifiedNanos(wal);
        });
    Files.delete(probe);
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void isRebuiltWhileRunning(Damage damage) throws Exception {
    try (Harness harness = harness()) {
      Connection app = fill(harness);
      harness.start();
      harness.awaitCaughtUp();
      Harness.sql(app, "INSERT INTO t SELECT NULL, v FROM t LIMIT 20");
      harness.awaitCaughtUp();
      awaitLaterFileTime(harness);
      long resyncs = harness.replicator.status(0).resyncs();
      long before = System.nanoTime();
      damage.inflict(harness.replicas.get(0));
      harness.await(
          "the replica to leave routing", () -> harness.replicator.tickets().appliedTicket(0) < 0);
      long noticed = (System.nanoTime() - before) / 1_000_000;
      Harness.sql(app, "INSERT INTO t SELECT NULL, v FROM t LIMIT 20");
      harness.assertEqual();
      assertTrue(noticed < 1500, "noticed after " + noticed + " ms");
      assertEquals(resyncs + 1, harness.replicator.status(0).resyncs(), harness.events.toString());
      Harness.sql(app, "INSERT INTO t SELECT NULL, v FROM t LIMIT 20");
      harness.assertEqual();
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void isRebuiltAtTheNextStart(Damage damage) throws Exception {
    try (Harness harness = harness()) {
      Connection app = fill(harness);
      harness.start();
      harness.awaitCaughtUp();
      Harness.sql(app, "INSERT INTO t SELECT NULL, v FROM t LIMIT 20");
      harness.awaitCaughtUp();
      Path replica = harness.replicas.get(0);
      try (Connection reader = Harness.open(replica)) {
        // Keeps -wal and -shm in place over the end of the replicator.
        Harness.query(reader, "SELECT count(*) FROM t");
        harness.stop();
        if (!damage.name().startsWith("INDEX")) {
          damage.inflict(replica);
        }
      } catch (SQLException e) {
        // The reader met the damage.
      }
      Harness.sql(app, "INSERT INTO t SELECT NULL, v FROM t LIMIT 20");
      harness.start();
      harness.assertEqual();
    }
  }

  @Test
  void survivesGarbageInThePositionRecord() throws Exception {
    try (Harness harness = harness()) {
      Connection app = fill(harness);
      harness.start();
      harness.awaitCaughtUp();
      harness.stop();
      Damage.scribble(Damage.sibling(harness.replicas.get(0), PositionFile.SUFFIX), 0, 256);
      Harness.sql(app, "INSERT INTO t SELECT NULL, v FROM t LIMIT 20");
      harness.start();
      harness.assertEqual();
    }
  }

  @Test
  void doesNotBelieveARecordWhenSomebodyWroteToTheReplica() throws Exception {
    try (Harness harness = harness()) {
      Connection app = fill(harness);
      harness.start();
      harness.awaitCaughtUp();
      harness.stop();
      try (Connection stray = Harness.open(harness.replicas.get(0))) {
        Harness.sql(stray, "DELETE FROM t WHERE id % 3 = 0");
      }
      harness.start();
      harness.assertEqual();
      assertEquals("300", Harness.query(app, "SELECT count(*) FROM t"));
    }
  }

  /** Somebody's application has opened the replica by mistake, and gets through in a gap. */
  @Test
  void repairsWhatAStrayWriterDidWhileRunning() throws Exception {
    try (Harness harness = harness()) {
      Connection app = fill(harness);
      harness.start();
      harness.awaitCaughtUp();
      boolean wrote = false;
      try (Connection stray = Harness.open(harness.replicas.get(0))) {
        Harness.sql(stray, "PRAGMA busy_timeout=0");
        for (int i = 0; i < 60_000 && !wrote; i++) {
          if (i % 20 == 0) {
            Harness.sql(app, "UPDATE t SET v = randomblob(400)");
          }
          try {
            Harness.sql(stray, "DELETE FROM t WHERE id % 3 = 0");
            wrote = true;
          } catch (SQLException e) {
            assertEquals(5, e.getErrorCode() & 0xff, e.toString());
          }
        }
      }
      if (wrote) {
        harness.await("notice", () -> !wasQuiet(harness));
      }
      harness.assertEqual();
      assertEquals("300", Harness.query(app, "SELECT count(*) FROM t"));
    }
  }

  private static boolean wasQuiet(Harness harness) throws SQLException {
    Harness.queryOnce(harness.master, "SELECT 1");
    try (Connection app = Harness.open(harness.master)) {
      Harness.sql(app, "UPDATE t SET v = randomblob(400)");
    }
    return harness.replicator.status(0).lastFailure() == null;
  }

  @Test
  void comparesASuspectAndThenBuildsItAnew() throws Exception {
    try (Harness harness = harness()) {
      fill(harness);
      harness.start();
      harness.awaitCaughtUp();
      harness.replicator.suspect(0, new SQLException("malformed"));
      assertEquals(-1, harness.replicator.tickets().appliedTicket(0));
      harness.assertEqual();
      assertEquals(2, harness.replicator.status(0).resyncs());
      int replaced = count(harness, "0 replaced");
      harness.replicator.suspect(0, new SQLException("malformed again"));
      harness.assertEqual();
      assertEquals(replaced + 1, count(harness, "0 replaced"), harness.events.toString());
    }
  }

  private static int count(Harness harness, String event) {
    int count = 0;
    for (String each : harness.events) {
      count += each.equals(event) ? 1 : 0;
    }
    return count;
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws Exception {
    try (Harness harness = harness()) {
      fill(harness);
      Path replica = harness.replicas.get(0);
      Files.createDirectories(replica.getParent());
      byte[] text = "dear diary, this file is not to be lost".getBytes(UTF_8);
      Files.write(replica, text);
      harness.start();
      harness.await("refusal", () -> harness.replicator.state(0) == FeedState.FAILED);
      String reason = harness.replicator.status(0).reason();
      assertTrue(reason.contains(replica.toString()), reason);
      assertTrue(reason.contains("not a SQLite database"), reason);
      assertArrayEquals(text, Files.readAllBytes(replica));
    }
  }

  @Test
  void refusesTheMasterAsItsReplica() throws Exception {
    try (Harness harness = harness()) {
      fill(harness);
      harness.replicas.set(0, harness.master);
      harness.start();
      harness.await("refusal", () -> harness.replicator.state(0) == FeedState.FAILED);
      assertTrue(harness.replicator.status(0).reason().contains("the master itself"));
    }
  }

  @Test
  void bringsAnotherDatabaseInTheWayToEquality() throws Exception {
    try (Harness harness = harness()) {
      fill(harness);
      Path replica = harness.replicas.get(0);
      Files.createDirectories(replica.getParent());
      try (Connection other = Harness.open(replica)) {
        Harness.sql(
            other,
            "CREATE TABLE z (v)",
            "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                + " INSERT INTO z SELECT randomblob(300) FROM n");
      }
      harness.start();
      harness.assertEqual();
      harness.stop();
      assertEquals(Files.size(harness.master), Files.size(replica));
    }
  }

  private static Harness harness() throws IOException {
    Harness harness = new Harness(1);
    harness.replicas.set(0, harness.directory.resolve("deep/er/replica.db"));
    return harness;
  }

  private static Connection fill(Harness harness) throws SQLException {
    Connection app = harness.connect(harness.master);
    Harness.sql(
        app,
        "PRAGMA journal_mode=WAL",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB)",
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
            + " INSERT INTO t SELECT i, randomblob(400) FROM n");
    return app;
  }
}
