package io.rwsplit.pool;

/** Why a pool opens no connection to its replica. Immutable; its text holds no known secret. */
public final class PoolTrouble {
  /** A pool that nobody asks to grow tries nothing: an old failure says nothing of now. */
  private static final long FRESH_NANOS = 60_000_000_000L;

  private final String key;
  private final String text;
  private final boolean inSetUp;
  private final long since;
  private final long newest;

  PoolTrouble(String key, String text, boolean inSetUp, long since, long newest) {
    this.key = key;
    this.text = text;
    this.inSetUp = inSetUp;
    this.since = since;
    this.newest = newest;
  }

  /** Equal for equal causes, whatever numbers the server's message holds. */
  public String key() {
    return key;
  }

  /** What the driver or the server says, for people. */
  public String text() {
    return text;
  }

  /** True when the driver had opened a connection that could not be made ready then. */
  boolean isOfSetUp() {
    return inSetUp;
  }

  /** Since when no attempt has succeeded, by {@link System#nanoTime()}. */
  public long sinceNanos() {
    return since;
  }

  /** False when nothing was tried for long; {@code now} is by {@link System#nanoTime()}. */
  public boolean isFresh(long now) {
    return now - newest < FRESH_NANOS;
  }

  /** When the newest attempt failed, by the same clock. */
  public long newestNanos() {
    return newest;
  }
}
