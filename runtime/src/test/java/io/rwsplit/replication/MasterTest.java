package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.replication.ReplicationSettings.WalMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications, other processes and operators do to a master. */
class MasterTest {
  private static final String ROWS =
      "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
          + " INSERT INTO t SELECT NULL, randomblob(%d) FROM n";
  private static final String TABLE = "CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB)";

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 8192, 32768, 65536})
  void everyPageSize(int pageSize) throws Exception {
    try (Harness harness = new Harness(1)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, "PRAGMA page_size=" + pageSize, "PRAGMA auto_vacuum=FULL", TABLE);
      harness.start();
      harness.awaitCaughtUp();
      for (int i = 0; i < 40; i++) {
        Harness.sql(app, String.format(ROWS, 50, 700), "DELETE FROM t WHERE id % 3 = " + i % 3);
      }
      harness.assertEqual();
      assertEquals("" + pageSize, Harness.queryOnce(harness.replicas.get(0), "PRAGMA page_size"));
      assertEquals(1, harness.replicator.status(0).resyncs());
    }
  }

  @Test
  void largeTransactionsFillSeveralBlocksOfTheIndex() throws Exception {
    try (Harness harness = new Harness(2)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", TABLE);
      harness.start(
          ReplicationSettings.defaults().withBounds(1 << 20, 1L << 30, Duration.ofSeconds(10)));
      harness.awaitCaughtUp();
      Harness.sql(app, "PRAGMA cache_size=50", "BEGIN", String.format(ROWS, 60_000, 1000));
      Harness.sql(app, "UPDATE t SET v = randomblob(900) WHERE id % 40 = 0", "ROLLBACK");
      Harness.sql(app, "BEGIN", String.format(ROWS, 60_000, 1000));
      Harness.sql(app, "UPDATE t SET v = randomblob(900) WHERE id % 40 = 0", "COMMIT");
      harness.awaitCaughtUp();
      for (Path replica : harness.replicas) {
        try (Connection connection = Harness.open(replica)) {
          assertEquals("ok", Harness.query(connection, "PRAGMA integrity_check"));
          assertEquals("60000", Harness.query(connection, "SELECT count(v) FROM t"));
        }
      }
      assertEquals(1, harness.replicator.status(0).resyncs());
      Harness.sql(app, "DELETE FROM t WHERE id > 20", "VACUUM");
      harness.assertEqual();
    }
  }

  @Test
  void followsAnotherProcess() throws Exception {
    try (Harness harness = new Harness(1)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, TABLE);
      harness.start();
      harness.awaitCaughtUp();
      Process process =
          CrashTest.Forked.start(ForeignWriter.class, harness.master.toString(), "2000");
      try {
        assertEquals(0, process.waitFor());
      } finally {
        process.destroyForcibly();
      }
      harness.assertEqual();
      assertEquals("2000", Harness.queryOnce(harness.replicas.get(0), "SELECT count(*) FROM t"));
      assertEquals(1, harness.replicator.status(0).resyncs());
    }
  }

  /** Inserts rows one by one, with checkpoints of its own. */
  static final class ForeignWriter {
    private ForeignWriter() {}

    public static void main(String[] args) throws SQLException {
      try (Connection connection = Harness.open(java.nio.file.Paths.get(args[0]))) {
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
          Harness.sql(connection, "INSERT INTO t VALUES (NULL, randomblob(300))");
          if (i % 100 == 0) {
            Harness.sql(connection, "PRAGMA busy_timeout=5");
            Harness.query(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            Harness.sql(connection, "PRAGMA busy_timeout=10000");
          }
        }
      }
    }
  }

  @Test
  void leavesARollbackJournalAloneWhenToldTo() throws Exception {
    try (Harness harness = new Harness(1)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, TABLE);
      harness.start(ReplicationSettings.defaults().withWalMode(WalMode.OFF));
      awaitReason(harness, "not in WAL mode");
      assertEquals(FeedState.WAITING_FOR_MASTER, harness.replicator.state(0));
      assertEquals("delete", Harness.query(app, "PRAGMA journal_mode"));
      assertFalse(Files.exists(harness.replicas.get(0)));
    }
  }

  private static void awaitReason(Harness harness, String part) throws Exception {
    harness.await(
        part,
        () -> {
          String reason = harness.replicator.status(0).reason();
          return reason != null && reason.contains(part);
        });
  }

  @Test
  void waitsForAMissingOrEmptyMasterWithoutCreatingIt() throws Exception {
    try (Harness harness = new Harness(1).start()) {
      // The reason is given after each look at the file.
      awaitReason(harness, "does not exist yet");
      assertFalse(Files.exists(harness.master));
      Files.createFile(harness.master);
      awaitReason(harness, "is empty yet");
      assertEquals(0, Files.size(harness.master));
      assertEquals(-1, harness.replicator.tickets().appliedTicket(0));
      Connection app = harness.connect(harness.master);
      Harness.sql(app, TABLE);
      harness.assertEqual();
    }
  }

  @Test
  void waitsForATransactionThatCreatesTheSchema() throws Exception {
    try (Harness harness = new Harness(1).start()) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, "PRAGMA busy_timeout=5000", TABLE);
      for (int i = 0; i < 30; i++) {
        Harness.sql(
            app, "BEGIN", "CREATE TABLE s" + i + " (v)", String.format(ROWS, 20, 100), "COMMIT");
      }
      harness.assertEqual();
    }
  }

  @Test
  void stepsAsideForAnotherJournalMode() throws Exception {
    try (Harness harness = new Harness(1)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, "PRAGMA journal_mode=WAL", TABLE, String.format(ROWS, 100, 300));
      harness.start();
      harness.awaitCaughtUp();
      assertTrue(harness.replicator.stepAside("PRAGMA journal_mode=DELETE"));
      assertEquals(FeedState.SUSPENDED, harness.replicator.state(0));
      assertEquals(-1, harness.replicator.tickets().appliedTicket(0));
      assertEquals("delete", Harness.query(app, "PRAGMA journal_mode=DELETE"));
      Harness.sql(app, "DELETE FROM t WHERE id < 50");
      harness.replicator.resume();
      harness.await(
          "the reason",
          () -> {
            String reason = harness.replicator.status(0).reason();
            return reason != null && reason.contains("taken out of WAL mode");
          });
      assertEquals(FeedState.SUSPENDED, harness.replicator.state(0));
      assertEquals("wal", Harness.query(app, "PRAGMA journal_mode=WAL"));
      harness.assertEqual();
    }
  }

  @Test
  void stepsAsideForAnExclusiveUser() throws Exception {
    try (Harness harness = new Harness(1)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, "PRAGMA journal_mode=WAL", TABLE);
      harness.start();
      harness.awaitCaughtUp();
      assertTrue(harness.replicator.stepAside("PRAGMA locking_mode=EXCLUSIVE"));
      Harness.query(app, "PRAGMA locking_mode=EXCLUSIVE");
      Harness.sql(app, String.format(ROWS, 100, 300));
      harness.replicator.resume();
      awaitReason(harness, "locked by another user");
      assertEquals(-1, harness.replicator.tickets().appliedTicket(0));
      Harness.query(app, "PRAGMA locking_mode=NORMAL");
      Harness.sql(app, String.format(ROWS, 100, 300));
      harness.assertEqual();
    }
  }

  @Test
  void followsAMasterThatWasReplaced() throws Exception {
    try (Harness harness = new Harness(1)) {
      try (Connection app = Harness.open(harness.master)) {
        Harness.sql(app, "PRAGMA journal_mode=WAL", TABLE, String.format(ROWS, 500, 300));
        harness.start();
        harness.awaitCaughtUp();
      }
      Path other = harness.directory.resolve("other.db");
      try (Connection app = Harness.open(other)) {
        Harness.sql(app, "PRAGMA page_size=1024", TABLE, String.format(ROWS, 20, 100));
      }
      assertTrue(harness.replicator.stepAside("an operator swaps the file"));
      Files.move(other, harness.master, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      harness.replicator.resume();
      harness.await("suspension", () -> harness.replicator.state(0) == FeedState.SUSPENDED);
      try (Connection app = Harness.open(harness.master)) {
        Harness.sql(app, "PRAGMA journal_mode=WAL");
        harness.assertEqual();
      }
      Files.delete(harness.master);
      harness.await("loss", () -> harness.replicator.tickets().appliedTicket(0) < 0);
      Files.deleteIfExists(harness.directory.resolve("master.db-wal"));
      Files.deleteIfExists(harness.directory.resolve("master.db-shm"));
      Connection app = harness.connect(harness.master);
      Harness.sql(app, TABLE, String.format(ROWS, 30, 100));
      harness.assertEqual();
    }
  }

  @Test
  void onlyOneReplicatesAndAnotherTakesOver() throws Exception {
    try (Harness first = new Harness(1)) {
      Connection app = first.connect(first.master);
      Harness.sql(app, TABLE, String.format(ROWS, 100, 300));
      first.start();
      first.awaitCaughtUp();
      Harness second = new Harness(first.directory, 1).start();
      second.awaitCaughtUp();
      assertEquals(FeedState.STREAMING, second.replicator.state(0));
      assertEquals(FeedState.STANDBY, second.replicator.status(0).state());
      first.stop();
      Harness.sql(app, String.format(ROWS, 100, 300));
      second.assertEqual();
      second.stop();
    }
  }

  @Test
  void leavesTheMasterWholeAndTheReplicaResumable() throws Exception {
    try (Harness harness = new Harness(1)) {
      try (Connection app = Harness.open(harness.master)) {
        Harness.sql(app, "PRAGMA journal_mode=WAL", TABLE, String.format(ROWS, 100, 300));
        harness.start();
        harness.awaitCaughtUp();
        Harness.sql(app, String.format(ROWS, 100, 300));
      }
      harness.stop();
      Path copy = harness.directory.resolve("copy.db");
      Files.copy(harness.master, copy);
      assertEquals("200", Harness.queryOnce(copy, "SELECT count(*) FROM t"));
      assertEquals("200", Harness.queryOnce(harness.replicas.get(0), "SELECT count(*) FROM t"));
    }
  }

  @Test
  void resumesByPositionWhileTheLogLives() throws Exception {
    try (Harness harness = new Harness(1)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, "PRAGMA journal_mode=WAL", TABLE, String.format(ROWS, 100, 300));
      // A reader keeps the log from being reset between the two replicators.
      Connection reader = harness.connect(harness.master);
      Harness.sql(reader, "BEGIN");
      Harness.query(reader, "SELECT count(*) FROM t");
      harness.start();
      harness.awaitCaughtUp();
      Harness.sql(app, String.format(ROWS, 100, 300));
      harness.awaitCaughtUp();
      harness.stop();
      Harness.sql(app, String.format(ROWS, 100, 300));
      harness.start();
      harness.assertEqual();
      assertEquals(0, harness.replicator.status(0).resyncs(), harness.events.toString());
    }
  }

  @Test
  void closesWhileTheApplicationWrites() throws Exception {
    try (Harness harness = new Harness(1)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", TABLE);
      harness.start();
      harness.awaitCaughtUp();
      boolean[] over = {false};
      Throwable[] failure = {null};
      Thread writer =
          new Thread(
              () -> {
                try {
                  while (!over[0]) {
                    Harness.sql(app, "INSERT INTO t VALUES (NULL, randomblob(300))");
                  }
                } catch (SQLException e) {
                  failure[0] = e;
                }
              });
      writer.start();
      harness.await(
          "the writer to be at work",
          () ->
              Integer.parseInt(Harness.queryOnce(harness.master, "SELECT count(*) FROM t")) >= 50);
      long start = System.nanoTime();
      harness.replicator.close(Duration.ofSeconds(5));
      long millis = (System.nanoTime() - start) / 1_000_000;
      over[0] = true;
      writer.join();
      assertEquals(null, failure[0]);
      assertEquals(FeedState.CLOSED, harness.replicator.state(0));
      assertTrue(millis < 2000, "closing took " + millis + " ms");
      harness.start();
      harness.assertEqual();
    }
  }

  @Test
  void saysSoWhenTheMasterIsNoDatabase() throws Exception {
    try (Harness harness = new Harness(1)) {
      byte[] text = new byte[4096];
      java.util.Arrays.fill(text, (byte) 'x');
      Files.write(harness.master, text);
      harness.start();
      harness.await(
          "the reason",
          () -> {
            String reason = harness.replicator.status(0).reason();
            return reason != null && reason.contains("not a SQLite database");
          });
      assertEquals(
          new String(text, StandardCharsets.US_ASCII),
          new String(Files.readAllBytes(harness.master), StandardCharsets.US_ASCII));
    }
  }
}
