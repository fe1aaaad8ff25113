package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Replicas join and leave while somebody writes. */
class PlacesTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static ReplicaFile file(Harness harness, int index) {
    while (harness.replicas.size() <= index) {
      Path path = harness.directory.resolve("replica" + harness.replicas.size() + ".db");
      harness.replicas.add(path);
    }
    return new ReplicaFile(index, "r" + index, harness.replicas.get(index));
  }

  /** Writes until it is ended. */
  private static final class Writer {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;
    private volatile Throwable failure;

    Writer(Path master) {
      thread =
          new Thread(
              () -> {
                try (Connection connection = Harness.open(master)) {
                  Harness.sql(connection, "PRAGMA busy_timeout=60000");
                  for (int i = 0; !over.get(); i++) {
                    Harness.sql(connection, "INSERT INTO t VALUES (" + i + ")");
                  }
                } catch (Throwable t) {
                  failure = t;
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    void end() throws InterruptedException {
      over.set(true);
      thread.join();
      assertEquals(null, failure);
    }
  }

  @Test
  void joinLeaveAndJoinAgain() throws Exception {
    try (Harness harness = new Harness(1)) {
      try (Connection connection = Harness.open(harness.master)) {
        Harness.sql(connection, "CREATE TABLE t (n INTEGER)");
      }
      harness.start();
      harness.awaitCaughtUp();
      Writer writer = new Writer(harness.master);
      try {
        harness.replicator.joins(file(harness, 1), LIMIT);
        assertEquals(2, harness.replicator.replicas());
        harness.awaitCaughtUp();

        harness.replicator.leaves(0, LIMIT);
        assertTrue(harness.replicator.hasLeft(0));
        assertEquals(-1, harness.replicator.tickets().appliedTicket(0));
        harness.await("its feed has ended", () -> harness.events.contains("0 CLOSED"));
        List<ReplicaAnswer> synced =
            harness.replicator.operations().sync(ReplicationOperations.ALL, Duration.ofMinutes(2));
        assertEquals(1, synced.size(), "one that has left is waited for");
        assertTrue(synced.get(0).isDone());

        harness.replicator.joins(file(harness, 0), LIMIT);
        harness.replicator.joins(file(harness, 2), LIMIT);
        harness.awaitCaughtUp();
      } finally {
        writer.end();
      }
      harness.awaitCaughtUp();
      String rows = Harness.queryOnce(harness.master, "SELECT count(*), sum(n) FROM t");
      for (Path replica : harness.replicas) {
        assertEquals(rows, Harness.queryOnce(replica, "SELECT count(*), sum(n) FROM t"));
      }
    }
  }

  /** Each JVM is told by its own configuration, one after the other. */
  @Test
  void joinAtAFollowerAndAtItsLeader() throws Exception {
    Harness follower = null;
    try (Harness leader = new Harness(1)) {
      try (Connection connection = Harness.open(leader.master)) {
        Harness.sql(connection, "CREATE TABLE t (n INTEGER)");
      }
      leader.start();
      leader.awaitCaughtUp();
      follower = new Harness(leader.directory, 1);
      follower.start();
      follower.awaitCaughtUp();

      follower.replicator.joins(file(follower, 1), LIMIT);
      SqliteReplicator following = follower.replicator;
      follower.await("nobody feeds it yet", () -> following.state(1) == FeedState.STANDBY);
      leader.replicator.joins(file(leader, 1), LIMIT);
      follower.awaitCaughtUp();

      leader.replicator.leaves(0, LIMIT);
      follower.await("it is not fed any more", () -> following.tickets().appliedTicket(0) == -1);
      assertTrue(following.tickets().isFollower());
      leader.stop();
      follower.awaitCaughtUp();
    } finally {
      if (follower != null) {
        follower.stop();
      }
    }
  }
}
