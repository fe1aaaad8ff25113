package io.rwsplit.pool;

/**
 * The place of one replica's pool: the pool in it is exchanged when the replica's database was
 * built anew, and connections opened before are not lent any more. Thread-safe.
 */
public final class PoolSlot {
  private volatile ReplicaPool pool;

  PoolSlot(ReplicaPool pool) {
    this.pool = pool;
  }

  /** A connection, or null when none is at hand. Never blocks. */
  public Lease borrow(Lease preferred) {
    return pool.borrow(preferred);
  }

  /** The pool that lends now. */
  public ReplicaPool pool() {
    return pool;
  }

  ReplicaPool exchange(ReplicaPool fresh) {
    ReplicaPool old = pool;
    pool = fresh;
    return old;
  }
}
