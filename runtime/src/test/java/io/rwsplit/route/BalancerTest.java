package io.rwsplit.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancerTest {
  private static final Balancer.Load IDLE = replica -> 0;

  private static List<Integer> choices(Balancer balancer, long eligible, int count) {
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(balancer.choose(eligible, IDLE));
    }
    return chosen;
  }

  @Test
  void roundRobinTakesEachInTurn() {
    assertEquals(Arrays.asList(0, 1, 2, 0, 1, 2), choices(Balancer.roundRobin(), 0b111, 6));
    assertEquals(Arrays.asList(1, 63, 1, 63), choices(Balancer.roundRobin(), (1L << 63) | 2, 4));
  }

  @Test
  void priorityTakesTheFirstEligible() {
    assertEquals(Arrays.asList(0, 0), choices(Balancer.priority(), 0b111, 2));
    assertEquals(Arrays.asList(2, 2), choices(Balancer.priority(), 0b100, 2));
  }

  @Test
  void leastConnectionsTakesTheLeastBusyAndSharesTies() {
    int[] inUse = {3, 1, 2};
    Balancer balancer = Balancer.leastConnections();
    assertEquals(1, balancer.choose(0b111, replica -> inUse[replica]));
    assertEquals(2, balancer.choose(0b101, replica -> inUse[replica]));
    List<Integer> ties = choices(Balancer.leastConnections(), 0b11, 10);
    assertEquals(5, ties.stream().filter(replica -> replica == 0).count(), ties.toString());
  }

  @Test
  void randomTakesAllWithEqualChances() {
    int[] hits = new int[64];
    for (int replica : choices(Balancer.random(), 0b1011, 30_000)) {
      hits[replica]++;
    }
    assertEquals(0, hits[2]);
    for (int replica : new int[] {0, 1, 3}) {
      assertTrue(Math.abs(hits[replica] - 10_000) < 1_000, Arrays.toString(hits));
    }
  }
}
