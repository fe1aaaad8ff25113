package legacy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long the machine, or this JVM, kept a thread from running that had nothing but to wake up:
 * what bounds of time must be lenient by. Thread-safe.
 */
public final class Stalls {
  private static final long PERIOD_MILLIS = 5;

  private static final AtomicLong LONGEST = new AtomicLong();

  private Stalls() {}

  /** Begins to look, by a daemon thread. */
  public static void watch() {
    Thread thread = new Thread(Stalls::run, "stalls");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run() {
    while (true) {
      long began = System.nanoTime();
      try {
        Thread.sleep(PERIOD_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      long late = System.nanoTime() - began - PERIOD_MILLIS * 1_000_000;
      LONGEST.accumulateAndGet(late, Math::max);
    }
  }

  /** The longest in milliseconds since the last call. */
  public static long takeMillis() {
    return LONGEST.getAndSet(0) / 1_000_000;
  }
}
