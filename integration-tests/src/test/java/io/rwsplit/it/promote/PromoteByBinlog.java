package io.rwsplit.it.promote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What MariaDB and MySQL have in common, both with GTID and asynchronous. */
abstract class PromoteByBinlog extends PromoteOnServers {
  /** Answers {@code 2} while both threads of replication run. */
  abstract String runningThreads();

  /** Writes that were under way when it was killed may have become orphans. */
  @Override
  void awaitReturned(SteadyJvm jvm) throws Exception {
    cluster.await(
        "it has become a replica, or not with a reason",
        () -> jvm.count("first-master is a replica of") + jvm.count("first-master stays out") > 0);
    if (jvm.count("first-master is a replica of") > 0) {
      cluster.await("it replicates", () -> "2".equals(cluster.ask(0, runningThreads())));
    }
    System.out.println(
        "the old master " + (jvm.count("stays out") > 0 ? "stays out" : "is a replica"));
  }

  @Override
  final String fixed() {
    return "app.fixed";
  }

  @Override
  final String controller() {
    return "admin";
  }

  /** There, and back again by the other JVM. */
  @Test
  void aSwitchoverLosesNoWrite() throws Exception {
    try (SteadyJvm one = jvm("one", 1_000_000);
        SteadyJvm two = jvm("two", 2_000_000)) {
      awaitBoth(one, two, 100);
      String there = one.ask("switchover 0");
      assertTrue(there.contains("replica1 took over from first-master"), there);
      awaitBoth(one, two, 100);
      assertTrue(isFenced(0), there);
      String back = two.ask("switchover 2");
      assertTrue(
          back.contains("first-master took over from replica1"),
          () -> back + one.jvm().transcript() + two.jvm().transcript());
      awaitBoth(one, two, 100);
      System.out.println(there + "\n" + back + "\none: " + one.tally() + "\ntwo: " + two.tally());
      one.end();
      two.end();
      Set<Long> acknowledged = one.acknowledged();
      acknowledged.addAll(two.acknowledged());
      assertEquals(Set.of(), minus(acknowledged, rows(0)));
      cluster.await("replica1 has all", () -> rows(1).equals(rows(0)));
      cluster.await("replica2 has all", () -> rows(2).equals(rows(0)));
    }
  }
}
