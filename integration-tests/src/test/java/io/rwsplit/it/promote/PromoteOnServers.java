package io.rwsplit.it.promote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.servers.ServerCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs that may promote, one master and two replicas. */
abstract class PromoteOnServers {
  private static final int MASTER = ServerCluster.MASTER;

  @TempDir Path directory;
  ServerCluster cluster;

  abstract ServerCluster start() throws Exception;

  /** The name that the agent has for the engine. */
  abstract String engine();

  /** A user that may change roles; its password is its name. */
  abstract String controller();

  /** The replica receives nothing more, and goes on trying. */
  abstract void cut(int replica) throws Exception;

  /** Makes the fenced former master take writes again, as its restart would. */
  abstract void unfence(int node) throws Exception;

  abstract boolean isFenced(int node) throws SQLException;

  @BeforeEach
  void startServers() throws Exception {
    cluster = start();
    cluster.make(
        "CREATE TABLE steady(id BIGINT PRIMARY KEY)",
        "CREATE TABLE fixed(id INT PRIMARY KEY)",
        "INSERT INTO fixed VALUES (1), (2), (3)");
  }

  @AfterEach
  void stopServers() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  SteadyJvm jvm(String name, long firstId) throws Exception {
    return new SteadyJvm(cluster, controller(), directory.resolve(name), firstId);
  }

  Set<Long> rows(int node) throws SQLException {
    return rows(cluster, node);
  }

