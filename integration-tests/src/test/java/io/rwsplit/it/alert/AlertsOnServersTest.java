package io.rwsplit.it.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of servers that lag, die and come back. */
class AlertsOnServersTest {
  @TempDir Path directory;

  @Test
  void saysWhatIsWrongWithServersAndThatItIsOver() throws Exception {
    // The bounds change rather than the lag, of which nobody knows when it passes what.
    Path limits = directory.resolve("limits.properties");
    Files.writeString(limits, "rwsplit.lag.max=1h\n");
    try (PostgresCluster cluster = PostgresCluster.start(2)) {
      cluster.make("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
      ForkedJvm.Builder builder =
          Alerted.often(cluster.split(new ForkedJvm.Builder()))
              .property("rwsplit.failover", "follow")
              .property("rwsplit.lag.alert", "2s")
              .property("rwsplit.config", limits.toString())
              .property("rwsplit.config.interval", "100ms");
      try (Alerted app =
          Alerted.start(builder, cluster.url(), ServerCluster.APP, ServerCluster.APP)) {
        app.await("/api/status", status -> status.at("/groups/0/replicas/inService").asInt() == 2);
        app.await("/api/alerts", alerts -> alerts.get("looking").asBoolean());

        // It applies what is ten minutes old: the lag of one write grows until then.
        delay(cluster, "10min");
        app.tell("write 1");
        String warning = app.awaitLine("WARNING replica-lag: replica1");
        assertTrue(warning.contains("(rwsplit.lag.alert)"), warning);
        Files.writeString(limits, "rwsplit.lag.max=3s\n");
        String critical = app.awaitLine("CRITICAL (was a warning) replica-lag: replica1");
        assertTrue(critical.contains("(rwsplit.lag.max)"), critical);
        app.tell("read 20");
        delay(cluster, "0");
        app.awaitLine("RECOVERED replica-lag: replica1: over after ");

        cluster.kill(2);
        JsonNode dead = app.awaitAlert("replica-unhealthy", "replica2", "warning");
        assertTrue(dead.get("suppressedBy").isNull(), dead::toString);
        app.awaitLine("WARNING replica-unhealthy: replica2");
        app.tell("read 20");
        cluster.restart(2);
        app.awaitLine("RECOVERED replica-unhealthy: replica2: over after ");

        cluster.kill(ServerCluster.MASTER);
        app.awaitAlert("no-master", "", "critical");
        app.awaitLine("CRITICAL no-master");
        JsonNode formerMaster = app.awaitAlert("replica-unhealthy", "first-master", "warning");
        assertEquals("no-master", formerMaster.get("suppressedBy").asText());
        JsonNode cutOff = app.awaitAlert("replication-error", "replica1", "warning");
        assertEquals("no-master", cutOff.get("suppressedBy").asText());
        cluster.restart(ServerCluster.MASTER);
        String over = app.awaitLine("RECOVERED no-master: over after ");
        assertTrue(over.contains("Not said on their own: "), over);
        assertTrue(over.contains("replication-error of replica1"), over);
        app.await("/api/alerts", alerts -> alerts.get("alerts").isEmpty());
        app.jvm().kill();
      }
    }
  }

  private static void delay(PostgresCluster cluster, String time) throws Exception {
    cluster.execute(
        1, "ALTER SYSTEM SET recovery_min_apply_delay = '" + time + "'", "SELECT pg_reload_conf()");
  }
}
