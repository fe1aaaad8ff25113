package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code -Drwsplit.it.crash.kills=N}, {@code -Drwsplit.it.crash.seconds=S}: longer; {@code
 * -Drwsplit.it.crash.seed=S}: the same choices.
 */
class CrashLoopTest {
  @TempDir Path directory;

  @Test
  void killedAtRandomMomentsNothingIsLost() throws Exception {
    long seed = Long.getLong("rwsplit.it.crash.seed", System.nanoTime());
    int kills = Integer.getInteger("rwsplit.it.crash.kills", 40);
    long seconds = Long.getLong("rwsplit.it.crash.seconds", 0);
    CrashLoop loop = new CrashLoop(directory, seed, null);
    loop.go(kills, seconds);
    assertTrue(loop.kills() > 5 && loop.foreignKills() > 5, loop::toString);
  }
}
