package io.rwsplit.it.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PostgresCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacy.config.TwoMasters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No line of the agent shows a password, however talkative the log and wrong the password. */
class SecretsTest {
  private static final String RIGHT = "right-s3cret";
  private static final String WRONG = "wrong-s3cret";

  @TempDir Path directory;

  private static void assertSilent(ForkedJvm app) {
    for (String line : app.err()) {
      assertFalse(line.contains("s3cret"), app::transcript);
    }
    assertFalse(app.out().toString().contains("s3cret"), app::transcript);
  }

  @Test
  void nobodySaysThem() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(1)) {
      cluster.execute(0, "ALTER ROLE app PASSWORD '" + RIGHT + "'");
      Path secret = Files.write(directory.resolve("reader"), List.of(WRONG));
      String url = cluster.appUrl() + "?user=app&password=" + RIGHT;
      ForkedJvm.Builder builder =
          cluster
              .split(new ForkedJvm.Builder())
              .property("rwsplit.log.level", "trace")
              .property("rwsplit.log.routes", "true")
              .property("rwsplit.replicas.user", "app")
              .property("rwsplit.replicas.password.file", secret.toString())
              .main(TwoMasters.class, url, "jdbc:sqlite:" + directory.resolve("other.db"), 5, 1);
      try (ForkedJvm app = builder.start()) {
        app.awaitOut("made"::equals, 120);
        app.awaitErr(line -> line.contains("password authentication failed"), 120);
        app.tell("go");
        assertEquals(0, app.exitCode(480), app::transcript);
        assertTrue(app.transcript().contains("rwsplit.replicas.password=***"), app::transcript);
        assertSilent(app);
      }
    }
  }
}
