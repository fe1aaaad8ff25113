package io.rwsplit.it.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import legacy.sync.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Synchronising, comparing and mending replicas while an application writes without a pause. */
class OperationsTest {
  private static final int ROWS = 20_000;
  private static final int CHECKS = Integer.getInteger("rwsplit.it.sync.checks", 3);

  private static final int GIGABYTES = Integer.getInteger("rwsplit.it.sync.gigabytes", 0);

  @TempDir Path directory;
  private int answers;

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private ForkedJvm start() throws Exception {
    return start("writing");
  }

  private ForkedJvm start(String mode) throws Exception {
    String url = "jdbc:sqlite:" + file("master.db") + "?journal_mode=WAL&synchronous=NORMAL";
    ForkedJvm app =
        new ForkedJvm.Builder()
            .split(file("master.db"), file("replica1.db"), file("replica2.db"))
            .main(Operator.class, url, ROWS, file("replica1.db"), mode)
            .start();
    answers = 0;
    app.awaitOut("READY"::equals, 120);
    app.awaitErr(line -> line.endsWith("replica1: in service"), 120);
    app.awaitErr(line -> line.endsWith("replica2: in service"), 120);
    return app;
  }

  /** The whole answer, of several lines. */
  private String ask(ForkedJvm app, String what) throws Exception {
    app.tell(what);
    int number = ++answers;
    app.awaitOut(
        line -> app.out().stream().filter(each -> each.endsWith(" DONE")).count() >= number, 700);
    StringBuilder answer = new StringBuilder();
    int ended = 0;
    for (String line : app.out()) {
      if (ended == number - 1 && !line.equals("READY")) {
        answer.append(line).append('\n');
      }
      ended += line.endsWith(" DONE") ? 1 : 0;
    }
    return answer.toString();
  }

