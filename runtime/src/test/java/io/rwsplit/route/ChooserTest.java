package io.rwsplit.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.topology.Lag;
import io.rwsplit.topology.Replica;
import io.rwsplit.topology.ReplicaTraits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each strategy promises, and whether it keeps it. */
class ChooserTest {
  private static final Balancer.Load IDLE = replica -> 0;
  private static final long SECOND = 1_000_000_000L;

  private static Replica[] replicas(int... weights) {
    Replica[] replicas = new Replica[weights.length];
    for (int i = 0; i < weights.length; i++) {
      replicas[i] = replica(i, weights[i], i);
    }
    return replicas;
  }

  private static Replica replica(int index, int weight, int priority) {
    List<String> none = Collections.emptyList();
    ReplicaTraits traits = new ReplicaTraits(weight, priority, "", none, 10 * SECOND);
    return new Replica(index, "replica" + (index + 1), "", traits);
  }

  private static long all(int count) {
    return count == 64 ? -1L : (1L << count) - 1;
  }

  private static List<Integer> choices(Chooser chooser, long eligible, int count) {
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(chooser.choose(eligible, IDLE));
    }
    return chosen;
  }

  private static int[] hits(Chooser chooser, long eligible, int count) {
    return hits(chooser, eligible, count, IDLE);
  }

  private static int[] hits(Chooser chooser, long eligible, int count, Balancer.Load load) {
    int[] hits = new int[64];
    for (int i = 0; i < count; i++) {
      int chosen = chooser.choose(eligible, load);
      assertTrue((eligible & (1L << chosen)) != 0, "not eligible: " + chosen);
      hits[chosen]++;
    }
    return hits;
  }

  @Test
  void roundRobinTakesEachInTurn() {
    assertEquals(Arrays.asList(0, 1, 2, 0, 1, 2), choices(Choosers.roundRobin(), 0b111, 6));
    assertEquals(Arrays.asList(1, 63, 1, 63), choices(Choosers.roundRobin(), (1L << 63) | 2, 4));
  }

  @Test
  void priorityTakesTheFirstRankAndEqualsInTurn() {
    Chooser inOrder = Choosers.priority(replicas(1, 1, 1));
    assertEquals(Arrays.asList(0, 0), choices(inOrder, 0b111, 2));
    assertEquals(Arrays.asList(1, 1), choices(inOrder, 0b110, 2));
    Replica[] ranked = {replica(0, 1, 7), replica(1, 1, 2), replica(2, 1, 7), replica(3, 1, 2)};
    Chooser chooser = Choosers.priority(ranked);
    assertEquals(Arrays.asList(1, 3, 1, 3), choices(chooser, 0b1111, 4));
    assertEquals(Arrays.asList(3, 3), choices(chooser, 0b1101, 2));
    assertEquals(Arrays.asList(0, 2), choices(chooser, 0b0101, 2));
    assertEquals(0.5, chooser.promised(1, 0b1111));
    assertEquals(0, chooser.promised(0, 0b1111));
  }

  @Test
  void leastConnectionsTakesTheLeastBusyAndSharesTies() {
    int[] inUse = {3, 1, 2};
    Chooser chooser = Choosers.leastConnections(replicas(1, 1, 1));
    assertEquals(1, chooser.choose(0b111, replica -> inUse[replica]));
    assertEquals(2, chooser.choose(0b101, replica -> inUse[replica]));
    assertEquals(5, hits(Choosers.leastConnections(replicas(1, 1)), 0b11, 10)[0]);
  }

  @Test
  void leastConnectionsCountsThemByWeight() {
    int[] inUse = {2, 3, 9};
    Chooser chooser = Choosers.leastConnections(replicas(1, 2, 5));
    // Per weight: 2, 1.5, 1.8.
    assertEquals(1, chooser.choose(0b111, replica -> inUse[replica]));
    assertEquals(2, chooser.choose(0b101, replica -> inUse[replica]));
    int[] ties = hits(chooser, 0b111, 800);
    assertNear(new double[] {100, 200, 500}, ties, 4);
  }

  private static void assertNear(double[] expected, int[] hits, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], hits[i], tolerance, Arrays.toString(hits));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 32, 64})
  void weightedTurnKeepsItsPromiseToAFewInAnyNumber(int count) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] weights = new int[count];
    for (int i = 0; i < count; i++) {
      weights[i] = 1 + random.nextInt(1000);
    }
    Chooser chooser = Choosers.weightedRoundRobin(replicas(weights));
    long eligible = all(count);
    int[] hits = new int[count];
    double worst = 0;
    for (int n = 1; n <= 20_000; n++) {
      hits[chooser.choose(eligible, IDLE)]++;
      for (int i = 0; i < count; i++) {
        worst = Math.max(worst, Math.abs(hits[i] - n * chooser.promised(i, eligible)));
      }
    }
    assertTrue(worst < 6, "off by " + worst + ", seed " + seed);
  }

  @Test
  void weightedTurnIsFairToEachOfChangingSets() {
    int[] weights = {1, 2, 5, 3};
    Chooser chooser = Choosers.weightedRoundRobin(replicas(weights));
    long[] sets = {0b0111, 0b1111, 0b0011, 0b1010, 0b0111};
    int[][] hits = new int[sets.length][4];
    int rounds = 5_000;
    for (int n = 0; n < rounds; n++) {
      for (int s = 0; s < sets.length; s++) {
        hits[s][chooser.choose(sets[s], IDLE)]++;
      }
    }
    for (int s = 0; s < sets.length; s++) {
      for (int i = 0; i < 4; i++) {
        boolean in = (sets[s] & (1L << i)) != 0;
        double expected = in ? rounds * chooser.promised(i, sets[s]) : 0;
        assertEquals(expected, hits[s][i], 12, "set " + s + Arrays.toString(hits[s]));
      }
    }
  }

  @Test
  void weightedTurnIsFairToThreads() throws Exception {
    Chooser chooser = Choosers.weightedRoundRobin(replicas(1, 2, 5));
    int[][] hits = new int[4][];
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      int number = t;
      threads[t] = new Thread(() -> hits[number] = hits(chooser, 0b111, 20_000));
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    int[] sum = new int[3];
    for (int[] each : hits) {
      for (int i = 0; i < 3; i++) {
        sum[i] += each[i];
      }
    }
    assertNear(new double[] {10_000, 20_000, 50_000}, sum, 8);
  }

  @Test
  void lagLowersAWeightButNotToNothing() {
    Replica[] replicas = replicas(4, 4, 4, 4);
    replicas[0].lag(Lag.upToDate());
    replicas[1].lag(Lag.behind(1, 5 * SECOND));
    replicas[2].lag(Lag.behind(1, 10 * SECOND));
    replicas[3].lag(Lag.unknown());
    Chooser chooser = Choosers.weightedRoundRobin(replicas);
    double total = 4 + 2 + 0.2 + 4;
    double[] expected = {4 / total, 2 / total, 0.2 / total, 4 / total};
    for (int i = 0; i < 4; i++) {
      assertEquals(expected[i], chooser.promised(i, 0b1111), 1e-9);
      expected[i] *= 10_000;
    }
    assertNear(expected, hits(chooser, 0b1111, 10_000), 8);
  }

  @Test
  void randomHasTheChancesOfItsWeights() {
    assertNear(
        new double[] {10_000, 10_000, 0, 10_000},
        hits(Choosers.random(replicas(1, 1, 1, 1)), 0b1011, 30_000),
        // Twelve standard deviations.
        1_000);
    assertNear(
        new double[] {10_000, 20_000, 50_000},
        hits(Choosers.random(replicas(1, 2, 5)), 0b111, 80_000),
        1_500);
  }

  private static Replica[] measured(double... millis) {
    int[] weights = new int[millis.length];
    Arrays.fill(weights, 1);
    Replica[] replicas = replicas(weights);
    for (int i = 0; i < millis.length; i++) {
      if (millis[i] > 0) {
        replicas[i].latency().measured((long) (millis[i] * 1e6), 0);
      }
    }
    return replicas;
  }

  @Test
  void responseTimeGivesPartsBySpeedWithAFloor() {
    Chooser chooser = Choosers.responseTime(measured(1, 2, 4));
    assertNear(new double[] {4_000, 2_000, 1_000}, hits(chooser, 0b111, 7_000), 5);
    Chooser withSlow = Choosers.responseTime(measured(1, 10_000));
    assertNear(new double[] {20_000, 1_000}, hits(withSlow, 0b11, 21_000), 5);
  }

  @Test
  void responseTimeTriesWhatItDoesNotKnow() {
    assertNear(
        new double[] {500, 500}, hits(Choosers.responseTime(measured(0, 0)), 0b11, 1_000), 5);
    assertNear(
        new double[] {500, 500}, hits(Choosers.responseTime(measured(3, 0)), 0b11, 1_000), 5);
  }

  @Test
  void adaptiveTakesTheBetterOfTwo() {
    int unseen = 10_000 / 32 / 2;
    Chooser slow = Choosers.adaptive(measured(10, 1));
    assertNear(new double[] {unseen, 10_000 - unseen}, hits(slow, 0b11, 10_000), 150);
    Chooser busy = Choosers.adaptive(measured(1, 1));
    int[] hits = hits(busy, 0b11, 10_000, replica -> replica == 0 ? 3 : 0);
    assertNear(new double[] {unseen, 10_000 - unseen}, hits, 150);
    Replica[] lagging = measured(1, 1);
    lagging[0].lag(Lag.behind(1, 9 * SECOND));
    Chooser behind = Choosers.adaptive(lagging);
    assertNear(new double[] {unseen, 10_000 - unseen}, hits(behind, 0b11, 10_000), 150);
  }

  @Test
  void adaptiveIsEvenAmongEqualsAndByWeight() {
    Chooser equal = Choosers.adaptive(measured(1, 1.1, 1.05));
    assertNear(new double[] {10_000, 10_000, 10_000}, hits(equal, 0b111, 30_000), 1_000);
    Chooser unknown = Choosers.adaptive(measured(0, 0, 1));
    assertNear(new double[] {10_000, 10_000, 10_000}, hits(unknown, 0b111, 30_000), 1_000);
    Chooser weighted = Choosers.adaptive(replicas(1, 3));
    assertNear(new double[] {10_000, 30_000}, hits(weighted, 0b11, 40_000), 1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 32, 64})
  void everyStrategyChoosesFromAnySet(int count) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] weights = new int[count];
    for (int i = 0; i < count; i++) {
      weights[i] = random.nextInt(4);
    }
    Replica[] replicas = replicas(weights);
    for (Chooser chooser : strategies(replicas)) {
      for (int n = 0; n < 2_000; n++) {
        long eligible = random.nextLong() & all(count);
        if (Long.bitCount(eligible) < 2) {
          continue;
        }
        int chosen = chooser.choose(eligible, replica -> replica % 3);
        assertTrue((eligible & (1L << chosen)) != 0, chooser + ", seed " + seed);
        replicas[chosen].latency().measured(1 + random.nextInt(1_000_000), n);
        replicas[chosen].lag(Lag.behind(1, (random.nextInt(12) * SECOND)));
      }
    }
  }

  static Chooser[] strategies(Replica[] replicas) {
    return new Chooser[] {
      Choosers.roundRobin(),
      Choosers.random(replicas),
      Choosers.weightedRoundRobin(replicas),
      Choosers.leastConnections(replicas),
      Choosers.priority(replicas),
      Choosers.responseTime(replicas),
      Choosers.adaptive(replicas)
    };
  }
}
