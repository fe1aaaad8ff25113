package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the tests rely on: a group of MySQL replaces its primary and takes the old one back. */
@Tag("mysql")
class GroupClusterTest {
  @Test
  void theGroupHeals() throws Exception {
    long begin = System.nanoTime();
    try (GroupReplicationCluster cluster = GroupReplicationCluster.start()) {
      System.out.println("group of three in " + millis(begin) + " ms");
      cluster.execute(0, "CREATE TABLE app.kept(a INT PRIMARY KEY)");
      cluster.execute(0, "INSERT INTO app.kept VALUES (1)");
      long killed = System.nanoTime();
      cluster.kill(0);
      cluster.await("another primary", () -> cluster.primary() > 0);
      System.out.println("another primary after " + millis(killed) + " ms");
      int primary = cluster.primary();
      assertNotEquals(0, primary);
      cluster.execute(primary, "INSERT INTO app.kept VALUES (2)");
      cluster.restart(0);
      assertEquals("0", cluster.ask(0, "SELECT @@GLOBAL.super_read_only"), "writable, in no group");
      cluster.join(0);
      cluster.awaitReplicas();
      assertEquals("2", cluster.ask(0, "SELECT count(*) FROM app.kept"));
    }
  }

  private static long millis(long since) {
    return (System.nanoTime() - since) / 1_000_000;
  }
}
