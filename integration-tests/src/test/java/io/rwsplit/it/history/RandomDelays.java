package io.rwsplit.it.history;

import io.rwsplit.it.servers.SteeredCluster;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Stops and resumes the replay of every replica at random, each by itself, until {@link #end}: they
 * are 0 to 2 s behind. Used by one thread.
 */
final class RandomDelays {
  private static final int LONGEST_PAUSE_MILLIS = 2000;
  private static final int LONGEST_GAP_MILLIS = 1500;

  private final SteeredCluster cluster;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Exception> failures = new ArrayList<>();
  private volatile boolean isOver;

  private RandomDelays(SteeredCluster cluster) {
    this.cluster = cluster;
  }

  /** Every replica by itself, for times drawn from the seed. */
  static RandomDelays inTurns(SteeredCluster cluster, long seed) {
    RandomDelays delays = new RandomDelays(cluster);
    for (int i = 1; i <= cluster.replicas(); i++) {
      int replica = i;
      delays.start(replica, () -> delays.turns(replica, new Random(seed * 31 + replica)));
    }
    return delays;
  }

  /** The first replica stands still all the time, for reads that must be stale. */
  static RandomDelays standstill(SteeredCluster cluster) throws SQLException, IOException {
    RandomDelays delays = new RandomDelays(cluster);
    cluster.pauseReplay(1);
    return delays;
  }

  private void start(int replica, Runnable turns) {
    Thread thread = new Thread(turns, "delays-" + replica);
    threads.add(thread);
    thread.start();
  }

  private void turns(int replica, Random random) {
    try {
      while (!isOver) {
        cluster.pauseReplay(replica);
        rest(random.nextInt(LONGEST_PAUSE_MILLIS));
        cluster.resumeReplay(replica);
        rest(random.nextInt(LONGEST_GAP_MILLIS));
      }
    } catch (SQLException | IOException | InterruptedException e) {
      synchronized (failures) {
        failures.add(e);
      }
    }
  }

  private void rest(int millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!isOver && System.nanoTime() < end) {
      Thread.sleep(10);
    }
  }

  /** Returns once every replica replays, and has what the master has. */
  void end() throws IOException, InterruptedException, SQLException {
    isOver = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (threads.isEmpty()) {
      cluster.resumeReplay(1);
    }
    for (Exception failure : failures) {
      throw new IOException("delaying replication failed", failure);
    }
    cluster.awaitReplicas();
  }
}
