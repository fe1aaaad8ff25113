package io.rwsplit.replication;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The counter of the JVM that feeds the replicas, or of one that has nobody to ask.
 *
 * <p>Any thread draws a ticket for what has returned by then. The capture thread takes labels for
 * its samples: a label is published to other JVMs before its sample begins, so whoever reads the
 * newest published one and takes the next number has a ticket that only a later sample reaches.
 * Tickets also go up with the clock between two leaders, so that the numbers of a lost file of
 * positions stay below those of the next. Thread-safe but for the labels.
 */
final class Tickets {
  private static final long LEAP = 1L << 32;

  private final AtomicLong counter = new AtomicLong();

  /** Null while this JVM does not lead, or cannot share. */
  private volatile SharedPositions shared;

  private long published;

  /** A ticket for something on the master that has returned on this thread. */
  long next() {
    return counter.incrementAndGet();
  }

  long newest() {
    return counter.get();
  }

  /** Later tickets are at least this. */
  void raise(long ticket) {
    long known = counter.get();
    while (known < ticket && !counter.compareAndSet(known, ticket)) {
      known = counter.get();
    }
  }

  /**
   * This JVM leads from now on.
   *
   * @param positions null when nobody can be told
   */
  void lead(SharedPositions positions) {
    long base = positions == null ? 0 : positions.newestNumber();
    base = Math.max(base, counter.get()) + LEAP;
    raise(Math.max(base, System.currentTimeMillis() << 20));
    shared = positions;
    publish(counter.get());
  }

  /** It leads no more. */
  void stop() {
    shared = null;
  }

  /** A label for a sample that begins after this call; all wishes of other JVMs are below. */
  long label() {
    SharedPositions others = shared;
    if (others != null) {
      raise(others.mostWanted());
    }
    return publish(counter.get());
  }

  /** The same, above all drawn before. */
  long newLabel() {
    return publish(counter.incrementAndGet());
  }

  private long publish(long label) {
    SharedPositions others = shared;
    if (others != null && label > published) {
      others.drawn(label);
    }
    published = Math.max(published, label);
    return label;
  }

  /** True when nothing was drawn or wished since the label. */
  boolean isStill(long label) {
    SharedPositions others = shared;
    return counter.get() == label && (others == null || others.mostWanted() <= label);
  }
}
