package io.rwsplit.it.alert;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import legacy.alert.Notified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices as notifications of an MBean, to a listener in the application. */
class NotificationTest {
  @TempDir Path directory;

  @Test
  void tellsListenersOfJmx() throws Exception {
    try (Alerted app =
        Alerted.start(
            Alerted.sqlite(directory).property("rwsplit.jmx", "true"),
            Notified.class,
            "jdbc:sqlite:" + directory.resolve("master.db"))) {
      app.jvm().awaitOut("LISTENS 0"::equals, 120);
      app.await("/api/alerts", alerts -> alerts.get("looking").asBoolean());
      JsonNode result = app.trial("jmx");
      assertTrue(result.get("done").asBoolean(), result::toString);
      app.jvm()
          .awaitOut(
              line -> line.startsWith("NOTIFIED io.rwsplit.alert.test TEST test: This is"), 120);
      app.jvm().awaitOut(line -> line.startsWith("DATA {\"version\":1,"), 120);
      app.end();
    }
  }
}
