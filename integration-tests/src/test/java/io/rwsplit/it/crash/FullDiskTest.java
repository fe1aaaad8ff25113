package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.FillDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No space left: for a replica, and for the master. */
class FullDiskTest {
  @TempDir Path directory;

  @Test
  void ofAReplicaIsNotNoticed() throws Exception {
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    Rebuilds.fill(place);
    try (Tmpfs disk = Tmpfs.mount(place.replica(1).getParentFile().toPath(), "64m")) {
      if (disk == null) {
        return;
      }
      try (SplitLedger app =
          SplitLedger.start(place, "run=2", "tellers=2", "auditors=4", "caretaker=1")) {
        app.awaitReady();
        app.awaitInService(2);
        int mark = app.mark();
        disk.fill();
        app.awaitLog(mark, "replica1: out of service");
        app.awaitAudits(500);
        long log = new File(place.master() + "-wal").length();
        assertTrue(log < 64 << 20, () -> "the master's log holds " + log + " bytes");
        mark = app.mark();
        disk.free();
        app.awaitLog(mark, "replica1: in service");
        new Rebuilds(place, app).awaitEqual(mark, 1, 2);
        app.end();
        assertEquals(List.of(), app.complaints(), app::relevant);
      }
    }
  }

  @Test
  void ofTheMasterFailsAsWithoutTheAgent() throws Exception {
    Path mount = directory.resolve("small");
    List<String> bare = fillMaster(mount, false);
    List<String> split = fillMaster(mount, true);
    assertEquals(bare, split);
    assertTrue(bare.isEmpty() || bare.contains("ok"), bare::toString);
  }

  private List<String> fillMaster(Path mount, boolean agent) throws Exception {
    try (Tmpfs disk = Tmpfs.mount(mount, "8m")) {
      if (disk == null) {
        return List.of();
      }
      File master = mount.resolve("master.db").toFile();
      File replica = directory.resolve("replica.db").toFile();
      ForkedJvm.Builder builder = new ForkedJvm.Builder();
      if (agent) {
        builder.split(master, replica);
      }
      try (ForkedJvm app = builder.main(FillDisk.class, "jdbc:sqlite:" + master).start()) {
        app.awaitOut("ready"::equals, 120);
        if (agent) {
          app.awaitErr(line -> line.contains("replica1: in service"), 120);
        }
        disk.fill();
        app.tell("full");
        app.awaitOut("waits"::equals, 120);
        disk.free();
        app.tell("free");
        assertEquals(0, app.exitCode(120), app::transcript);
        if (agent) {
          assertEquals(
              DatabaseFile.copy(master, directory.resolve("copy"), true).content(),
              DatabaseFile.copy(replica, directory.resolve("copy"), true).content());
        }
        return app.out();
      }
    }
  }
}
