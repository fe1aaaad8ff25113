package io.rwsplit.it.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Jdk;
import io.rwsplit.it.OnEveryJdk;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.http.ServedApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The agent comes into a JVM whose driver is in use. */
abstract class AttachInUse {
  private static final long SECONDS = 180;
  private static final int THREADS = 3;

  /** Or a slow machine's replicas never have what was written some milliseconds ago. */
  private static final String WAIT = "rwsplit.consistency.wait=10s";

  /** Further settings of the agent, separated by semicolons. */
  private static final String SETTINGS = System.getProperty("rwsplit.it.attach.settings", "");

  /** What the application prints without the agent, on whatever JDK, by test class. */
  private static final Map<Class<?>, List<String>> BARE = new ConcurrentHashMap<>();

  private static final Pattern REPLICA = Pattern.compile(" replica\\d+ <- ");

  private final int rounds;

  /**
   * @param rounds how often each way to write is gone
   */
  AttachInUse(int rounds) {
    this.rounds = rounds;
  }

  /** Makes the table of the programs anew, on the master and its replicas. */
  abstract void makeLedger() throws Exception;

  /** The master and its replicas, and what else the agent has to know. */
  abstract List<String> settings();

  /** The program that goes on at each line it is told. */
  abstract ForkedJvm.Builder stages(int rounds);

  /**
   * {@link legacy.attach.Crowd}.
   *
   * @param later true when it is to register the driver only, first
   */
  abstract ForkedJvm.Builder crowd(boolean later);

  /** True for a driver that is attached to also when it is only registered. */
  boolean registeringLoadsConnections() {
    return false;
  }

  private static Predicate<String> byReplica(String sql) {
    // A reason to stay on the master may speak of replicas, too.
    return line -> REPLICA.matcher(line).find() && line.contains(sql);
  }

  private List<String> run(Jdk jdk, boolean attached) throws Exception {
    makeLedger();
    try (ForkedJvm app = stages(rounds).on(jdk).start()) {
      app.awaitOut(line -> line.startsWith("ready"), SECONDS);
      int port = attached ? attachToUsed(app) : 0;
      app.tell("go on");
      app.awaitOut(line -> line.startsWith("looking for new connections"), SECONDS);
      if (attached) {
        app.awaitErr(byReplica("count(*)"), SECONDS);
      }
      app.tell("go on");
      app.awaitOut(line -> line.startsWith("the pool's connections come to their end"), SECONDS);
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

  private int attachToUsed(ForkedJvm app) throws Exception {
    int port = attach(app);
    String said = app.awaitErr(line -> line.contains(" loaded before"), SECONDS);
    assertTrue(said.contains("attached to a driver loaded before: "), app::transcript);
    Asked status = Asked.get(port, "/api/status");
    assertTrue(status.body.contains("\"loadedBefore\":[{\"connection\""), status::toString);
    assertTrue(status.body.contains("\"state\":\"managed\"}]"), status::toString);
    return port;
  }

  /** Returns the port that the agent's HTTP server listens on. */
  private int attach(ForkedJvm app, String... further) throws Exception {
    List<String> all = new ArrayList<>(settings());
    all.addAll(List.of("rwsplit.log.routes=true", "rwsplit.http.port=0"));
    all.add("rwsplit.http.token=" + ServedApp.TOKEN);
    all.addAll(List.of(further));
    if (!SETTINGS.isEmpty()) {
      all.add(SETTINGS);
    }
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(app.pid()));
    try {
      machine.loadAgent(ForkedJvm.AGENT_JAR.getPath(), String.join(";", all));
    } finally {
      machine.detach();
    }
    String line = app.awaitErr(each -> each.contains("HTTP: http"), SECONDS);
    String url = line.substring(line.indexOf("HTTP: ") + 6).split(";", -1)[0];
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  @OnEveryJdk
  void newConnectionsAreManagedAndOldOnesGoOn(Jdk jdk) throws Exception {
    List<String> bare = BARE.get(getClass());
    if (bare == null) {
      bare = run(jdk, false);
      String all = "own writes seen: " + rounds;
      assertEquals(6, bare.stream().filter(line -> line.endsWith(all)).count(), bare::toString);
      BARE.put(getClass(), bare);
    }
    assertEquals(bare, run(jdk, true));
  }

  @Test
  void ownWritesAreSeenWhileTheAgentComes() throws Exception {
    makeLedger();
    try (ForkedJvm app = crowd(false).start()) {
      app.awaitOut("ready"::equals, SECONDS);
      int unused = attach(app, WAIT);
      seen(app, "ready");
    }
  }

  /** DriverManager has made the driver known, and nobody has connected. */
  @Test
  void driversThatAreOnlyRegisteredAreManagedAsEver() throws Exception {
    makeLedger();
    try (ForkedJvm app = crowd(true).start()) {
      app.awaitOut("registered true"::equals, SECONDS);
      int unused = attach(app, WAIT);
      app.tell("go on");
      seen(app, "registered true", "ready");
      assertEquals(
          registeringLoadsConnections(),
          app.err().stream().anyMatch(line -> line.contains("loaded before")),
          app::transcript);
    }
  }

  private static void seen(ForkedJvm app, String... begin) throws Exception {
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
