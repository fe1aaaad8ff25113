package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparisons of replicas with their master: what is there is found, and nothing else. */
class CheckTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Every kind of table and value. */
  private static final String[] SCHEMA = {
    "CREATE TABLE plain (id INTEGER PRIMARY KEY AUTOINCREMENT, v, w TEXT)",
    "CREATE TABLE hidden (rowid TEXT, _rowid_ TEXT, v)",
    "CREATE TABLE hides (rowid, _rowid_, oid)",
    "CREATE TABLE keyed (a TEXT COLLATE NOCASE, b INTEGER, c BLOB, v,"
        + " PRIMARY KEY (a, b DESC, c)) WITHOUT ROWID",
    "CREATE TABLE computed (a, b AS (a * 2), c AS (a || 'x') STORED)",
    "CREATE INDEX plain_v ON plain (v, w)",
    "CREATE VIEW seen AS SELECT v FROM plain",
    "CREATE TABLE \"odd \"\" name\" (x, \"y \"\" z\")",
    "CREATE VIRTUAL TABLE found USING fts5(body)",
    "INSERT INTO plain (v, w) VALUES (1e400, NULL), (-1e400, ''), (-0.0, 'ä€😀'), (x'00ff', x'61'),"
        + " (9223372036854775807, CAST(x'61ff62' AS TEXT)), (zeroblob(3000000), 'a' || char(0))",
    "INSERT INTO hidden VALUES ('a', 'b', 1), ('a', 'b', 2)",
    "INSERT INTO hides VALUES (1, 2, 3)",
    "INSERT INTO computed (a) VALUES (1), ('1'), (1.0)",
    "INSERT INTO \"odd \"\" name\" VALUES (1, 2)",
    "INSERT INTO found VALUES ('some words'), ('some other words')",
    "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
        + " INSERT INTO plain (v, w) SELECT i, 'row ' || i FROM n",
    "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
        + " INSERT INTO keyed SELECT 'k' || (i % 40), i / 3, randomblob(i % 20 + 5), i FROM n",
    "ANALYZE"
  };

  private static Harness filled(String encoding) throws Exception {
    Harness harness = new Harness(1);
    try (Connection app = Harness.open(harness.master)) {
      Harness.sql(app, "PRAGMA encoding = '" + encoding + "'", "PRAGMA journal_mode=WAL");
      Harness.sql(app, SCHEMA);
    }
    // It keeps the master's log while nobody replicates: without that, all is compared at a start.
    Connection held = harness.connect(harness.master);
    Harness.sql(held, "CREATE TABLE held (a)");
    harness.start();
    harness.awaitCaughtUp();
    return harness;
  }

  private static CheckReport check(Harness harness) {
    return harness.replicator.operations().check(0, new CheckOptions(), LIMIT);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "UTF-16le", "UTF-16be"})
  void findsNothingWhereNothingIs(String encoding) throws Exception {
    try (Harness harness = filled(encoding)) {
      CheckReport report = check(harness);
      assertTrue(report.isEqual(), report::toString);
      assertEquals(3006, report.rowsOfMaster("plain"));
      assertEquals(2000, report.rowsOfReplica("keyed"));
      assertTrue(report.tables().contains("found_data"), report::toString);
      assertTrue(report.tables().contains("sqlite_sequence"), report::toString);
      assertTrue(report.tables().contains("sqlite_stat1"), report::toString);
      assertEquals(1, report.notes().size(), report::toString);
    }
  }

  /** Somebody has changed the file while it was not fed, and set back its time of change. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE plain SET w = 'Row 77' WHERE v = 77 | ROW_CHANGED | 83",
        "UPDATE plain SET v = -0.0 WHERE id = 3; UPDATE plain SET v = 0 WHERE id = 3"
            + " | ROW_CHANGED | 3",
        "UPDATE plain SET w = CAST(w AS BLOB) WHERE id = 900 | ROW_CHANGED | 900",
        "DELETE FROM plain WHERE id = 1234 | ROW_MISSING | 1234",
        "DELETE FROM keyed WHERE v = 2000 | ROW_MISSING | k0",
        "INSERT INTO plain (id, v) VALUES (77777, 1) | ROW_EXTRA | 77777",
        "UPDATE sqlite_sequence SET seq = 1 | ROW_CHANGED | 1",
        "CREATE INDEX more ON plain (w) | SCHEMA | is not on the master",
        "DROP VIEW seen | SCHEMA | is not on the replica",
        "DROP TABLE keyed | SCHEMA | is not on the replica",
        "DELETE FROM plain; | ROW_MISSING | 1",
        "UPDATE found SET body = 'no words' WHERE rowid = 2 | ROW_CHANGED | ",
      })
  void findsAndMends(String sql, Difference.Kind kind, String what) throws Exception {
    try (Harness harness = filled("UTF-8")) {
      harness.stop();
      Path replica = harness.replicas.get(0);
      FileTime before = Files.getLastModifiedTime(replica);
      try (Connection other = Harness.open(replica)) {
        Harness.sql(other, "PRAGMA writable_schema=1");
        for (String each : sql.split(";", -1)) {
          if (!each.trim().isEmpty()) {
            Harness.sql(other, each);
          }
        }
      }
      Files.setLastModifiedTime(replica, before);
      harness.start();
      harness.awaitCaughtUp();
      assertEquals(0, harness.replicator.status(0).resyncs(), "resynced: nothing left to find");
      List<CheckReport> reports =
          harness.replicator.operations().repair(0, new CheckOptions(), LIMIT);
      CheckReport first = reports.get(0);
      assertTrue(first.total(kind) > 0, first::toString);
      assertTrue(first.total(Difference.Kind.PAGE) > 0, first::toString);
      String wanted = what == null ? "" : what;
      assertTrue(
          first.differences().stream()
              .anyMatch(each -> each.kind() == kind && each.what().contains(wanted)),
          first::toString);
      assertTrue(reports.get(1).isEqual(), reports.get(1)::toString);
    }
  }

  @Test
  void findsOneByte() throws Exception {
    try (Harness harness = filled("UTF-8")) {
      harness.stop();
      Path replica = harness.replicas.get(0);
      FileTime before = Files.getLastModifiedTime(replica);
      try (RandomAccessFile file = new RandomAccessFile(replica.toFile(), "rw")) {
        file.seek(file.length() - 100);
        int old = file.read();
        file.seek(file.length() - 100);
        file.write(old + 1);
      }
      Files.setLastModifiedTime(replica, before);
      harness.start();
      harness.awaitCaughtUp();
      CheckReport report = check(harness);
      assertEquals(1, report.total(Difference.Kind.PAGE), report::toString);
    }
  }

  @Test
  void raisesNoFalseAlarmUnderWriters() throws Exception {
    int rounds = Integer.getInteger("rwsplit.check.rounds", 5);
    try (Harness harness = filled("UTF-8")) {
      AtomicBoolean over = new AtomicBoolean();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int seed = i;
        Thread writer = new Thread(() -> write(harness, seed, over, failure));
        writer.start();
        writers.add(writer);
      }
      try {
        for (int i = 0; i < rounds; i++) {
          CheckReport report = check(harness);
          assertTrue(report.isEqual(), report::toString);
        }
      } finally {
        over.set(true);
        for (Thread writer : writers) {
          writer.join();
        }
      }
      assertEquals(null, failure.get());
      harness.assertEqual();
    }
  }

  private static void write(
      Harness harness, int seed, AtomicBoolean over, AtomicReference<Throwable> failure) {
    try (Connection app = Harness.open(harness.master)) {
      Harness.sql(app, "PRAGMA busy_timeout=20000", "PRAGMA synchronous=OFF");
      for (int i = seed; !over.get(); i += 2) {
        Harness.sql(
            app,
            "UPDATE plain SET v = random(), w = hex(randomblob(40)) WHERE id = " + (i * 7 % 3000),
            "INSERT OR REPLACE INTO keyed VALUES ('k" + i % 50 + "', " + i % 900 + ", x'01', 1)",
            "DELETE FROM plain WHERE id = " + (i * 13 % 3000),
            "INSERT INTO plain (v) VALUES (randomblob(3000))");
        if (i % 500 == 0) {
          Harness.sql(app, "CREATE TABLE IF NOT EXISTS t" + seed + " AS SELECT * FROM plain");
        } else if (i % 500 == 250) {
          Harness.sql(app, "DROP TABLE IF EXISTS t" + seed, "DELETE FROM plain WHERE id > 6000");
        }
      }
    } catch (Throwable e) {
      failure.set(e);
    }
  }

  @Test
  void canBeCancelled() throws Exception {
    try (Harness harness = filled("UTF-8")) {
      CheckOptions options =
          new CheckOptions() {
            @Override
            public void progress(String what, long done, long of) {
              cancel();
            }

            @Override
            public int sliceMillis() {
              return 1;
            }
          };
      CheckReport report = harness.replicator.operations().check(0, options, LIMIT);
      assertFalse(report.isComplete());
      assertEquals("it was cancelled", report.obstacle());
    }
  }

  @Test
  void syncAndResyncAnswerForEveryReplica() throws Exception {
    try (Harness harness = new Harness(2).start()) {
      try (Connection app = Harness.open(harness.master)) {
        Harness.sql(app, "CREATE TABLE t (v)", "INSERT INTO t VALUES (1)");
      }
      ReplicationOperations operations = harness.replicator.operations();
      for (ReplicaAnswer answer : operations.sync(ReplicationOperations.ALL, LIMIT)) {
        assertTrue(answer.isDone(), answer::toString);
      }
      assertEquals("1", Harness.queryOnce(harness.replicas.get(1), "SELECT v FROM t"));
      long before = harness.replicator.status(1).resyncs();
      for (boolean rebuild : new boolean[] {false, true}) {
        Object file = OpenFiles.identity(harness.replicas.get(1));
        List<ReplicaAnswer> answers = operations.resync(ReplicationOperations.ALL, rebuild, LIMIT);
        assertEquals(2, answers.size());
        for (ReplicaAnswer answer : answers) {
          assertTrue(answer.isDone(), answer::toString);
        }
        assertEquals(!rebuild, file.equals(OpenFiles.identity(harness.replicas.get(1))));
      }
      assertEquals(before + 2, harness.replicator.status(1).resyncs());
      harness.replicator.stepAside("a test");
      List<ReplicaAnswer> lacking = operations.sync(1, Duration.ofMillis(50));
      assertFalse(lacking.get(0).isDone());
      assertEquals("a test", lacking.get(0).reason());
      assertFalse(operations.resync(0, false, LIMIT).get(0).isDone());
      assertEquals("SUSPENDED: a test", check(harness).obstacle());
      harness.replicator.resume();
    }
  }
}
