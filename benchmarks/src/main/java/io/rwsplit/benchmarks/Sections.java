package io.rwsplit.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Shares the time out among the sections that are asked for. Used by one thread. */
final class Sections {
  private final long end;
  private final int rounds;
  private final Map<String, Integer> left = new LinkedHashMap<>();

  /**
   * @param minutes from now, for all
   * @param rounds of each section, at most
   */
  Sections(int minutes, int rounds) {
    end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    this.rounds = rounds;
  }

  /** A section that is to come, with its weight. */
  void add(String name, int weight) {
    left.put(name, weight);
  }

  /** The budget of a section that begins now: its part of what is left; null when it is not run. */
  Budget begin(String name) {
    if (!left.containsKey(name)) {
      return null;
    }
    int all = left.values().stream().mapToInt(Integer::intValue).sum();
    long millis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, end - System.nanoTime()));
    return new Budget(millis * left.remove(name) / all, rounds);
  }
}
