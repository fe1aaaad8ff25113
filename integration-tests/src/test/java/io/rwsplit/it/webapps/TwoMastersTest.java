package io.rwsplit.it.webapps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Jdk;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web applications in one Tomcat, two with a master each, and one whose database is nobody's. */
class TwoMastersTest {
  private static final String DRIVER = "org.sqlite.JDBC";
  private static final List<String> MANAGED = List.of("shop", "crm");
  private static final List<String> ALL = List.of("shop", "crm", "wiki");
  private static final int ROUNDS = 20;
  private static final int SECONDS = 180;

  @TempDir Path directory;

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private String url(String application) {
    return "jdbc:sqlite:" + file(application + ".db");
  }

  private ForkedJvm.Builder split(Jdk jdk) {
    ForkedJvm.Builder jvm =
        new ForkedJvm.Builder()
            .on(jdk)
            .agent()
            .property("rwsplit.groups", String.join(",", MANAGED))
            .property("rwsplit.report.interval", "off")
            // Else a slow machine's pauses end clusters, too.
            .property("rwsplit.release.idle", "24h");
    for (String group : MANAGED) {
      jvm.property("rwsplit.group." + group + ".master", url(group))
          .property(
              "rwsplit.group." + group + ".replicas", "jdbc:sqlite:" + file(group + "-replica.db"));
    }
    return jvm;
  }

  private TomcatServer tomcat(Jdk jdk, String name) throws Exception {
    boolean newer = jdk.feature() >= 21;
    return new TomcatServer(newer ? "10.1.59" : "9.0.117", directory.resolve(name));
  }

  private War war(TomcatServer server, Jdk jdk) throws Exception {
    return new War(directory, server.servletApi(), jdk.feature() >= 21 ? "jakarta" : "javax");
  }

  private static List<String> ask(TomcatServer server, String application, int rounds)
      throws Exception {
    List<String> said = server.get("/" + application + "/desk?rounds=" + rounds);
    assertFalse(said.toString().contains("missing"), said::toString);
    assertFalse(said.toString().contains("failed"), said::toString);
    return said;
  }

  /** The name of the file that the application's reads are served from. */
  private static String reads(TomcatServer server, String application) throws Exception {
    String marker = "marker ";
    for (String line : ask(server, application, 0)) {
      if (line.startsWith(marker)) {
        return line.substring(marker.length());
      }
    }
    throw new AssertionError(server.jvm().transcript());
  }

  /** Until its replica serves it; what it reads meanwhile is its own, too. */
  private static void awaitOwnReplica(TomcatServer server, String application) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    String from = reads(server, application);
    while (!from.equals(application + "-replica.db")) {
      assertEquals(application + ".db", from);
      assertTrue(System.nanoTime() < deadline, () -> server.jvm().transcript());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      from = reads(server, application);
    }
  }

  private void make(String... names) throws Exception {
    for (String name : names) {
      file(name + ".db").delete();
      Databases.makeMarked(file(name + ".db"));
    }
  }

  /** The replicas' files are not fed, so that what is read tells which of them was. */
  @Test
  void driverInEachWar() throws Exception {
    Jdk jdk = Jdk.own();
    make("shop", "crm", "wiki", "shop-replica", "crm-replica");
    try (TomcatServer server = tomcat(jdk, "wars")) {
      War war = war(server, jdk).with(War.jar("sqlite-jdbc"));
      server.start(
          split(jdk)
              .property("rwsplit.replication", "off")
              .property("rwsplit.read-after-write.window", "2s"));
      for (String name : ALL) {
        server.deploy(name, war.opens(url(name), DRIVER).build(name, 1));
      }
      for (String name : ALL) {
        server.await(name, 1);
        assertTrue(ask(server, name, ROUNDS).contains("application's own driver true"));
      }
      for (String name : MANAGED) {
        awaitOwnReplica(server, name);
      }
      assertEquals("wiki.db", reads(server, "wiki"));
      // One goes and comes back; the other has the same driver, of another class loader.
      server.deploy("shop", war.opens(url("shop"), DRIVER).build("shop", 2));
      server.await("shop", 2);
      ask(server, "shop", ROUNDS);
      for (String name : MANAGED) {
        awaitOwnReplica(server, name);
      }
      server.stop();
      assertFalse(server.jvm().saysFault(), () -> server.jvm().transcript());
      assertServed(server);
    }
    assertRows("shop", 2 * ROUNDS);
    assertRows("crm", ROUNDS);
    assertRows("wiki", ROUNDS);
    assertRows("shop-replica", 0);
    assertRows("crm-replica", 0);
  }

  @Test
  void driverInTheServersLib() throws Exception {
    Jdk jdk = Jdk.own();
    make("shop", "crm", "wiki");
    try (TomcatServer server = tomcat(jdk, "lib")) {
      server.addLibrary(War.jar("sqlite-jdbc"));
      War war = war(server, jdk);
      // Reads follow writes here: without it a slow replica gets few.
      server.start(split(jdk).property("rwsplit.consistency.wait", "30s"));
      for (String name : ALL) {
        War own =
            name.equals("crm") ? war.opens(url(name), DRIVER) : war.looksUp(url(name), DRIVER);
        server.deploy(name, own.build(name, 1));
      }
      for (String name : ALL) {
        server.await(name, 1);
        List<String> said = ask(server, name, ROUNDS);
        assertTrue(said.contains("marker " + name + ".db"), said::toString);
        assertTrue(said.contains("application's own driver false"), said::toString);
      }
      for (String name : MANAGED) {
        server
            .jvm()
            .awaitErr(line -> line.endsWith("  " + name + ": replica1: in service"), SECONDS);
        ask(server, name, ROUNDS);
      }
      server.stop();
      assertFalse(server.jvm().saysFault(), () -> server.jvm().transcript());
      assertServed(server);
    }
    assertRows("wiki", ROUNDS);
    for (String name : MANAGED) {
      assertRows(name, 2 * ROUNDS);
      for (String table : List.of("ledger", "marker")) {
        assertEquals(
            Databases.rows(file(name + ".db"), "SELECT * FROM " + table),
            Databases.rows(file(name + "-replica.db"), "SELECT * FROM " + table));
      }
    }
  }

  private static void assertServed(TomcatServer server) {
    for (String group : MANAGED) {
      ExitTable table = ExitTable.of(server.jvm(), group);
      assertTrue(table.onReplicas() > 0, () -> server.jvm().transcript());
    }
    // It is no group's, so no line of the agent's speaks of it.
    for (String line : server.jvm().err()) {
      assertFalse(line.startsWith("[rwsplit] ") && line.contains("wiki"), line);
    }
  }

  private void assertRows(String name, int rows) throws Exception {
    assertEquals(
        List.of(String.valueOf(rows)),
        Databases.rows(file(name + ".db"), "SELECT COUNT(*) FROM ledger"),
        name);
  }
}
