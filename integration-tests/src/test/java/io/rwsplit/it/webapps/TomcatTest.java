package io.rwsplit.it.webapps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Jdk;
import io.rwsplit.it.OnEveryJdk;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Web applications in Tomcat, bare and under the agent: driver in the war, or in the server's lib.
 */
class TomcatTest {
  private static final String DRIVER = "org.sqlite.JDBC";
  private static final String LOADER = "org.apache.catalina.loader.ParallelWebappClassLoader";
  private static final Pattern SHARE = Pattern.compile(".* statements: ([\\d,]+) on replicas.*");
  private static final int REDEPLOYMENTS = 2;
  private static final int SECONDS = 180;

  @TempDir Path directory;

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private ForkedJvm.Builder split(Jdk jdk) {
    return new ForkedJvm.Builder()
        .on(jdk)
        .split(file("master.db"), file("replica.db"))
        .property("rwsplit.report.interval", "off")
        // Else a slow machine's pauses end clusters, too.
        .property("rwsplit.release.idle", "24h")
        // Reads follow writes here: without it a slow replica gets few.
        .property("rwsplit.consistency.wait", "5s");
  }

  /** The newest JDK runs the newer Tomcat. */
  private TomcatServer tomcat(Jdk jdk, String name) throws Exception {
    boolean newer = jdk.feature() >= 21;
    return new TomcatServer(newer ? "10.1.59" : "9.0.117", directory.resolve(name));
  }

  private War war(TomcatServer server, Jdk jdk) throws Exception {
    return new War(directory, server.servletApi(), jdk.feature() >= 21 ? "jakarta" : "javax");
  }

  private String url(String name) {
    return "jdbc:sqlite:" + file(name);
  }

  /** Statements that replicas have served, by the clusters that have ended by now. */
  private static List<Long> shares(ForkedJvm jvm) {
    List<Long> shares = new ArrayList<>();
    for (String line : jvm.err()) {
      Matcher matcher = SHARE.matcher(line);
      if (matcher.matches()) {
        shares.add(Long.parseLong(matcher.group(1).replace(",", "")));
      }
    }
    return shares;
  }

