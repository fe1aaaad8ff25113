package io.rwsplit.consistency;

/**
 * A value of a heartbeat table, which only grows, as a position: for replicas that apply in the
 * order of commits, and tell nothing else. Immutable.
 *
 * <p>What the master has committed when it is asked is covered by the <em>next</em> beat, since the
 * newest one may be older than the newest write: the master's position is between the two.
 */
public final class Beat implements Position {
  private final long value;
  private final boolean afterwards;

  private Beat(long value, boolean afterwards) {
    this.value = value;
    this.afterwards = afterwards;
  }

  /** The position of a replica that shows a beat: it has all that was committed before that. */
  public static Beat shown(long value) {
    return new Beat(value, false);
  }

  /** The position of a master whose newest beat this is. */
  public static Beat after(long value) {
    return new Beat(value, true);
  }

  @Override
  public boolean includes(Position other) {
    Beat beat = (Beat) other;
    return value > beat.value || (value == beat.value && (afterwards || !beat.afterwards));
  }

  @Override
  public long bytesTo(Position ahead) {
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Beat
        && value == ((Beat) other).value
        && afterwards == ((Beat) other).afterwards;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value) * 2 + (afterwards ? 1 : 0);
  }

  @Override
  public String toString() {
    return (afterwards ? "after beat " : "beat ") + value;
  }
}
