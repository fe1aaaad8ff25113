package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import legacy.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls on a replica's files fail or stop short, and so do those of SQLite within the same
 * process: the application notices nothing, and the replica comes back by itself.
 */
class BrokenDiskTest {
  @TempDir Path directory;

  @Test
  void failingReadsAndWritesAreNotNoticed() throws Exception {
    Path library = compile();
    if (library == null) {
      return;
    }
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    Rebuilds.fill(place);
    Path control = directory.resolve("fault");
    ForkedJvm.Builder builder =
        SplitLedger.split(place)
            .environment("LD_PRELOAD", library.toString())
            .environment("RWSPLIT_FAULT", control.toString())
            .main(Ledger.class, SplitLedger.arguments(place, "run=2", "tellers=2", "scans=0"));
    try (SplitLedger app = SplitLedger.start(builder)) {
      app.awaitReady();
      app.awaitInService(2);
      Rebuilds rebuilds = new Rebuilds(place, app);
      for (String fault : List.of("write-eio", "write-short", "write-enospc", "read-eio")) {
        app.awaitAudits(100);
        int mark = app.mark();
        Path next = directory.resolve("next");
        Files.writeString(next, fault + " /replica1/");
        Files.move(next, control);
        app.awaitLog(mark, "replica1: out of service");
        app.awaitAudits(100);
        Files.delete(control);
        app.awaitLog(mark, "replica1: in service");
        rebuilds.awaitEqual(mark, 1, 2);
        assertTrue(app.relevant(mark).contains(place.replica(1).getPath()), app::relevant);
        System.out.println(fault + ": " + reason(app, mark));
      }
      app.end();
      assertEquals(List.of(), app.complaints(), app::relevant);
    }
  }

  private static String reason(SplitLedger app, int mark) {
    List<String> err = app.jvm().err();
    return err.subList(mark, err.size()).stream()
        .filter(line -> line.contains("replica1: out of service"))
        .findFirst()
        .orElse("?");
  }

  /** Null, said loudly, where there is no compiler. */
  private Path compile() throws IOException, InterruptedException {
    Path source = directory.resolve("faults.c");
    try (InputStream in = BrokenDiskTest.class.getResourceAsStream("/faults/faults.c")) {
      Files.copy(in, source);
    }
    Path library = directory.resolve("faults.so");
    String[] command = {
      "gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl"
    };
    try {
      Process gcc = new ProcessBuilder(command).inheritIO().start();
      if (gcc.waitFor(120, TimeUnit.SECONDS) && gcc.exitValue() == 0) {
        return library;
      }
      throw new AssertionError("gcc failed");
    } catch (IOException e) {
      System.err.println("NOT TESTED: failing system calls. There is no gcc here.");
      return null;
    }
  }

  /** A limit to the size of files: writes stop short at it, and then fail. */
  @Test
  void filesThatMayNotGrowAreNotNoticed() throws Exception {
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    Rebuilds.fill(place);
    try (SplitLedger app = SplitLedger.start(place, "run=2", "tellers=2", "scans=0")) {
      app.awaitReady();
      app.awaitInService(2);
      app.awaitAudits(100);
      int mark = app.mark();
      // The master's log is emptied at a third of the size of a replica's.
      File log = new File(place.replica(1) + "-wal");
      app.await(() -> log.length() > 7 << 20, () -> "the log does not grow\n" + app.relevant());
      prlimit(app, Long.toString(log.length() + 1000));
      app.awaitLog(mark, "replica1: out of service");
      app.awaitAudits(100);
      prlimit(app, "unlimited");
      app.awaitLog(mark, "replica1: in service");
      app.await(() -> app.isInService(2), app::relevant);
      new Rebuilds(place, app).awaitEqual(mark, 1, 2);
      app.end();
      assertEquals(List.of(), app.complaints(), app::relevant);
    }
  }

  private static void prlimit(SplitLedger app, String soft) throws Exception {
    String pid = Long.toString(app.jvm().process().pid());
    String limit = "--fsize=" + soft + ":unlimited";
    Process process = new ProcessBuilder("prlimit", "--pid", pid, limit).inheritIO().start();
    assertEquals(0, process.waitFor());
  }
}
