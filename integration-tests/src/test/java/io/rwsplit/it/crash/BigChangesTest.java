package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import legacy.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What changes most of a master's file, or puts another in its place, while the application works
 * and readers in another process look at the replicas all the time.
 *
 * <p>{@code -Drwsplit.it.crash.megabytes=200}: a larger transaction than the usual one.
 */
class BigChangesTest {
  private static final int MEGABYTES = Integer.getInteger("rwsplit.it.crash.megabytes", 16);

  @TempDir Path directory;
  private Place place;

  @Test
  void replicasAreWholeAllTheTime() throws Exception {
    place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=20000");
    Path backup = directory.resolve("backup.db");
    try (Watchers watchers = Watchers.start(place, 1)) {
      life(
          1,
          "PRAGMA user_version = 4711",
          "PRAGMA application_id = 815",
          "CREATE TABLE big (v BLOB)",
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000 * "
              + MEGABYTES
              + ") INSERT INTO big SELECT randomblob(1000) FROM n",
          "VACUUM",
          "CREATE INDEX big_v ON big (length(v))",
          "DELETE FROM big WHERE rowid % 3 = 0",
          "VACUUM");
      outside("PRAGMA journal_mode=DELETE", "PRAGMA auto_vacuum=INCREMENTAL", "VACUUM");
      life(2, "DELETE FROM big", "PRAGMA incremental_vacuum(200)", "PRAGMA incremental_vacuum");
      outside("PRAGMA journal_mode=DELETE", "PRAGMA page_size=8192", "VACUUM");
      life(3, "PRAGMA page_size");
      outside("PRAGMA journal_mode=DELETE", "PRAGMA page_size=1024", "VACUUM");
      life(4, "VACUUM");
      outside("backup to " + backup);
      life(5, "DROP TABLE big");
      System.out.println(watchers.end());
      assertEquals(List.of(), watchers.complaints());
      assertEquals(Set.of(), watchers.notIn(DatabaseFile.copy(place.master(), directory, true)));
    }
    // From here on the master goes back to what it was.
    try (Watchers watchers = Watchers.start(place, 2, true)) {
      life(6, "restore from " + backup);
      for (String suffix : List.of("-wal", "-shm")) {
        Files.deleteIfExists(Path.of(place.master() + suffix));
      }
      Files.move(backup, place.master().toPath(), StandardCopyOption.ATOMIC_MOVE);
      life(7, "VACUUM");
      System.out.println(watchers.end());
      assertEquals(List.of(), watchers.complaints());
    }
  }

  /** The application runs the texts one after the other, and everything else beside them. */
  private void life(int run, String... texts) throws Exception {
    Object[] load = {"run=" + run, "tellers=2", "auditors=2", "scans=0", "rest=2"};
    try (SplitLedger app = SplitLedger.start(place, load)) {
      app.awaitReady();
      app.awaitInService(2);
      for (String text : texts) {
        app.awaitAudits(20);
        long start = System.nanoTime();
        String answer = app.sql(text);
        // Restoring needs the file for a moment that writers leave to it or not.
        for (int i = 0; answer.contains("SQLITE_BUSY") && i < 50; i++) {
          answer = app.sql(text);
        }
        assertFalse(answer.contains("Exception"), text + ": " + answer + "\n" + app.relevant());
        System.out.printf("%s: %.1f s%n", text, (System.nanoTime() - start) / 1e9);
      }
      app.pause();
      app.put((run + 1) * Ledger.RUN - 1);
      long last = (run + 1) * Ledger.RUN - 1;
      for (File replica : place.replicas()) {
        app.await(
            () -> DatabaseFile.live(replica).ids("events").contains(last),
            () -> replica + " does not get the last commit\n" + app.relevant());
      }
      new FilesAfter(place, directory.resolve("copies")).checkEqual(true);
      app.end();
      assertEquals(List.of(), app.complaints(), app::relevant);
    }
  }

  /** By a process without the agent, while the application is down. */
  private void outside(String... texts) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + place.master());
        Statement statement = connection.createStatement()) {
      for (String text : texts) {
        if (statement.execute(text)) {
          try (ResultSet rows = statement.getResultSet()) {
            rows.next();
          }
        }
      }
    }
  }
}
