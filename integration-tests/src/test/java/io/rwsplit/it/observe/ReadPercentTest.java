package io.rwsplit.it.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import legacy.http.Steered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rwsplit.read.percent} on SQLite, changed while the application runs. */
class ReadPercentTest {
  private static final int READS = 2_000;

  /** The promise of {@code RolloutTest}: some runs of eight. */
  private static final double OFF = 48;

  @TempDir Path directory;

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private ForkedJvm.Builder split() {
    return new ForkedJvm.Builder()
        .split(file("master.db"), file("r1.db"), file("r2.db"))
        .property("rwsplit.report.interval", "off")
        // What it has read on the master a replica need not have: no read stays for that.
        .property("rwsplit.consistency", "eventual");
  }

  @Test
  void soMuchOfTheReadsGoesToReplicas() throws Exception {
    try (ToldApp app = ToldApp.served(Steered.class, split(), "jdbc:sqlite:" + file("master.db"))) {
      app.tell("write 10");
      awaitServed(app);
      for (String percent : new String[] {"10", "0", "50", "12.5", "100"}) {
        JsonNode answer = app.post("/api/read-percent", "{\"percent\":" + percent + "}");
        assertEquals(Double.parseDouble(percent), answer.get("readPercent").asDouble());
        assertPart(app, Double.parseDouble(percent));
      }
      assertTrue(app.metrics().contains("rwsplit_read_percent{group=\"\"} 100.0"), app::metrics);
      app.end();
    }
  }

  @Test
  void theFileSaysHowMuchAndMayChange() throws Exception {
    Path config = directory.resolve("rwsplit.properties");
    Files.writeString(config, "rwsplit.read.percent=0\n");
    ForkedJvm.Builder builder =
        split()
            .property("rwsplit.config", config.toString())
            .property("rwsplit.config.interval", "100ms");
    try (ToldApp app = ToldApp.served(Steered.class, builder, "jdbc:sqlite:" + file("master.db"))) {
      app.tell("write 10");
      app.tell("read 100");
      assertEquals(0, onReplicas(app), app.jvm()::transcript);
      Files.writeString(config, "rwsplit.read.percent=25\n");
      awaitServed(app);
      assertPart(app, 25);
      app.end();
    }
  }

  /** Never more than the part; and all of it, unless a slow moment keeps replicas away. */
  private static void assertPart(ToldApp app, double percent) throws Exception {
    double part = READS * (percent / 100);
    double off = percent == 0 || percent == 100 ? 0 : OFF;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      long before = onReplicas(app);
      app.tell("read " + READS);
      long served = onReplicas(app) - before;
      assertTrue(served <= part + off, () -> served + " at " + percent + " %\n" + app.transcript());
      if (served >= part - off) {
        return;
      }
      assertTrue(
          System.nanoTime() - deadline < 0,
          () -> served + " at " + percent + " %\n" + app.transcript());
    }
  }

  /** Until the replicas are there and reads are known to be some. */
  private static void awaitServed(ToldApp app) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (onReplicas(app) == 0) {
      app.tell("read 20");
      assertTrue(System.nanoTime() - deadline < 0, app::transcript);
    }
    JsonNode status = app.group("/api/status");
    while (status.get("replicas").get("inService").asInt() < 2) {
      assertTrue(System.nanoTime() - deadline < 0, app::transcript);
      Thread.sleep(50);
      status = app.group("/api/status");
    }
  }

  private static long onReplicas(ToldApp app) throws Exception {
    return app.group("/api/status").get("statements").get("onReplicas").asLong();
  }
}
