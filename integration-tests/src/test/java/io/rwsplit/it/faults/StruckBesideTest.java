package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.nio.file.Files;
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
    List<List<String>> bare = new ArrayList<>();
    List<ForkedJvm> split = new ArrayList<>();
    Chaos chaos = Chaos.of(1, "throw", 1).in(".*").waiting();
    Path jar = Chaos.jar(directory);
    try {
      // Beside each other: mostly they wait for a replica that serves again.
      for (String deed : DEEDS.split(",", -1)) {
        Object[] arguments = of("bare " + deed, deed);
        try (ForkedJvm app = new ForkedJvm.Builder().main(StruckBeside.class, arguments).start()) {
          assertEquals(0, app.exitCode(120), app::transcript);
          bare.add(app.out());
        }
        arguments = of("split " + deed, deed);
        split.add(
            chaos.on(split("split " + deed), jar).main(StruckBeside.class, arguments).start());
      }
      for (int i = 0; i < split.size(); i++) {
        ForkedJvm app = split.get(i);
        assertEquals(0, app.exitCode(1200), app::transcript);
        Transcripts.assertSame(bare.get(i), app.out(), chaos.toString());
        System.out.println(app.err().get(app.err().size() - 1));
      }
    } finally {
      split.forEach(ForkedJvm::close);
    }
  }

  private ForkedJvm.Builder split(String name) {
    Path own = directory.resolve(name);
    return new ForkedJvm.Builder()
        .split(
            own.resolve("app.db").toFile(),
            own.resolve("replica1.db").toFile(),
            own.resolve("replica2.db").toFile())
        .property("chaos.counted", "io/rwsplit/jdbc/StatementResults.served")
        .property("rwsplit.circuit.faults", "0");
  }

  private Object[] of(String name, String deed) throws Exception {
    Path own = Files.createDirectory(directory.resolve(name));
    String url = "jdbc:sqlite:" + own.resolve("app.db") + "?journal_mode=WAL&busy_timeout=20000";
    return new Object[] {url, KINDS, SECONDS, deed};
  }
}
