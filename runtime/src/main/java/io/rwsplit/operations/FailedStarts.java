package io.rwsplit.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups whose start has failed, for people: all of their statements go to the master. Empty in
 * nearly every JVM. Thread-safe.
 */
public final class FailedStarts {
  /** One group's. Immutable. */
  public static final class Failed {
    private final String group;
    private final String why;
    private final boolean triedAgain;
    private final long nextTry;

    Failed(String group, String why, boolean triedAgain, long nextTry) {
      this.group = group;
      this.why = why;
      this.triedAgain = triedAgain;
      this.nextTry = nextTry;
    }

    /** The group's name; empty for the one without. */
    public String group() {
      return group;
    }

    /** What the newest try has ended with, without secrets. */
    public String why() {
      return why;
    }

    /** False when it takes a restart of the JVM. */
    public boolean isTriedAgain() {
      return triedAgain;
    }

    /**
     * Nanoseconds until the next try; 0 while one is under way.
     *
     * @param now by {@link System#nanoTime()}
     */
    public long nanosLeft(long now) {
      return Math.max(0, nextTry - now);
    }
  }

  private static final Map<String, Failed> KNOWN = new LinkedHashMap<>();

  private FailedStarts() {}

  /**
   * The start has failed, and is tried again.
   *
   * @param group its name
   * @param why without secrets
   * @param nextTry by {@link System#nanoTime()}
   */
  public static void waits(String group, String why, long nextTry) {
    put(new Failed(group, why, true, nextTry));
  }

  /** The start has failed for good. */
  public static void is(String group, String why) {
    put(new Failed(group, why, false, 0));
  }

  private static void put(Failed failed) {
    synchronized (KNOWN) {
      KNOWN.put(failed.group, failed);
    }
  }

  /** The group runs, or has nobody left who would use it. */
  public static void over(String group) {
    synchronized (KNOWN) {
      KNOWN.remove(group);
    }
  }

  /** All of them; a copy. */
  public static List<Failed> all() {
    synchronized (KNOWN) {
      return new ArrayList<>(KNOWN.values());
    }
  }
}
