package io.rwsplit.it.http;

import static io.rwsplit.it.http.ServedApp.BEARER;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answers on a PostgreSQL cluster whose master may change, against the description. */
class EndpointsOnServersTest {
  private static final List<String> PATHS =
      List.of(
          "/api/status",
          "/api/database/replication/status",
          "/api/database/replication/metrics",
          "/api/replication-lag",
          "/api/statements",
          "/api/configuration",
          "/health/ready",
          "/metrics");

  @Test
  void answersAsDescribed() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(2)) {
      cluster.make("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
      ForkedJvm.Builder builder =
          cluster
              .split(ServedApp.server(new ForkedJvm.Builder()))
              .property("rwsplit.failover", "follow");
      try (ServedApp app =
          ServedApp.start(builder, cluster.url(), ServerCluster.APP, ServerCluster.APP)) {
        app.await("/api/status", answer -> answer.body.contains("\"total\":2,\"inService\":2"));
        app.tell("write 3");
        app.tell("read 20");
        Description description = new Description(Asked.get(app.port(), "/api/openapi.json").body);
        for (String path : PATHS) {
          Asked answer = app.expect(200, Asked.get(app.port(), path));
          description.check("GET " + path, answer);
          assertFalse(answer.body.contains("password=app"), answer::toString);
        }
        Asked status = Asked.get(app.port(), "/api/database/replication/status");
        assertTrue(status.body.contains("\"mode\":\"follow\""), status::toString);
        for (String path : List.of("/api/force-sync", "/api/failover/replica1")) {
          Asked refused = app.expect(409, Asked.post(app.port(), path, "{}", BEARER));
          description.check("POST " + path.replace("replica1", "{node}"), refused);
        }
        cluster.kill(ServerCluster.MASTER);
        Asked gone = app.await("/health/ready", answer -> answer.status == 503);
        description.check("GET /health/ready", gone);
        app.expect(200, Asked.get(app.port(), "/health/live"));
        app.jvm().kill();
      }
    }
  }
}
