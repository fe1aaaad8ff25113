package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Random;
import legacy.LongScan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica is damaged while the application is in the middle of a long result from it. */
class LongScanTest {
  private static final String EXPECTED = "rows 20000 sum " + (20_000L * 20_001 / 2 + 20_000 * 500);

  @TempDir Path directory;

  @Test
  void theMasterGoesOnWithTheSameRows() throws Exception {
    File master = directory.resolve("master.db").toFile();
    File replica = directory.resolve("replica.db").toFile();
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .split(master, replica)
            .property("rwsplit.log.routes", "true")
            .main(LongScan.class, "jdbc:sqlite:" + master)
            .start()) {
      app.awaitOut("filled"::equals, 120);
      app.awaitErr(line -> line.contains("replica1: in service"), 120);
      awaitInFile(replica);
      awaitServing(app);
      app.tell("go");
      app.awaitOut("looking"::equals, 120);
      overwrite(replica);
      app.tell("go");
      app.awaitOut(line -> line.startsWith("rows "), 120);
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(app.out().contains(EXPECTED), app::transcript);
      assertTrue(
          app.err().stream()
              .anyMatch(line -> line.contains("replica1 <-") && line.contains("ORDER BY id")),
          app::transcript);
      assertTrue(
          app.err().stream()
              .anyMatch(line -> line.contains("master") && line.endsWith("a replica failed")),
          app::transcript);
    }
  }

  /** Reads until the replica serves: the pool's first connection may take longer than the rest. */
  private static void awaitServing(ForkedJvm app) throws Exception {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (app.err().stream().noneMatch(line -> line.contains("replica1 <-"))) {
      assertTrue(System.nanoTime() - deadline < 0, app::transcript);
      app.tell("read");
      Thread.sleep(20);
    }
  }

  /** Waits until the replica has all rows, and its pages are where they can be damaged. */
  private static void awaitInFile(File replica) throws Exception {
    long deadline = System.nanoTime() + 120_000_000_000L;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + replica);
        Statement statement = connection.createStatement()) {
      long length = 0;
      while (length == 0 || replica.length() < length) {
        assertTrue(System.nanoTime() < deadline, () -> "replica has " + replica.length());
        Thread.sleep(20);
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT count(*), (SELECT page_count * page_size FROM pragma_page_count,"
                    + " pragma_page_size) FROM page")) {
          length = rows.next() && rows.getInt(1) == 20_000 ? rows.getLong(2) : 0;
        }
      }
    }
  }

  private static void overwrite(File file) throws Exception {
    byte[] garbage = new byte[1 << 20];
    new Random(1).nextBytes(garbage);
    try (RandomAccessFile open = new RandomAccessFile(file, "rw")) {
      for (long at = 0; at < open.length(); at += garbage.length) {
        open.seek(at);
        open.write(garbage, 0, (int) Math.min(garbage.length, open.length() - at));
      }
    }
  }
}
