package io.rwsplit.pool;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The slots of one set of connection properties, by replica index. They only become more: a replica
 * that joins later gets the next one. Thread-safe.
 */
public final class PoolSlots {
  private volatile PoolSlot[] slots;

  PoolSlots(PoolSlot[] slots) {
    this.slots = slots;
  }

  /** The slot of a replica; there is one for every replica that was ever in service. */
  public PoolSlot of(int replica) {
    return slots[replica];
  }

  PoolSlot[] all() {
    return slots;
  }

  /** {@link ReplicaPool#closedResult()} of each. */
  public List<ResultSet> closedResults() {
    List<ResultSet> closed = new ArrayList<>();
    for (PoolSlot slot : slots) {
      closed.add(slot.pool().closedResult());
    }
    return closed;
  }

  /** Under the lock of the pools. */
  void add(PoolSlot slot) {
    PoolSlot[] more = Arrays.copyOf(slots, slots.length + 1);
    more[slots.length] = slot;
    slots = more;
  }
}
