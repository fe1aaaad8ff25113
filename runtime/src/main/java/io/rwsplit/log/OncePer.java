package io.rwsplit.log;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Logs a fault that may come back for every statement when it is seen for the 1st, 10th, 100th…
 * time and counts it always. Thread-safe.
 *
 * <p>Keys are few by nature (a place in the code, perhaps with a replica); past {@value #MAX_KEYS}
 * further ones share one count, so that a key made from SQL text cannot fill the memory.
 */
public final class OncePer {
  static final int MAX_KEYS = 256;

  private static final String OTHERS = "(further kinds of faults)";

  private final Logger logger;
  private final ConcurrentMap<String, AtomicLong> counts =
      new ConcurrentHashMap<String, AtomicLong>();

  /** Logs to the given logger, at WARN. */
  public OncePer(Logger logger) {
    this.logger = logger;
  }

  /**
   * Counts one more occurrence and logs it when it is the first or a power of ten. Never throws.
   *
   * @param key what is the same fault
   * @param message what to log, without its count
   * @param problem may be null
   */
  public void warn(String key, String message, Throwable problem) {
    long count = counter(key).incrementAndGet();
    if (isPowerOfTen(count)) {
      String times = count == 1 ? "" : " (" + count + " times so far)";
      logger.warn(message + times, problem);
    }
  }

  /** How often this fault has been seen. */
  public long count(String key) {
    AtomicLong count = counts.get(key);
    return count == null ? 0 : count.get();
  }

  /** How many faults of all keys have been seen. */
  public long total() {
    long total = 0;
    for (AtomicLong count : counts.values()) {
      total += count.get();
    }
    return total;
  }

  private AtomicLong counter(String key) {
    AtomicLong known = counts.get(key);
    if (known != null) {
      return known;
    }
    String kept = counts.size() < MAX_KEYS ? key : OTHERS;
    AtomicLong fresh = new AtomicLong();
    AtomicLong raced = counts.putIfAbsent(kept, fresh);
    return raced == null ? fresh : raced;
  }

  private static boolean isPowerOfTen(long count) {
    long power = count;
    while (power % 10 == 0) {
      power /= 10;
    }
    return power == 1;
  }
}
