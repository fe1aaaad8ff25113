package io.rwsplit.it.crash;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashLoopTest {
  @TempDir Path directory;

  @Test
  void killedAtRandomMomentsNothingIsLost() throws Exception {
    long seed = Long.getLong("rwsplit.it.crash.seed", System.nanoTime());
    int kills = Integer.getInteger("rwsplit.it.crash.kills", 24);
    long seconds = Long.getLong("rwsplit.it.crash.seconds", 0);
    new CrashLoop(directory, seed).go(kills, seconds);
  }
}
