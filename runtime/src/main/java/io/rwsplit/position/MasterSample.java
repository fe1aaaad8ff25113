package io.rwsplit.position;

import io.rwsplit.consistency.Position;

/** What a master said of its position. Immutable. */
final class MasterSample {
  /** Everything that was committed before the question is at or before it. */
  final Position written;

  /** What can be shipped by now; null when that is {@link #written}, or cannot be told. */
  final Position flushed;

  /** The longest time from a commit's return to its flush, in nanoseconds. */
  final long flushDelayNanos;

  MasterSample(Position written, Position flushed, long flushDelayNanos) {
    this.written = written;
    this.flushed = flushed;
    this.flushDelayNanos = flushDelayNanos;
  }
}