  private static void end(ForkedJvm app) throws Exception {
    app.tell("end");
    assertEquals(0, app.exitCode(120), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
    assertFalse(
        app.out().stream().anyMatch(line -> line.startsWith("writer failed")), app::transcript);
  }

  @Test
  void raisesNoFalseAlarm() throws Exception {
    try (ForkedJvm app = start()) {
      for (int i = 0; i < CHECKS; i++) {
        for (int replica = 0; replica < 2; replica++) {
          String report = ask(app, "check " + replica);
          assertTrue(report.contains(" equals the master"), () -> report + app.transcript());
          awaitReset(app);
        }
      }
      assertTrue(ask(app, "sync").contains("replica2: done"), app::transcript);
      assertTrue(ask(app, "resync -1").contains("replica1: done"), app::transcript);
      awaitReset(app);
      assertTrue(ask(app, "rebuild 1").contains("replica2: done"), app::transcript);
      awaitReset(app);
      System.out.printf("a log of %,d bytes%n", file("master.db-wal").length());
      String last = ask(app, "check 1");
      assertTrue(last.contains(" equals the master"), () -> last + app.transcript());
      end(app);
    }
  }

  /**
   * The log is let be reset: what is written while files are copied, compared and built does not
   * add up. How much that is depends on the machine, and on its disk.
   */
  private void awaitReset(ForkedJvm app) throws Exception {
    int before = resets();
    long deadline = System.nanoTime() + 240_000_000_000L;
    while (resets() == before) {
      assertTrue(System.nanoTime() - deadline < 0, () -> "no reset\n" + app.transcript());
      Thread.sleep(5);
    }
  }

  /** "Checkpoint sequence number" of the log's header: sqlite.org, "Database File Format", 4.1. */
  private int resets() throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file("master.db-wal"), "r")) {
      log.seek(12);
      return log.readInt();
    }
  }

  /** A byte in the file of a replica that is being fed, its time of change set back. */
  @Test
  void findsAChangedByte() throws Exception {
    try (ForkedJvm app = start()) {
      // So that neither a checkpoint nor the agent's own sweep comes first.
      ask(app, "quiet");
      assertTrue(ask(app, "resync 0").contains("done"), app::transcript);
      assertTrue(ask(app, "check 0").contains(" equals the master"), app::transcript);
      damage(file("replica1.db"));
      String reports = ask(app, "repair 0");
      boolean swept = app.err().stream().anyMatch(line -> line.contains("replica1.db was changed"));
      assertTrue(swept || reports.contains("PAGE page"), () -> reports + app.transcript());
      assertTrue(ask(app, "check 0").contains(" equals the master"), app::transcript);
      end(app);
    }
  }

  private static void damage(File file) throws IOException {
    FileTime before = Files.getLastModifiedTime(file.toPath());
    try (RandomAccessFile bytes = new RandomAccessFile(file, "rw")) {
      long at = bytes.length() / 4096 / 2 * 4096 + 3000;
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 1);
    }
    Files.setLastModifiedTime(file.toPath(), before);
  }

  /** {@code -Drwsplit.it.sync.gigabytes=1}: larger than what is checked elsewhere. */
  @Test
  void comparesALargeDatabase() throws Exception {
    if (GIGABYTES == 0) {
      return;
    }
    write(
        file("master.db"),
        "PRAGMA journal_mode=OFF",
        "PRAGMA synchronous=OFF",
        "CREATE TABLE filler (id INTEGER PRIMARY KEY, v BLOB)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + GIGABYTES * 280_000L
            + ") INSERT INTO filler SELECT i, randomblob(4000) FROM n");
    try (ForkedJvm app = start("writing")) {
      for (int round = 0; round < 2; round++) {
        long began = System.nanoTime();
        String report = ask(app, "check " + round);
        assertTrue(report.contains(" equals the master"), () -> report + app.transcript());
        long size = file("replica1.db").length();
        System.out.printf("checked %,d bytes in %.1f s%n", size, (System.nanoTime() - began) / 1e9);
      }
      ask(app, "quiet");
      assertTrue(ask(app, "sync").contains("replica1: done"), app::transcript);
      damage(file("replica1.db"));
      long began = System.nanoTime();
      String reports = ask(app, "repair 0");
      boolean swept = app.err().stream().anyMatch(line -> line.contains("replica1.db was changed"));
      assertTrue(swept || reports.contains("PAGE page"), () -> reports + app.transcript());
      System.out.printf("found, mended and checked: %.1f s%n", (System.nanoTime() - began) / 1e9);
      assertTrue(reports.contains(" equals the master"), () -> reports + app.transcript());
      end(app);
    }
  }

  /** Rows and schema changed by SQLite while the agent was off; what shows it was set back. */
  @Test
  void findsAndMendsWhatWasWrittenWhileTheAgentWasOff() throws Exception {
    // Somebody who keeps the master's log: else all is compared at the start anyway.
    try (Connection held = DriverManager.getConnection("jdbc:sqlite:" + file("master.db"));
        Statement holding = held.createStatement()) {
      holding.executeUpdate("PRAGMA journal_mode=WAL");
      holding.executeUpdate("CREATE TABLE held (a)");
      try (ForkedJvm app = start()) {
        ask(app, "quiet");
        assertTrue(ask(app, "sync").contains("replica1: done"), app::transcript);
        end(app);
      }
      FileTime before = Files.getLastModifiedTime(file("replica1.db").toPath());
      write(
          file("replica1.db"),
          "UPDATE t SET v = 'other' WHERE id = 77",
          "DELETE FROM t WHERE id = " + ROWS,
          "CREATE INDEX more ON t (v)");
      Files.setLastModifiedTime(file("replica1.db").toPath(), before);
      write(file("replica2.db"), "UPDATE t SET v = 'other' WHERE id = 78");

      // Without writes, which could meet the damage before anybody compares.
      try (ForkedJvm app = start("quiet")) {
        // The second one's time of change was not set back.
        app.awaitErr(line -> line.contains("replica2.db") && line.contains("written to"), 120);
        String clean = ask(app, "check 1");
        assertTrue(clean.contains(" equals the master"), () -> clean + app.transcript());
        String reports = ask(app, "repair 0");
        for (String wanted :
            List.of("ROW_CHANGED t", ": 77", "ROW_MISSING t", ": " + ROWS, "SCHEMA index more")) {
          assertTrue(reports.contains(wanted), () -> wanted + "\n" + reports + app.transcript());
        }
        assertTrue(reports.contains("replica1 equals the master"), reports);
        end(app);
      }
    }
  }

  private static void write(File file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  /** The application opens a replica's file by mistake, and writes to it. */
  @Test
  void saysThatTheApplicationWritesToAReplica() throws Exception {
    try (ForkedJvm app = start()) {
      String answer = ask(app, "write 0");
      // Between two of the feed's own locks it may come through; then all is compared.
      assertTrue(answer.contains("BUSY") || answer.contains("1 written"), () -> answer);
      app.awaitErr(
          line -> line.contains("the application") && line.contains("replica1's file"), 120);
      assertTrue(ask(app, "check 0").contains(" equals the master"), app::transcript);
      end(app);
    }
  }
}
