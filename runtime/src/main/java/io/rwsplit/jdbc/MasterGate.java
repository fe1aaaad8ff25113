package io.rwsplit.jdbc;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The door through which statements and transactions of the application reach the master. Closed
 * for a few milliseconds at a time, while the write-ahead log is reset: see {@code WriterGate} of
 * the replication.
 *
 * <p>Thread-safe. Who enters while it is closed waits until it opens: some milliseconds, on a slow
 * disk as long as a checkpoint of the rest of the log takes. The bound is for the case that nobody
 * opens it; then the application may meet a lock, as it would beside any other writer.
 *
 * <p>Who is inside is counted in several places, so that threads which enter at the same time do
 * not wait for one memory cell. Every visitor counts, and is counted out, at one place. He counts
 * first and looks at {@link #closed} then; who closes the gate does the reverse. A place found at 0
 * after that can only be counted up by visitors who see the gate closed and turn back: so a look at
 * one place after the other finds all at 0 only when nobody is inside.
 */
public final class MasterGate {
  /** What {@link #enter} never returns. */
  static final int NOWHERE = -1;

  private static final long PATIENCE_NANOS = 3_000_000_000L;

  /**
   * Who goes in while the write lock is held may meet SQLITE_BUSY at once; what holds it is a sync
   * of the disk, and for one in a checkpoint of its own the bare application waits as long as it
   * takes.
   */
  private static final long LOCKED_PATIENCE_NANOS = 60_000_000_000L;

  /** Who waits is woken when the gate opens; this is for the case that nobody opens it. */
  private static final long PAUSE_NANOS = 50_000_000;

  /** A power of two. */
  private static final int PLACES = 16;

  /** Integers between two places: no two share a cache line, nor do neighbouring lines. */
  private static final int APART = 32;

  private final long patienceNanos;
  private final long lockedPatienceNanos;
  private volatile boolean closed;

  /** Whoever enters meets the write lock. */
  private volatile boolean locked;

  /** Threads that wait for the gate to open; they look at it after they have joined. */
  private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();

  private final AtomicIntegerArray inside = new AtomicIntegerArray((PLACES + 1) * APART);

  /** An open gate. */
  public MasterGate() {
    this(PATIENCE_NANOS, LOCKED_PATIENCE_NANOS);
  }

  /**
   * An open gate.
   *
   * @param patienceNanos how long a visitor waits at most
   * @param lockedPatienceNanos how long while the write lock is held
   */
  MasterGate(long patienceNanos, long lockedPatienceNanos) {
    this.patienceNanos = patienceNanos;
    this.lockedPatienceNanos = lockedPatienceNanos;
  }

  /** Nobody new gets in, for a while. */
  public void close() {
    closed = true;
  }

  /** True when nobody is inside; to be asked while the gate is closed. */
  public boolean isQuiet() {
    for (int i = 1; i <= PLACES; i++) {
      if (inside.get(i * APART) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The write lock is taken, or about to be, until the gate is opened. */
  public void locked() {
    locked = true;
  }

  /** Lets everybody in. */
  public void open() {
    locked = false;
    closed = false;
    for (Thread visitor : waiting) {
      LockSupport.unpark(visitor);
    }
  }

  /**
   * Goes in, once the gate is open.
   *
   * @param visitor any number that tells threads apart
   * @return where the visitor is counted, for {@link #leave}
   */
  int enter(int visitor) {
    int place = ((visitor & (PLACES - 1)) + 1) * APART;
    inside.incrementAndGet(place);
    if (closed) {
      await(place);
    }
    return place;
  }

  /** Steps back until the gate is open; counted in again then, it looks once more. */
  private void await(int place) {
    long since = System.nanoTime();
    boolean patient = true;
    // An interrupt is the application's: it must neither end the wait nor turn it into a spin.
    boolean interrupted = Thread.interrupted();
    while (closed && patient) {
      inside.decrementAndGet(place);
      waiting.add(Thread.currentThread());
      while (closed && patient) {
        LockSupport.parkNanos(this, PAUSE_NANOS);
        interrupted |= Thread.interrupted();
        patient = System.nanoTime() - since < (locked ? lockedPatienceNanos : patienceNanos);
      }
      waiting.remove(Thread.currentThread());
      inside.incrementAndGet(place);
    }
    if (!patient) {
      // Whoever closed it hangs: the others need not find that out one after another.
      open();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Goes out, on whatever thread.
   *
   * @param place what {@link #enter} returned
   */
  void leave(int place) {
    inside.decrementAndGet(place);
  }
}
