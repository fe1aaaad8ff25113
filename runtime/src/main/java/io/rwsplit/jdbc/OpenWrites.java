package io.rwsplit.jdbc;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The writes of all connections whose results are still open, so that they may not be committed
 * yet. Thread-safe; never blocks.
 */
final class OpenWrites {
  private final Queue<OpenWrite> writes = new ConcurrentLinkedQueue<>();

  void add(OpenWrite write) {
    writes.add(write);
  }

  /** True while one may not be committed yet; takes the tickets of those that are over. */
  boolean any(ThreadState thread) {
    boolean open = false;
    for (Iterator<OpenWrite> each = writes.iterator(); each.hasNext(); ) {
      OpenWrite write = each.next();
      if (write.isOver(thread)) {
        each.remove();
      } else {
        open = true;
      }
    }
    return open;
  }
}
