package io.rwsplit.it.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Jdk;
import io.rwsplit.it.OnEveryJdk;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.http.ServedApp;
import io.rwsplit.it.servers.SteeredCluster;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import legacy.attach.Crowd;
import legacy.attach.Desk;
import org.junit.jupiter.api.Test;

/** The agent comes into a JVM that uses a server's driver. */
abstract class AttachOnServers {
  private static final long SECONDS = 180;
  private static final int ROUNDS = 8;
  private static final int THREADS = 3;

  /** Or a slow machine's replicas never have what was written some milliseconds ago. */
  private static final String WAIT = ";rwsplit.consistency.wait=10s";

  /** A jar to put before all others: another version of the driver; empty for none. */
  static final String DRIVER = System.getProperty("rwsplit.it.attach.driver", "");

  private static final String CLASS_PATH = classPath();

  /** Further settings of the agent, each with a semicolon before it. */
  private static final String SETTINGS = System.getProperty("rwsplit.it.attach.settings", "");

  static SteeredCluster cluster;

  /** The driver's XA data source. */
  abstract String distributed();

  /** The type of an automatic key. */
  abstract String key();

  /** Without the version that it has otherwise, some classes of which the other may lack. */
  private static String classPath() {
    String all = System.getProperty("java.class.path");
    if (DRIVER.isEmpty()) {
      return all;
    }
    String artifact = new File(DRIVER).getName().replaceAll("[0-9].*", "");
    return DRIVER
        + File.pathSeparator
        + Arrays.stream(all.split(File.pathSeparator, -1))
            .filter(entry -> !new File(entry).getName().startsWith(artifact))
            .collect(Collectors.joining(File.pathSeparator));
  }

  private void makeLedger() throws Exception {
    List<String> statements = new ArrayList<>();
    statements.add("DROP TABLE IF EXISTS ledger");
    statements.add("CREATE TABLE ledger(id " + key() + " PRIMARY KEY, way VARCHAR(40))");
    String rows = "('row')" + ", ('row')".repeat(499);
    statements.add("INSERT INTO ledger(way) VALUES " + rows);
    cluster.make(statements.toArray(new String[0]));
  }

  private static Predicate<String> byReplica(String sql) {
    return line -> line.contains("replica") && line.contains(" <- ") && line.contains(sql);
  }

  private List<String> run(Jdk jdk, boolean attached) throws Exception {
    makeLedger();
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .main(
                CLASS_PATH,
                Desk.class.getName(),
                cluster.appUrl(),
                "app",
                "app",
                distributed(),
                ROUNDS)
            .start()) {
      app.awaitOut("ready: "::equals, SECONDS);
      int port = 0;
      if (attached) {
        port = attach(app, "");
        String said = app.awaitErr(line -> line.contains(" loaded before"), SECONDS);
        assertTrue(said.contains("attached to a driver loaded before: "), app::transcript);
        Asked status = Asked.get(port, "/api/status");
        assertTrue(status.body.contains("\"loadedBefore\":[{\"connection\""), status::toString);
        assertTrue(status.body.contains("\"state\":\"managed\"}]"), status::toString);
      }
      app.tell("go on");
      app.awaitOut("looking for new connections: "::equals, SECONDS);
      if (attached) {
        app.awaitErr(byReplica("count(*)"), SECONDS);
      }
      app.tell("go on");
      app.awaitOut("the pool's connections come to their end: "::equals, SECONDS);
      if (attached) {
        app.awaitErr(byReplica("count(way)"), SECONDS);
        Asked off = Asked.post(port, "/api/routing", "{\"enabled\":false}", ServedApp.BEARER);
        assertTrue(off.body.contains("\"routing\":false"), off::toString);
      }
      app.tell("go on");
      assertEquals(0, app.exitCode(SECONDS), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      if (attached) {
        ExitTable table = ExitTable.of(app);
        assertTrue(table.onReplicas() > 0, app::transcript);
        assertTrue(table.onMaster("opened before the agent was attached") > 0, app::transcript);
        assertTrue(table.onMaster("routing is switched off") > 0, app::transcript);
        assertFalse(
            app.err().stream().anyMatch(line -> line.contains("was loaded before the agent")),
            app::transcript);
      }
      return app.out();
    }
  }

  /** Returns the port that the agent's HTTP server listens on. */
  private int attach(ForkedJvm app, String further) throws Exception {
    Attaching.to(
        app,
        "rwsplit.master=" + cluster.url(),
        "rwsplit.replicas=" + String.join(",", cluster.replicaUrls()),
        "rwsplit.log.routes=true",
        "rwsplit.http.port=0",
        "rwsplit.http.token=" + ServedApp.TOKEN + further + SETTINGS);
    String line = app.awaitErr(each -> each.contains("HTTP: http"), SECONDS);
    String url = line.substring(line.indexOf("HTTP: ") + 6).split(";", -1)[0];
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  @OnEveryJdk
  void newConnectionsAreManagedAndOldOnesGoOn(Jdk jdk) throws Exception {
    List<String> bare = run(jdk, false);
    String all = "own writes seen: " + ROUNDS;
    assertEquals(6, bare.stream().filter(all::equals).count(), bare::toString);
    assertEquals(bare, run(jdk, true));
  }

  @Test
  void ownWritesAreSeenWhileTheAgentComes() throws Exception {
    makeLedger();
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .main(CLASS_PATH, Crowd.class.getName(), cluster.appUrl(), "app", "app")
            .start()) {
      app.awaitOut("ready"::equals, SECONDS);
      int unused = attach(app, WAIT);
      seen(app, "ready");
    }
  }

  /** DriverManager has made the driver known, and nobody has connected. */
  @Test
  void driversThatAreOnlyRegisteredAreManagedAsEver() throws Exception {
    makeLedger();
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .main(CLASS_PATH, Crowd.class.getName(), cluster.appUrl(), "app", "app", "later")
            .start()) {
      app.awaitOut("registered true"::equals, SECONDS);
      int unused = attach(app, WAIT);
      app.tell("go on");
      seen(app, "registered true", "ready");
      assertFalse(
          app.err().stream().anyMatch(line -> line.contains("loaded before")), app::transcript);
    }
  }

  private void seen(ForkedJvm app, String... begin) throws Exception {
    app.awaitOut("ready"::equals, SECONDS);
    app.awaitErr(byReplica("count(*)"), SECONDS);
    app.tell("go on");
    assertEquals(0, app.exitCode(SECONDS), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
    List<String> expected = new ArrayList<>(List.of(begin));
    for (int i = 0; i < THREADS; i++) {
      expected.add("thread " + i + " has seen what it wrote");
    }
    assertEquals(expected, app.out(), app::transcript);
  }
}
