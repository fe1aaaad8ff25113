package io.rwsplit.jdbc;

import io.rwsplit.consistency.WriteTracker;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The writes of all connections whose results are still open, so that they may not be committed
 * yet. Thread-safe; never blocks.
 */
final class OpenWrites {
  private final Queue<OpenWrite> writes = new ConcurrentLinkedQueue<>();
  private static final OpenWrite[] NONE = new OpenWrite[0];

  private final WriteTracker tracker;

  OpenWrites(WriteTracker tracker) {
    this.tracker = tracker;
  }

  void add(OpenWrite write) {
    write.noted = tracker.writeOpened();
    writes.add(write);
  }

  /** True while one may not be committed yet; takes the tickets of those that are over. */
  boolean any(ThreadState thread) {
    if (writes.isEmpty()) {
      return false;
    }
    boolean open = false;
    for (OpenWrite write : writes.toArray(NONE)) {
      if (!write.isOver(thread)) {
        open = true;
      } else if (writes.remove(write)) {
        tracker.writeClosed(write.noted);
      }
    }
    return open;
  }
}
