package io.rwsplit.circuit;

/**
 * Counts faults of rwsplit's own: so many within a window of time open it, and nothing is routed
 * for a pause; then routing is tried, and either a fault opens it again, for longer, or a window
 * without any closes it.
 *
 * <p>Thread-safe; its lock is held for a few instructions. Times are {@link System#nanoTime()}'s.
 */
public final class Circuit {
  /** What is done now. */
  public enum State {
    /** Reads are routed. */
    CLOSED,
    /** All statements go to the master. */
    OPEN,
    /** Reads are routed again; one fault opens it. */
    TRIAL
  }

  private final CircuitRules rules;

  // All below is guarded by this.

  private State state = State.CLOSED;

  /** When the newest faults were, a ring: the next one is older than all others. */
  private final long[] times;

  private int next;
  private int known;

  /** Since when the state is what it is. */
  private long since;

  /** Of the pause that runs, or the last one. */
  private long pause;

  private long total;
  private long opened;

  public Circuit(CircuitRules rules) {
    this.rules = rules;
    this.times = new long[Math.max(1, rules.faults)];
  }

  /**
   * A fault was met.
   *
   * @return true when it has opened the circuit
   */
  public synchronized boolean fault(long now) {
    total++;
    times[next] = now;
    next = (next + 1) % times.length;
    known = Math.min(known + 1, times.length);
    boolean opens =
        state == State.TRIAL
            || (state == State.CLOSED
                && rules.faults > 0
                && known == times.length
                && now - times[next] <= rules.windowNanos);
    if (opens) {
      boolean soon = state == State.TRIAL || (pause != 0 && now - since < pause);
      pause = soon ? rules.longer(pause) : rules.pauseNanos;
      become(State.OPEN, now);
      opened++;
    }
    return opens;
  }

  /** The state at a moment: a pause or a trial may be over by then. */
  public synchronized State look(long now) {
    if (state == State.OPEN && now - since >= pause) {
      become(State.TRIAL, now);
    } else if (state == State.TRIAL && now - since >= rules.windowNanos) {
      become(State.CLOSED, now);
    }
    return state;
  }

  private void become(State newState, long now) {
    state = newState;
    since = now;
    known = 0;
  }

  /** Length of the pause that runs, or of the last one, in nanoseconds; 0 before the first. */
  public synchronized long pauseNanos() {
    return pause;
  }

  /** Faults since the start. */
  public synchronized long faults() {
    return total;
  }

  /** How often it has opened. */
  public synchronized long opened() {
    return opened;
  }
}
