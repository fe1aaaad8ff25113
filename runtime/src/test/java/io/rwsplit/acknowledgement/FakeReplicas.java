package io.rwsplit.acknowledgement;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Replicas whose tickets a test moves. */
final class FakeReplicas implements ReplicaProgress {
  final AtomicLong newest = new AtomicLong();
  final AtomicLongArray applied;
  volatile int followers;

  /** How often other threads than the test's have asked for a ticket. */
  final AtomicLong looks = new AtomicLong();

  private final Thread test = Thread.currentThread();

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
    if (Thread.currentThread() != test) {
      looks.incrementAndGet();
    }
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
