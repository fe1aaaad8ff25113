package io.rwsplit.it.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import legacy.h2.Beside;
import legacy.h2.OwnNotes;
import legacy.h2.Replication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2: as a master whose replicas are known by a heartbeat, and beside a managed database. */
class H2Test {
  /**
   * First those that are closed with their results: the others' hold replica connections a while.
   */
  private static final String POOLS =
      "manager,plain,hikari,dbcp,tomcat,tomcatcached,c3p0,druid,agroal,bonecp,pooled,xa";

  /** Three servers and the replication between them, in a process of their own. */
  private static final class Servers implements AutoCloseable {
    private final ForkedJvm process;
    private final String[] ports;

    Servers(String... tables) throws Exception {
      process = new ForkedJvm.Builder().main(Replication.class, (Object[]) tables).start();
      ports = process.awaitOut(line -> line.startsWith("ports "), 120).split(" ");
    }

    String url(int node) {
      return "jdbc:h2:tcp://127.0.0.1:" + ports[node + 1] + "/mem:node" + node;
    }

    ForkedJvm.Builder split() {
      return new ForkedJvm.Builder()
          .agent()
          .property("rwsplit.master", url(0))
          .property("rwsplit.replicas", url(1) + "," + url(2))
          .property("rwsplit.replicas.user", "app")
          .property("rwsplit.replicas.password", "app")
          .property("rwsplit.lag.heartbeat", "heartbeat.v");
    }

    void delay(int millis) throws Exception {
      process.tell("delay " + millis);
      process.awaitOut(("delay " + millis)::equals, 120);
    }

    @Override
    public void close() {
      process.close();
    }
  }

  @TempDir Path directory;

  @Test
  void pools() throws Exception {
    String[] pools = System.getProperty("rwsplit.it.pools", POOLS).split(",");
    String[] tables = new String[pools.length];
    for (int i = 0; i < pools.length; i++) {
      tables[i] = "t_" + pools[i];
    }
    List<String> bare;
    try (Servers servers = new Servers(tables)) {
      bare = new PoolTours(servers.url(0), PoolTours.cycles(300), pools).bare();
    }
    try (Servers servers = new Servers(tables)) {
      new PoolTours(servers.url(0), PoolTours.cycles(300), pools).judge(servers.split(), bare);
    }
  }

  /** A replica that is late is not read from by who has written. */
  @Test
  void ownWritesAreNotMissed() throws Exception {
    List<String> bare;
    try (Servers servers = new Servers("notes")) {
      bare = notes(new ForkedJvm.Builder(), servers, false).out();
    }
    try (Servers servers = new Servers("notes")) {
      servers.delay(300);
      ForkedJvm app =
          notes(
              servers
                  .split()
                  .property("rwsplit.report.interval", "1s")
                  .property("rwsplit.consistency.wait", "2s"),
              servers,
              true);
      Transcripts.assertSame(bare, app.out(), "own notes");
      assertEquals("missed: 0", app.out().get(0));
      assertFalse(app.saysFault(), app::transcript);
      assertTrue(ExitTable.of(app).onReplicas() > 0, app::transcript);
    }
  }

  private static ForkedJvm notes(ForkedJvm.Builder jvm, Servers servers, boolean split)
      throws Exception {
    try (ForkedJvm app = jvm.main(OwnNotes.class, servers.url(0), "app", "app").start()) {
      if (split) {
        // The other one is late for all of these reads.
        app.awaitErr(line -> line.contains("INFO    replica1") && !line.contains(" 0 "), 180);
      }
      app.tell("go");
      assertEquals(0, app.exitCode(180), app::transcript);
      return app;
    }
  }

  @Test
  void besideSqlite() throws Exception {
    String sqlite = "jdbc:sqlite:" + directory.resolve("app.db");
    List<String> bare = beside(new ForkedJvm.Builder(), sqlite).out();
    ForkedJvm app =
        beside(
            new ForkedJvm.Builder()
                .split(
                    directory.resolve("app.db").toFile(), directory.resolve("replica.db").toFile())
                .property("rwsplit.consistency.wait", "30s")
                .property("rwsplit.report.statements", "100"),
            sqlite);
    Transcripts.assertSame(
        bare.stream().filter(line -> !line.startsWith("#")).collect(Collectors.toList()),
        app.out().stream().filter(line -> !line.startsWith("#")).collect(Collectors.toList()),
        "beside SQLite");
    assertFalse(app.saysFault(), app::transcript);
    assertTrue(ExitTable.of(app).onReplicas() > 0, app::transcript);
    for (String line : app.err()) {
      assertFalse(line.contains("[rwsplit]") && line.contains(" t_"), line);
    }
    for (String pool : List.of(POOLS.split(","))) {
      PoolTours.steady(app, pool);
    }
  }

  private static ForkedJvm beside(ForkedJvm.Builder jvm, String sqlite) throws Exception {
    List<Object> arguments =
        new ArrayList<>(List.of(sqlite, "jdbc:h2:mem:beside;DB_CLOSE_DELAY=-1"));
    int cycles = PoolTours.cycles(300);
    arguments.addAll(List.of("app", "app", cycles));
    arguments.addAll(List.of(POOLS.split(",")));
    try (ForkedJvm app = jvm.main(Beside.class, arguments.toArray()).start()) {
      app.tell("go");
      app.awaitOut("returned"::equals, 180 + cycles / 10);
      app.tell("end");
      assertEquals(0, app.exitCode(180), app::transcript);
      return app;
    }
  }
}