  private static void awaitLoaders(TomcatServer server, int expected) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    long found = HeapWalk.count(server.jvm().process(), LOADER);
    while (found != expected) {
      if (System.nanoTime() - deadline > 0) {
        String kept = System.getProperty("rwsplit.it.heap");
        if (kept != null) {
          HeapWalk.dump(server.jvm().process(), new File(kept));
        }
        throw new AssertionError(
            found
                + " class loaders of web applications are reachable\n"
                + server.jvm().transcript());
      }
      Thread.sleep(300);
      found = HeapWalk.count(server.jvm().process(), LOADER);
    }
  }

  /** Waits until the replica of so many clusters, one after another, has come into service. */
  private static void awaitInService(TomcatServer server, int clusters) throws Exception {
    int[] seen = {0};
    server
        .jvm()
        .awaitErr(line -> line.contains("replica1: in service") && ++seen[0] >= clusters, SECONDS);
  }

  private List<String> redeployments(TomcatServer server, War war, boolean split) throws Exception {
    List<String> said = new ArrayList<>();
    for (int i = 0; i <= REDEPLOYMENTS; i++) {
      server.deploy("desk", war.build("desk", i));
      server.await("desk", i);
      said.addAll(server.get("/desk/desk?rounds=1"));
      if (split) {
        awaitInService(server, i + 1);
      }
      said.addAll(server.get("/desk/desk?rounds=20"));
      if (i == 1) {
        // A connection that nobody will ever close.
        said.addAll(server.get("/desk/desk?what=leak"));
      }
      said.addAll(server.get("/desk/desk?what=threads"));
    }
    awaitLoaders(server, 1);
    said.addAll(server.get("/desk/desk?rounds=20"));
    server.undeploy("desk");
    awaitLoaders(server, 0);
    return said;
  }

  @OnEveryJdk
  void driverInTheWar(Jdk jdk) throws Exception {
    List<String> bare;
    Databases.makeMarked(file("master.db"));
    try (TomcatServer server = tomcat(jdk, "bare")) {
      War war = war(server, jdk).opens(url("master.db"), DRIVER).with(War.jar("sqlite-jdbc"));
      server.start(new ForkedJvm.Builder().on(jdk));
      bare = redeployments(server, war, false);
      server.stop();
    }
    assertTrue(file("master.db").delete());
    Databases.makeMarked(file("master.db"));
    try (TomcatServer server = tomcat(jdk, "split")) {
      War war = war(server, jdk).opens(url("master.db"), DRIVER).with(War.jar("sqlite-jdbc"));
      server.start(split(jdk));
      List<String> split = redeployments(server, war, true);
      assertEquals(String.join("\n", bare), String.join("\n", split));
      assertTrue(bare.contains("application's own driver true"), bare::toString);
      server.stop();
      assertFalse(server.jvm().saysFault(), () -> server.jvm().transcript());
      List<Long> shares = shares(server.jvm());
      assertEquals(REDEPLOYMENTS + 1, shares.size(), () -> server.jvm().transcript());
      for (long share : shares) {
        assertTrue(share > 0, () -> shares + "\n" + server.jvm().transcript());
      }
    }
    assertEquals(
        Databases.rows(file("master.db"), "SELECT * FROM ledger"),
        Databases.rows(file("replica.db"), "SELECT * FROM ledger"));
  }

  @Test
  void driverInTheServersLib() throws Exception {
    Jdk jdk = Jdk.own();
    Databases.makeMarked(file("master.db"));
    Databases.makeMarked(file("other.db"));
    try (TomcatServer server = tomcat(jdk, "split")) {
      server.addLibrary(War.jar("sqlite-jdbc"));
      War war = war(server, jdk);
      server.start(split(jdk));
      for (int i = 0; i <= REDEPLOYMENTS; i++) {
        server.deploy("one", war.looksUp(url("master.db"), DRIVER).build("one", i));
        server.deploy("two", war.opens(url("master.db"), DRIVER).build("two", i));
        // Of another database, which is nobody's business.
        server.deploy("three", war.looksUp(url("other.db"), DRIVER).build("three", i));
        for (String name : List.of("one", "two", "three")) {
          server.await(name, i);
          server.get("/" + name + "/desk?rounds=1");
          awaitInService(server, 1);
          List<String> said = server.get("/" + name + "/desk?rounds=20");
          assertFalse(said.toString().contains("missing"), said::toString);
          assertTrue(
              said.contains("marker " + (name.equals("three") ? "other.db" : "master.db")),
              said::toString);
          assertTrue(said.contains("application's own driver false"), said::toString);
          assertEquals(List.of("end"), server.get("/" + name + "/desk?what=threads"));
        }
      }
      awaitLoaders(server, 3);
      for (String name : List.of("one", "two", "three")) {
        server.undeploy(name);
      }
      awaitLoaders(server, 0);
      server.stop();
      assertFalse(server.jvm().saysFault(), () -> server.jvm().transcript());
      List<Long> shares = shares(server.jvm());
      assertEquals(1, shares.size(), () -> server.jvm().transcript());
      assertTrue(shares.get(0) > 0, shares::toString);
    }
    assertEquals(
        List.of(String.valueOf(2 * 21 * (REDEPLOYMENTS + 1))),
        Databases.rows(file("master.db"), "SELECT COUNT(*) FROM ledger"));
    assertEquals(
        Databases.rows(file("master.db"), "SELECT * FROM ledger"),
        Databases.rows(file("replica.db"), "SELECT * FROM ledger"));
  }

  @Test
  void twoCopiesOfTheDriverOnOneMaster() throws Exception {
    Jdk jdk = Jdk.own();
    Databases.makeMarked(file("master.db"));
    try (TomcatServer server = tomcat(jdk, "split")) {
      War war = war(server, jdk).opens(url("master.db"), DRIVER).with(War.jar("sqlite-jdbc"));
      // The later of two counts.
      server.start(split(jdk).property("rwsplit.release.idle", "1s"));
      server.deploy("one", war.build("one", 1));
      server.deploy("two", war.build("two", 1));
      server.await("one", 1);
      server.await("two", 1);
      server.get("/one/desk?rounds=20");
      assertEquals(List.of("kept"), server.get("/one/desk?what=keep"));
      // The first has the master open: nothing of ours may be there while the second has, too.
      server.get("/two/desk?rounds=20");
      server.jvm().awaitErr(line -> line.contains("two copies of SQLite's driver"), SECONDS);
      assertTrue(shares(server.jvm()).size() >= 1, () -> server.jvm().transcript());
      assertEquals(List.of("given"), server.get("/one/desk?what=give"));
      server.get("/two/desk?rounds=20");
      // Nobody has it open any more: its application's driver is let go of after a while.
      server.jvm().awaitErr(line -> line.contains("no connection open for some time"), SECONDS);
      server.get("/one/desk?rounds=20");
      server.stop();
      assertFalse(server.jvm().saysFault(), () -> server.jvm().transcript());
      List<Long> shares = shares(server.jvm());
      // One of each application, and a further one; pauses may have ended some early.
      assertTrue(shares.size() >= 3, () -> server.jvm().transcript());
      assertTrue(shares.stream().anyMatch(share -> share > 0), shares::toString);
    }
    assertEquals(List.of("80"), Databases.rows(file("master.db"), "SELECT COUNT(*) FROM ledger"));
    assertEquals(List.of("ok"), Databases.rows(file("master.db"), "PRAGMA integrity_check"));
  }
}
