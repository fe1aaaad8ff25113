package io.rwsplit.it.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import legacy.faults.StruckBeside;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One fault at each call of a method of ours, one after the other, while the application does what
 * SQLite refuses beside a read of the same connection, which a replica serves, or ends it by: it is
 * refused, and the read ends, as bare.
 *
 * <p>{@code -Drwsplit.it.struck.deeds} chooses what is done, {@code .kinds} the strikes, and {@code
 * .seconds} how many calls after the first a second one is, 0 for none.
 */
class StruckBesideTest {
  /** There are also: drop, drop in a batch, checkpoint, vacuum, rollback by text. */
  private static final String DEEDS =
      System.getProperty("rwsplit.it.struck.deeds", "drop prepared,rollback");

  private static final String KINDS = System.getProperty("rwsplit.it.struck.kinds", "throw");
  private static final String SECONDS = System.getProperty("rwsplit.it.struck.seconds", "0");

  @TempDir Path directory;

  @Test
  void atEachCall() throws Exception {
    List<Object[]> arguments = new ArrayList<>();
    for (String deed : DEEDS.split(",", -1)) {
      arguments.add(new Object[] {KINDS, SECONDS, deed});
    }
    new StruckLives(directory, StruckBeside.class).compare(arguments, 1200, app -> {});
  }
}
