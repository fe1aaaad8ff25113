package io.rwsplit.log;

/**
 * The group of databases that a thread works for, where a JVM has several: its log lines and the
 * threads it makes bear the name. What is made while a thread is in a scope keeps it. Thread-safe.
 */
public final class LogScope {
  private static final ThreadLocal<String> CURRENT = new ThreadLocal<String>();

  private LogScope() {}

  /** The group's name; null for the one without a name. */
  public static String current() {
    return CURRENT.get();
  }

  /**
   * From now on the current thread works for a group.
   *
   * @param group null or empty for the one without a name
   * @return what {@link #leave} has to be given
   */
  public static String enter(String group) {
    String before = CURRENT.get();
    set(group == null || group.isEmpty() ? null : group);
    return before;
  }

  /** The end of what {@link #enter} began. */
  public static void leave(String before) {
    set(before);
  }

  private static void set(String group) {
    if (group == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(group);
    }
  }

  /** The work, to be done in the scope in which this is called. */
  public static Runnable keep(Runnable work) {
    return in(CURRENT.get(), work);
  }

  /** The work, to be done for a group; null for the one without a name. */
  public static Runnable in(String group, Runnable work) {
    return group == null ? work : new Scoped(group, work);
  }

  private static final class Scoped implements Runnable {
    private final String group;
    private final Runnable work;

    Scoped(String group, Runnable work) {
      this.group = group;
      this.work = work;
    }

    @Override
    public void run() {
      String before = enter(group);
      try {
        work.run();
      } finally {
        leave(before);
      }
    }
  }

  /** The name of a thread of ours: {@code rwsplit-monitor}, {@code rwsplit-shop-monitor}. */
  public static String threadName(String what) {
    String group = CURRENT.get();
    return group == null ? "rwsplit-" + what : "rwsplit-" + group + "-" + what;
  }
}
