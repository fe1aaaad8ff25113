package io.rwsplit.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import io.rwsplit.it.Databases;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import legacy.jvm.Attached;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent comes into a JVM that runs already. */
class AttachTest {
  @TempDir Path directory;

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private static String driver() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> entry.matches(".*(sqlite-jdbc|slf4j-api|slf4j-nop)-[^/]*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void run(boolean attach) throws Exception {
    for (String name : List.of("one.db", "two.db")) {
      Databases.makeMarked(file(name));
    }
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .main(
                Attached.class,
                "jdbc:sqlite:" + file("one.db"),
                "jdbc:sqlite:" + file("two.db"),
                driver())
            .start()) {
      app.awaitOut(line -> line.equals("ready"), 180);
      if (attach) {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(app.process().pid()));
        try {
          machine.loadAgent(
              ForkedJvm.AGENT_JAR.getPath(),
              "rwsplit.master=jdbc:sqlite:"
                  + file("two.db")
                  + ";rwsplit.replicas=jdbc:sqlite:"
                  + file("replica.db")
                  + ";rwsplit.log.routes=true");
        } finally {
          machine.detach();
        }
        app.awaitErr(line -> line.contains("attached to a driver loaded before: "), 180);
      }
      app.tell("go on");
      app.awaitOut(line -> line.equals("used"), 180);
      if (attach) {
        // It reads until it is told to go on.
        app.awaitErr(line -> line.contains("replica1 <- "), 180);
      }
      app.tell("go on");
      assertEquals(0, app.exitCode(180), app::transcript);
      assertEquals(
          List.of(
              "before 100",
              "ready",
              "old connection 200",
              "new connection of the old driver 300",
              "new driver 100",
              "used",
              "new driver 200",
              "end"),
          app.out(),
          app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      if (attach) {
        assertTrue(ExitTable.of(app).onReplicas() > 0, app::transcript);
      }
    }
    for (String name : List.of("one.db", "two.db")) {
      assertTrue(file(name).delete());
    }
  }

  @Test
  void driversThatAreLoadedLaterAreManaged() throws Exception {
    run(false);
    run(true);
  }
}
