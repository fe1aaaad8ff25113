package io.rwsplit.acknowledgement;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Replicas whose tickets a test moves. */
final class FakeReplicas implements ReplicaProgress {
  final AtomicLong newest = new AtomicLong();
  final AtomicLongArray applied;
  volatile int followers;

  FakeReplicas(int replicas) {
    applied = new AtomicLongArray(replicas);
    followers = replicas;
  }

  @Override
  public int replicas() {
    return applied.length();
  }

  @Override
  public long newestTicket() {
    return newest.get();
  }

  @Override
  public long appliedTicket(int replica) {
    return applied.get(replica);
  }

  @Override
  public boolean mayFollow(int replica) {
    return replica < followers;
  }

  @Override
  public long pollNanos() {
    return 0;
  }
}
