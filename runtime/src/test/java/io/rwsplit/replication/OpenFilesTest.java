package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/**
 * Channels that may never be closed while SQLite has locks, and may not be kept for ever either.
 */
class OpenFilesTest {
  @Test
  void rebuiltReplicasLeaveNoDescriptorsBehind() throws Exception {
    if (!Files.isDirectory(Paths.get("/proc/self/fd"))) {
      return;
    }
    try (Harness harness = new Harness(1)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, "PRAGMA journal_mode=WAL", "CREATE TABLE t (v)");
      harness.start();
      harness.assertEqual();
      int before = OpenFiles.count();
      for (int i = 0; i < 10; i++) {
        // Told a little after the replica has caught up, so that the next one tells of a rebuild.
        harness.await("the news", () -> isNewest(harness, "0 STREAMING"));
        int seen = harness.events.size();
        Files.delete(harness.replicas.get(0));
        harness.await(
            "the rebuild", () -> harness.events.size() > seen && isNewest(harness, "0 STREAMING"));
        Harness.sql(app, "INSERT INTO t VALUES (1)");
        harness.assertEqual();
      }
      // Those of the last rebuild may be there yet: they go with the next.
      assertTrue(OpenFiles.count() <= before + 4, OpenFiles.count() + " from " + before);
    }
  }

  private static boolean isNewest(Harness harness, String event) {
    synchronized (harness.events) {
      int told = harness.events.size();
      return told > 0 && harness.events.get(told - 1).equals(event);
    }
  }

  @Test
  @SuppressWarnings("try") // closed early on purpose
  void aNamelessFileThatSqliteHasOpenStaysOpen() throws Exception {
    Path directory = Files.createTempDirectory("rwsplit-open");
    try {
      Path file = directory.resolve("a.db");
      Connection user = Harness.open(file);
      try {
        Harness.sql(user, "CREATE TABLE t (v)", "BEGIN IMMEDIATE");
        java.nio.channels.FileChannel ours = OpenFiles.readable(file);
        Files.delete(file);
        Files.createFile(directory.resolve("b.db"));
        OpenFiles.readable(directory.resolve("b.db"));
        assertTrue(ours.isOpen());
        user.close();
        Files.createFile(directory.resolve("c.db"));
        OpenFiles.readable(directory.resolve("c.db"));
        assertEquals(!Files.isDirectory(Paths.get("/proc/self/fd")), ours.isOpen());
      } finally {
        user.close();
      }
    } finally {
      Harness.deleteTree(directory);
    }
  }
}
