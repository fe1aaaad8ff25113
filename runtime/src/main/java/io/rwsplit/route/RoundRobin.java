package io.rwsplit.route;

import java.util.concurrent.atomic.AtomicInteger;

/** Each in turn. */
final class RoundRobin extends Chooser {
  private final AtomicInteger next = new AtomicInteger();

  @Override
  int choose(long eligible, Balancer.Load load) {
    int turn = next.getAndIncrement() & Integer.MAX_VALUE;
    return Bits.nth(eligible, turn % Long.bitCount(eligible));
  }

  @Override
  double promised(int replica, long eligible) {
    return 1.0 / Long.bitCount(eligible);
  }

  @Override
  public String toString() {
    return "round_robin";
  }
}
