package io.rwsplit.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/observe} of an agent that observes, against its file and the description. */
class ObserveEndpointTest {
  @TempDir Path directory;

  @Test
  void answersAsDescribed() throws Exception {
    ForkedJvm.Builder observing =
        ServedApp.server(new ForkedJvm.Builder().agent())
            .property("rwsplit.master", ServedApp.url(directory))
            .property("rwsplit.replicas", "jdbc:sqlite:" + directory.resolve("r1.db"))
            .property("rwsplit.mode", "observe")
            .property("rwsplit.observe.lag", "0ms");
    try (ServedApp app = ServedApp.start(observing, ServedApp.url(directory))) {
      Description description =
          new Description(app.expect(200, Asked.get(app.port(), "/api/openapi.json")).body);
      app.tell("write 10");
      app.tell("read 100");
      // While it is classified a read would stay.
      Asked answer =
          app.await("/api/observe", each -> !each.body.contains("\"wouldMove\":0,\"wouldStay\""));
      description.check("GET /api/observe", answer);
      JsonNode report = Description.json(answer).at("/groups/0/report");
      JsonNode statements = report.get("statements");
      assertEquals(
          statements.get("total").asInt(),
          statements.get("wouldMove").asInt() + statements.get("wouldStay").asInt());
      assertTrue(answer.body.contains("\"reason\":\"write\""), answer::toString);
      Golden files =
          new Golden(
              directory,
              "seconds",
              // What is still being classified counts as what may write.
              "writes",
              "readShare",
              "wouldMove",
              "wouldStay",
              "moveShare",
              "millis",
              "moveMillis",
              "moveTimeShare",
              "readsAfterWrite",
              "readAfterWriteShare",
              "timeOffMaster",
              "masterLoad",
              "replicaLoad",
              "capacity",
              // Their order is that of their times.
              "stays",
              "digests");
      String actual = files.lasting(answer);
      if (!Golden.update("observe", actual)) {
        assertEquals(files.expected("observe"), actual, app.jvm()::transcript);
      }
      app.end();
    }
  }
}
