package io.rwsplit.compare;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the application's threads leave a part of their reads, without waiting: what there is no
 * room for is dropped. Thread-safe.
 */
public final class ReadSampler {
  /** A longer text would make the queue a burden. */
  private static final int LONGEST = 20_000;

  private static final int ROOM = 32;
  private static final int ALL = 10_000;

  private final int hundredths;
  private final ArrayBlockingQueue<SampledRead> queue = new ArrayBlockingQueue<>(ROOM);
  private final LongAdder dropped = new LongAdder();
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param hundredths of a percent of the reads are taken
   */
  public ReadSampler(int hundredths) {
    this.hundredths = hundredths;
  }

  /** True when the read that is at hand is to be offered; counts one there is no room for. */
  public boolean wants(String sql) {
    if (sql == null || ThreadLocalRandom.current().nextInt(ALL) >= hundredths) {
      return false;
    }
    if (sql.length() > LONGEST || queue.remainingCapacity() == 0) {
      dropped.increment();
      return false;
    }
    return true;
  }

  /** Any of so many replicas, where none serves the read. */
  public int any(int replicas) {
    return (turn.getAndIncrement() & Integer.MAX_VALUE) % replicas;
  }

  /** Leaves a read here. */
  public void offer(SampledRead read) {
    if (!queue.offer(read)) {
      dropped.increment();
    }
  }

  /** The next one; null when there is none in time. */
  SampledRead poll(long nanos) throws InterruptedException {
    return queue.poll(nanos, TimeUnit.NANOSECONDS);
  }

  int hundredths() {
    return hundredths;
  }

  long dropped() {
    return dropped.sum();
  }

  int waiting() {
    return queue.size();
  }
}
