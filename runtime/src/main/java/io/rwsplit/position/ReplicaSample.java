package io.rwsplit.position;

import io.rwsplit.consistency.Position;

/** What a replica said of its position. Immutable. */
final class ReplicaSample {
  /** What every snapshot taken from now on includes. */
  final Position reached;

  /** How old what it shows is by its own account, in nanoseconds; negative when it does not say. */
  final long ageNanos;

  ReplicaSample(Position reached, long ageNanos) {
    this.reached = reached;
    this.ageNanos = ageNanos;
  }
}
