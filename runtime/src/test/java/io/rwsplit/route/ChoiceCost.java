package io.rwsplit.route;

import io.rwsplit.topology.Replica;
import io.rwsplit.topology.ReplicaTraits;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures what the choice of a replica costs, in nanoseconds of CPU: for each strategy, for 1, 2,
 * 3, 8 and 64 eligible replicas, by one thread and by two. No test; see BENCHMARKS.md.
 */
public final class ChoiceCost {
  private static final int CHOICES = 2_000_000;
  private static final int ROUNDS = 7;
  private static final int[] COUNTS = {1, 2, 3, 8, 64};
  private static final Balancer.Load LOAD = replica -> replica & 3;

  /** Keeps the choices from being optimised away. */
  private static volatile long sink;

  private ChoiceCost() {}

  /** Prints a table in Markdown. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println("| strategy | 1 | 2 | 3 | 8 | 64 | 3, two threads |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (int strategy = 0; strategy < 7; strategy++) {
      StringBuilder row = new StringBuilder();
      for (int count : COUNTS) {
        Balancer balancer = balancer(strategy, count);
        row.append(row.length() == 0 ? "| `" + balancer + "` | " : " | ")
            .append(best(balancer, count, 1));
      }
      row.append(" | ").append(best(balancer(strategy, 3), 3, 2)).append(" |");
      System.out.println(row);
    }
    System.err.println("(sum " + sink + ")");
  }

  private static Balancer balancer(int strategy, int count) {
    Replica[] replicas = new Replica[count];
    for (int i = 0; i < count; i++) {
      ReplicaTraits traits =
          new ReplicaTraits(1 + i % 3, i, "", Collections.emptyList(), 1_000_000_000L);
      replicas[i] = new Replica(i, "replica" + (i + 1), "", traits);
      replicas[i].latency().measured(1_000_000 + i * 1_000, 0);
    }
    Chooser chooser = ChooserTest.strategies(replicas)[strategy];
    return new Balancer(replicas, chooser, new TagRules(replicas), null, 5_000_000_000L, 0);
  }

  /** The fastest of some rounds, in tenths of a nanosecond as text. */
  private static String best(Balancer balancer, int count, int threads)
      throws InterruptedException {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      CountDownLatch ended = new CountDownLatch(threads);
      AtomicLong cpu = new AtomicLong();
      for (int t = 0; t < threads; t++) {
        new Thread(
                () -> {
                  choose(balancer, count == 64 ? -1L : (1L << count) - 1);
                  cpu.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
                  ended.countDown();
                })
            .start();
      }
      ended.await();
      best = Math.min(best, cpu.get() / threads);
    }
    long tenths = best * 10 / CHOICES;
    return tenths / 10 + "." + tenths % 10;
  }

  private static void choose(Balancer balancer, long eligible) {
    long sum = 0;
    for (int i = 0; i < CHOICES; i++) {
      sum += balancer.choose(eligible, 0, LOAD);
    }
    sink = sum;
  }
}
