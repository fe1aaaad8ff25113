package io.rwsplit.it.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rwsplit.mode=observe} on SQLite: as without the agent, and true to what routing does. */
class ObserveTest {
  private static final int ROUNDS = 4;

  @TempDir Path directory;
  private Path bare;
  private Path observed;
  private Path routed;

  @BeforeEach
  void makeDirectories() throws Exception {
    bare = Files.createDirectory(directory.resolve("bare"));
    observed = Files.createDirectory(directory.resolve("observed"));
    routed = Files.createDirectory(directory.resolve("routed"));
  }

  private static File file(Path in, String name) {
    return in.resolve(name).toFile();
  }

  private static String url(Path in) {
    return "jdbc:sqlite:" + file(in, "master.db");
  }

  private static ForkedJvm.Builder split(Path in) {
    return new ForkedJvm.Builder()
        .split(file(in, "master.db"), file(in, "r1.db"), file(in, "r2.db"))
        .property("rwsplit.report.interval", "off")
        // A read waits for what it must see, rather than stay for want of it.
        .property("rwsplit.consistency.wait", "1m");
  }

  private static Set<String> names(Path in) throws Exception {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(in)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }

  @Test
  void leavesTheApplicationAndItsFileAsTheyAre() throws Exception {
    try (ToldApp without = ToldApp.start(new ForkedJvm.Builder(), url(bare));
        ToldApp with =
            ToldApp.served(split(observed).property("rwsplit.mode", "observe"), url(observed))) {
      for (int i = 0; i < ROUNDS; i++) {
        without.round();
        with.round();
      }
      assertEquals(names(bare), names(observed), with.jvm()::transcript);
      JsonNode status = with.group("/api/status");
      assertEquals(0, status.get("statements").get("onReplicas").asLong(), status::toString);
      without.end();
      with.end();
      assertEquals(without.printed(), with.printed());
      assertTrue(
          with.jvm().err().stream().anyMatch(line -> line.contains("observed, nothing routed")),
          with.jvm()::transcript);
    }
    assertEquals(names(bare), names(observed));
    assertArrayEquals(
        Files.readAllBytes(bare.resolve("master.db")),
        Files.readAllBytes(observed.resolve("master.db")));
  }

  @Test
  void theOrderDeskDoesTheSame() throws Exception {
    File jar = new File(System.getProperty("rwsplit.it.demo")).getAbsoluteFile();
    List<String> without = orderDesk(new ForkedJvm.Builder(), jar, bare).out();
    ForkedJvm with = orderDesk(split(observed).property("rwsplit.mode", "observe"), jar, observed);
    Transcripts.assertSame(without, with.out(), "order desk");
    assertFalse(with.saysFault(), with::transcript);
    String said =
        with.err().stream().filter(line -> line.contains("would move to")).findFirst().orElse("");
    assertFalse(said.isEmpty() || said.contains(" 0 would move"), with::transcript);
    assertEquals(names(bare), names(observed));
  }

  private static ForkedJvm orderDesk(ForkedJvm.Builder builder, File jar, Path in)
      throws Exception {
    try (ForkedJvm app =
        builder.jar(jar, "--url=" + url(in), "--script", "--journal=wal", "--pool=none").start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      return app;
    }
  }

  @Test
  void needsNoReplicas() throws Exception {
    ForkedJvm.Builder builder =
        new ForkedJvm.Builder()
            .agent()
            .property("rwsplit.master", url(observed))
            .property("rwsplit.mode", "observe");
    try (ToldApp app = ToldApp.served(builder, url(observed))) {
      awaitMoves(app);
      JsonNode group = app.group("/api/observe");
      assertEquals("observe", group.get("mode").asText());
      assertEquals(0, group.get("report").get("configuredReplicas").asInt(), group::toString);
      app.end();
    }
  }

  /** Until reads are known to be some. */
  private static void awaitMoves(ToldApp app) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      app.round();
      JsonNode report = app.group("/api/observe").get("report");
      if (report.get("statements").get("wouldMove").asLong() > 0) {
        return;
      }
      assertTrue(System.nanoTime() - deadline < 0, app.jvm()::transcript);
    }
  }

  @Test
  void decidesAsRoutingDoes() throws Exception {
    try (ToldApp routing = ToldApp.served(split(routed), url(routed));
        ToldApp observing =
            ToldApp.served(
                split(observed)
                    .property("rwsplit.mode", "observe")
                    .property("rwsplit.observe.lag", "0ms"),
                url(observed))) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      Map<String, String> routes = Decisions.ofRound(routing, false);
      Map<String, String> decisions = Decisions.ofRound(observing, true);
      // The first rounds meet texts that are being classified, and replicas that are being copied.
      while (!routes.equals(decisions) || routes.values().stream().noneMatch("3 of 3"::equals)) {
        if (System.nanoTime() - deadline > 0) {
          assertEquals(routes, decisions);
        }
        routes = Decisions.ofRound(routing, false);
        decisions = Decisions.ofRound(observing, true);
      }
      assertFalse(observed.resolve("r1.db").toFile().exists());
      routing.end();
      observing.end();
      assertEquals(routing.printed(), observing.printed());
    }
  }

  @Test
  void reportsWhyWhatStaysAndTablesReadAfterWrites() throws Exception {
    try (ToldApp app =
        ToldApp.served(
            split(observed)
                .property("rwsplit.mode", "observe")
                .property("rwsplit.read-after-write.window", "1h"),
            url(observed))) {
      awaitMoves(app);
      JsonNode report = app.group("/api/observe").get("report");
      TreeSet<String> reasons = new TreeSet<>();
      long stays = 0;
      for (JsonNode each : report.get("stays")) {
        reasons.add(each.get("reason").asText());
        stays += each.get("statements").asLong();
      }
      assertTrue(
          reasons.containsAll(Set.of("hint", "in-transaction", "pinned", "write")),
          report::toString);
      assertEquals(report.get("statements").get("wouldStay").asLong(), stays, report::toString);
      JsonNode item = null;
      for (JsonNode each : report.get("tables")) {
        item = each.get("table").asText().equals("item") ? each : item;
      }
      assertTrue(item.get("readsAfterWrite").asLong() > 0, report::toString);
      assertTrue(
          item.get("readsAfterWrite").asLong() <= item.get("reads").asLong(), report::toString);
      JsonNode four = report.get("estimate").get("byReplicas").get(3);
      double off = report.get("estimate").get("timeOffMaster").asDouble();
      assertEquals(1 - off, four.get("masterLoad").asDouble(), 0.001, report::toString);
      assertEquals(off / 4, four.get("replicaLoad").asDouble(), 0.001, report::toString);
      app.end();
    }
  }
}