  static Set<Long> rows(ServerCluster cluster, int node) throws SQLException {
    Set<Long> ids = new HashSet<>();
    try (Connection connection = cluster.app(node);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM steady")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  static Set<Long> minus(Set<Long> from, Set<Long> taken) {
    Set<Long> rest = new HashSet<>(from);
    rest.removeAll(taken);
    return rest;
  }

  private String transcripts(SteadyJvm one, SteadyJvm two) {
    return "=== one\n" + one.jvm().transcript() + "\n=== two\n" + two.jvm().transcript();
  }

  /** Waits until both have made so many writes more, from their start on. */
  final void awaitBoth(SteadyJvm one, SteadyJvm two, int writes) throws Exception {
    one.awaitStarted();
    two.awaitStarted();
    one.awaitWrites(cluster, writes);
    two.awaitWrites(cluster, writes);
  }

  void awaitSaid(SteadyJvm one, SteadyJvm two, String part) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (one.count(part) + two.count(part) == 0) {
      assertTrue(System.nanoTime() < deadline, () -> part + "\n" + transcripts(one, two));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** Which node was promoted. */
  private int promoted(SteadyJvm one, SteadyJvm two) {
    for (int i = 1; i <= cluster.replicas(); i++) {
      String line = "replica" + i + " was promoted in place of";
      if (one.count(line) + two.count(line) > 0) {
        return i;
      }
    }
    throw new AssertionError(transcripts(one, two));
  }

  @Test
  void oneReplicaIsPromotedAndNothingIsForgotten() throws Exception {
    try (SteadyJvm one = jvm("one", 1_000_000);
        SteadyJvm two = jvm("two", 2_000_000)) {
      awaitBoth(one, two, 100);
      for (int i = 1; i <= cluster.replicas(); i++) {
        cut(i);
      }
      // Acknowledged by a master whose replicas hear nothing: lost with it.
      awaitBoth(one, two, 50);
      cluster.kill(MASTER);
      long killed = System.nanoTime();
      awaitSaid(one, two, "was promoted in place of");
      long after = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
      int master = promoted(one, two);
      Set<Long> before = one.acknowledged();
      before.addAll(two.acknowledged());
      awaitBoth(one, two, 100);
      long writing = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
      assertEquals(
          1,
          one.count("was promoted in place of") + two.count("was promoted in place of"),
          () -> transcripts(one, two));
      cluster.restart(MASTER);
      awaitSaid(one, two, "first-master, a former master, was fenced");
      awaitSaid(one, two, "orphans: first-master has");
      Set<Long> old = rows(MASTER);
      awaitBoth(one, two, 100);
      Set<Long> present = rows(master);
      Set<Long> orphans = minus(old, present);
      String report = "orphans: first-master has " + orphans.size() + " transactions";
      assertTrue(orphans.size() >= 100, () -> "" + orphans.size());
      assertTrue(
          one.count(report) + two.count(report) > 0,
          () -> orphans.size() + "\n" + transcripts(one, two));
      Set<Long> acknowledged = one.acknowledged();
      acknowledged.addAll(two.acknowledged());
      Set<Long> present2 = rows(master);
      assertEquals(Set.of(), minus(minus(acknowledged, present2), old));
      assertEquals(old, rows(MASTER), "the old master took a write");
      System.out.println(
          "promotion after "
              + after
              + " ms, both write after "
              + writing
              + " ms; "
              + before.size()
              + " acknowledged until then, "
              + orphans.size()
              + " orphans, all reported\none: "
              + one.tally()
              + "\ntwo: "
              + two.tally());
      one.end();
      two.end();
      startsBesideBoth(master);
    }
  }

  /** Both servers take writes, and a JVM that starts then knows which is the master. */
  private void startsBesideBoth(int master) throws Exception {
    unfence(MASTER);
    assertFalse(isFenced(MASTER));
    Set<Long> old = rows(MASTER);
    try (SteadyJvm late = jvm("late", 3_000_000)) {
      late.awaitStarted();
      late.awaitWrites(cluster, 100);
      cluster.await("fenced anew", () -> isFenced(MASTER));
      assertEquals(old, rows(MASTER), late.jvm()::transcript);
      assertEquals(Set.of(), minus(late.acknowledged(), rows(master)), late.jvm()::transcript);
      late.end();
    }
  }

  /** Whoever slept between his last checks and the promotion must not promote any more. */
  @Test
  void aPromotionThatComesTooLateDoesNothing() throws Exception {
    try (ShippedControl first = new ShippedControl(engine(), cluster.admin(1));
        ShippedControl second = new ShippedControl(engine(), cluster.admin(1))) {
      assertTrue(first.tryLock());
      assertFalse(second.tryLock());
      String over = first.clockIn(-1);
      Exception late = assertThrows(Exception.class, () -> first.promote(over, 1));
      assertTrue(late.getMessage().contains("the time for it was over"), late::toString);
    }
    // It is a replica as before, and has nothing of its own.
    cluster.make("INSERT INTO fixed VALUES (4)");
    assertEquals("4", cluster.ask(1, "SELECT count(*) FROM " + fixed()));
  }

  /** The table's name for whoever has all rights. */
  abstract String fixed();

  /** A JVM that slept through it all goes on with the new master. */
  @Test
  void aJvmThatSleptFollows() throws Exception {
    try (SteadyJvm one = jvm("one", 1_000_000);
        SteadyJvm two = jvm("two", 2_000_000)) {
      awaitBoth(one, two, 50);
      signal(one, "STOP");
      cluster.kill(MASTER);
      awaitSaid(two, two, "was promoted in place of");
      cluster.restart(MASTER);
      awaitSaid(two, two, "first-master, a former master, was fenced");
      Set<Long> old = rows(MASTER);
      signal(one, "CONT");
      one.awaitWrites(cluster, 100);
      two.awaitWrites(cluster, 50);
      assertEquals(0, one.count("was promoted in place of"), one.jvm()::transcript);
      awaitReturned(two);
      Set<Long> acknowledged = one.acknowledged();
      acknowledged.addAll(two.acknowledged());
      Set<Long> oldNow = rows(MASTER);
      Set<Long> present = rows(promoted(one, two));
      assertEquals(Set.of(), minus(minus(oldNow, present), old), "the old master took a write");
      assertEquals(Set.of(), minus(minus(acknowledged, present), old));
      one.end();
      two.end();
    }
  }

  /** The former master is what it can be. */
  abstract void awaitReturned(SteadyJvm jvm) throws Exception;

  private static void signal(SteadyJvm to, String name) throws Exception {
    long pid = to.jvm().process().pid();
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor());
  }

  @Test
  void withoutAMajorityNobodyIsPromoted() throws Exception {
    try (SteadyJvm one = jvm("one", 1_000_000);
        SteadyJvm two = jvm("two", 2_000_000)) {
      SteadyJvm[] both = {one, two};
      for (SteadyJvm each : both) {
        each.awaitStarted();
        each.awaitWrites(cluster, 50);
      }
      cluster.awaitReplicas();
      cluster.kill(2);
      for (SteadyJvm each : both) {
        awaitSaid(each, each, "replica2: out of service");
      }
      cluster.kill(MASTER);
      for (SteadyJvm each : both) {
        awaitSaid(each, each, "only 1 of 3 nodes answer");
      }
      Set<Long> acknowledged = one.acknowledged();
      acknowledged.addAll(two.acknowledged());
      Tally[] before = {one.tally(), two.tally()};
      for (int i = 0; i < both.length; i++) {
        SteadyJvm each = both[i];
        Tally first = before[i];
        cluster.await(
            "reads go on, writes fail",
            () -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
              Tally now = tally(each);
              return now.reads > first.reads + 20 && now.failedWrites > first.failedWrites + 5;
            });
        Tally after = each.tally();
        System.out.println("no majority: " + after);
        assertEquals(first.writes, after.writes, each.jvm()::transcript);
        assertEquals(first.failedReads, after.failedReads, each.jvm()::transcript);
        assertEquals("", after.otherThan08(), each.jvm()::transcript);
      }
      assertEquals(0, one.count("promoted in place") + two.count("promoted in place"));
      cluster.restart(MASTER);
      for (SteadyJvm each : both) {
        each.awaitWrites(cluster, 50);
        each.end();
      }
      assertEquals(Set.of(), minus(acknowledged, rows(MASTER)));
    }
  }

  private static Tally tally(SteadyJvm of) {
    try {
      return of.tally();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
