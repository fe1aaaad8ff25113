package io.rwsplit.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording holds what happened. */
class FlightEventsTest {
  @TempDir Path directory;

  @Test
  void aRecordingHoldsRoutesAndResyncs() throws Exception {
    Path recording = directory.resolve("app.jfr");
    ForkedJvm.Builder builder = ServedApp.sqlite(directory).property("rwsplit.jfr", "true");
    try (ServedApp app = ServedApp.start(builder, ServedApp.url(directory))) {
      app.await("/api/status", answer -> answer.body.contains("\"total\":2,\"inService\":2"));
      jcmd(
          app, "JFR.start", "name=test", "filename=" + recording, "+io.rwsplit.Route#enabled=true");
      app.tell("write 3");
      app.tell("read 20");
      app.expect(
          200,
          Asked.post(
              app.port(),
              "/api/force-sync",
              "{\"mode\":\"resync\",\"timeoutMillis\":120000}",
              ServedApp.BEARER));
      jcmd(app, "JFR.stop", "name=test");
      app.end();
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
    TreeSet<String> routes = new TreeSet<>();
    int routed = 0;
    boolean resynced = false;
    for (RecordedEvent event : events) {
      switch (event.getEventType().getName()) {
        case "io.rwsplit.Route" -> {
          routed++;
          routes.add(event.getString("server") + ": " + event.getString("statement"));
        }
        case "io.rwsplit.Resync" -> resynced |= event.getString("state").equals("RESYNCING");
        default -> {}
      }
    }
    assertEquals(23, routed, routes::toString);
    assertTrue(
        routes.stream().anyMatch(each -> each.endsWith("SELECT id, name FROM item WHERE id = ?")),
        routes::toString);
    assertTrue(
        routes.stream().anyMatch(each -> each.startsWith("master: INSERT")), routes::toString);
    assertFalse(routes.toString().contains("secret-literal"), routes::toString);
    assertTrue(resynced);
  }

  private static void jcmd(ServedApp app, String... words) throws Exception {
    List<String> command = new java.util.ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/jcmd");
    command.add(String.valueOf(app.jvm().process().pid()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), said);
    assertEquals(0, process.exitValue(), said);
  }
}
