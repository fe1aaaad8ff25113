package io.rwsplit.jdbc;

import io.rwsplit.pool.Shadow;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A result that has been open for long. Whoever has it may have forgotten it: pools that do not
 * close statements at return (Tomcat JDBC, BoneCP, drivers' pooled connections) leave that to the
 * collector, so rwsplit must not be what keeps it alive.
 *
 * <p>Guarded by the connection's lock, but for {@link #endsLive}.
 */
final class LooseResult extends WeakReference<RedirectedResultSet> {
  final HeldLease lease;

  /** Null for one that nothing but the result keeps. */
  final Shadow shadow;

  /** It may have rows left that the replica connection holds, and counts as such. */
  private final AtomicBoolean live;

  /** It keeps its lease. */
  boolean attached = true;

  LooseResult(RedirectedResultSet result, HeldLease lease, Shadow shadow, boolean live) {
    super(result);
    this.lease = lease;
    this.shadow = shadow;
    this.live = new AtomicBoolean(live);
  }

  /** True for the first who is told that it has no rows left: its lease is to know. Any thread. */
  boolean endsLive() {
    return live.getAndSet(false);
  }
}
