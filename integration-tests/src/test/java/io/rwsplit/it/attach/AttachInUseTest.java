package io.rwsplit.it.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Jdk;
import io.rwsplit.it.OnEveryJdk;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.attach.Crowd;
import legacy.attach.Shop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent comes into a JVM whose driver is in use. */
class AttachInUseTest {
  private static final long SECONDS = 180;

  @TempDir Path directory;

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private List<String> run(Jdk jdk, boolean attached) throws Exception {
    File master = Databases.makeMarked(file(attached ? "attached.db" : "bare.db"));
    try (ForkedJvm app =
        new ForkedJvm.Builder().on(jdk).main(Shop.class, "jdbc:sqlite:" + master, 25).start()) {
      app.awaitOut(line -> line.equals("ready"), SECONDS);
      if (attached) {
        attach(app, master);
        app.awaitErr(line -> line.contains("attached to a driver loaded before: "), SECONDS);
      }
      app.tell("go on");
      app.awaitOut(line -> line.equals("looking for new connections"), SECONDS);
      if (attached) {
        app.awaitErr(line -> line.contains("replica1 <- "), SECONDS);
      }
      app.tell("go on");
      app.awaitOut(line -> line.equals("the pool's connections come to their end"), SECONDS);
      if (attached) {
        app.awaitErr(line -> line.contains("replica1 <- ") && line.contains("count(way)"), SECONDS);
      }
      app.tell("go on");
      assertEquals(0, app.exitCode(SECONDS), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      if (attached) {
        ExitTable table = ExitTable.of(app);
        assertTrue(table.onReplicas() > 0, app::transcript);
        assertTrue(table.onMaster("opened before the agent was attached") > 0, app::transcript);
        assertFalse(
            app.err().stream().anyMatch(line -> line.contains("was loaded before the agent")),
            app::transcript);
      }
      return app.out();
    }
  }

  private void attach(ForkedJvm app, File master) throws Exception {
    Attaching.to(
        app,
        "rwsplit.master=jdbc:sqlite:" + master,
        "rwsplit.replicas=jdbc:sqlite:" + file("replica.db"),
        "rwsplit.log.routes=true");
  }

  @OnEveryJdk
  void newConnectionsAreManagedAndOldOnesGoOn(Jdk jdk) throws Exception {
    List<String> bare = run(jdk, false);
    assertEquals(6, bare.stream().filter(line -> line.equals("own writes seen: 25")).count());
    assertEquals(bare, run(jdk, true));
  }

  @Test
  void ownWritesAreSeenWhileTheAgentComes() throws Exception {
    File master = Databases.makeMarked(file("crowd.db"));
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .main(Crowd.class, "jdbc:sqlite:" + master + "?busy_timeout=120000")
            .start()) {
      app.awaitOut(line -> line.equals("ready"), SECONDS);
      attach(app, master);
      app.awaitErr(line -> line.contains("replica1 <- "), SECONDS);
      app.tell("go on");
      assertEquals(0, app.exitCode(SECONDS), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      assertEquals(
          List.of(
              "ready",
              "thread 0 has seen what it wrote",
              "thread 1 has seen what it wrote",
              "thread 2 has seen what it wrote"),
          app.out(),
          app::transcript);
    }
  }
}
