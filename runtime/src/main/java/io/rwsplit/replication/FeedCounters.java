package io.rwsplit.replication;

import java.util.concurrent.atomic.AtomicLong;

/** What one feed has done. Written by the feed thread, read by anybody. */
final class FeedCounters {
  final AtomicLong transactions = new AtomicLong();
  final AtomicLong frames = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong resyncs = new AtomicLong();
  final AtomicLong checkpoints = new AtomicLong();
  final AtomicLong lastApplyMillis = new AtomicLong();

  /** One published commit. */
  void applied(long newFrames, long newBytes) {
    transactions.incrementAndGet();
    frames.addAndGet(newFrames);
    bytes.addAndGet(newBytes);
    lastApplyMillis.set(System.currentTimeMillis());
  }

  /** These with the state of the feed's link. */
  FeedStatus with(FeedLink link) {
    return new FeedStatus(
        link.state(),
        link.reason(),
        link.lastFailure(),
        link.lag(),
        transactions.get(),
        frames.get(),
        bytes.get(),
        resyncs.get(),
        checkpoints.get(),
        lastApplyMillis.get());
  }
}
