package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the tests rely on: a cluster under Patroni fails over, switches over, and heals. */
@Tag("patroni")
class PatroniClusterTest {
  @Test
  void leadershipMovesAndTheProxyFollows() throws Exception {
    long begin = System.nanoTime();
    try (PatroniCluster cluster = PatroniCluster.start()) {
      System.out.println("started in " + millis(begin) + " ms: " + cluster.members());
      cluster.execute(0, "CREATE TABLE public.kept(a INT)", "INSERT INTO public.kept VALUES (1)");
      long killed = System.nanoTime();
      cluster.kill(0);
      cluster.await("another node is writable", () -> cluster.isWritable(1 + pick(cluster)));
      System.out.println("writable " + millis(killed) + " ms after the leader's death");
      int leader = cluster.leader();
      assertNotEquals(0, leader);
      assertEquals("1", cluster.ask(leader, "SELECT count(*) FROM public.kept"));
      cluster.restart(0);
      cluster.await("the old leader is back", () -> cluster.isComplete(2));
      System.out.println("complete " + millis(killed) + " ms after the leader's death");
      long asked = System.nanoTime();
      cluster.switchover(leader, -1);
      cluster.await(
          "another leader", () -> cluster.leader() >= 0 && cluster.isWritable(cluster.leader()));
      System.out.println("switched over in " + millis(asked) + " ms");
      assertNotEquals(leader, cluster.leader());
      cluster.await("all nodes are back", () -> cluster.isComplete(2));
    }
  }

  /** Which of nodes 1 and 2 to look at. */
  private static int pick(PatroniCluster cluster) {
    return Math.max(0, cluster.leader() - 1);
  }

  private static long millis(long since) {
    return (System.nanoTime() - since) / 1_000_000;
  }
}
