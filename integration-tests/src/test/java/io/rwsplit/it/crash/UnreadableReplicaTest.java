package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Nobody;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import legacy.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of a replica that the application's user may not touch. Permissions do not bind root: run
 * by root, the application runs as another user, and on copies of what it needs.
 */
class UnreadableReplicaTest {
  @TempDir Path directory;

  @Test
  void isNotNoticedAndComesBack() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Place place = Place.in(home, "?synchronous=NORMAL&busy_timeout=10000");
    Rebuilds.fill(place);
    ForkedJvm.Builder builder = SplitLedger.split(place);
    String classPath = Nobody.run(builder, home);
    Nobody.own(directory);
    Object[] arguments =
        SplitLedger.arguments(place, "run=2", "tellers=2", "auditors=4", "scans=0");
    builder.main(classPath, Ledger.class.getName(), arguments);
    try (SplitLedger app = SplitLedger.start(builder)) {
      app.awaitReady();
      app.awaitInService(2);
      Path file = place.replica(1).toPath();
      Rebuilds rebuilds = new Rebuilds(place, app);
      checkForbidden(app, rebuilds, file, "rw-------");
      checkForbidden(app, rebuilds, Damage.beside(place.replica(1), "-wal"), "rw-------");
      checkForbidden(app, rebuilds, Damage.beside(place.replica(1), "-shm"), "rw-------");
      checkForbidden(app, rebuilds, file.getParent(), "rwx------");
      app.end();
      assertEquals(List.of(), app.complaints(), app::relevant);
    }
  }

  private static void checkForbidden(
      SplitLedger app, Rebuilds rebuilds, Path path, String permissions) throws Exception {
    app.awaitAudits(300);
    int mark = app.mark();
    boolean noticed = false;
    // Again if the file was just being replaced by another.
    for (int i = 0; i < 60 && !noticed; i++) {
      if (Files.exists(path)) {
        Files.setPosixFilePermissions(path, Set.of());
      }
      noticed = app.isLogged(mark, "replica1: out of service", 2);
    }
    assertTrue(noticed, () -> path + " is not missed\n" + app.relevant(mark));
    app.awaitAudits(300);
    Set<PosixFilePermission> before = PosixFilePermissions.fromString(permissions);
    if (Files.exists(path)) {
      Files.setPosixFilePermissions(path, before);
    }
    app.awaitLog(mark, "replica1: in service");
    rebuilds.awaitEqual(mark, 1, 2);
  }
}
