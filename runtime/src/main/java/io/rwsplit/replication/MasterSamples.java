package io.rwsplit.replication;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Which tickets cover what the capture has found of the master's commits. Thread-safe: written by
 * the capture thread, which is woken for what needs a new look.
 */
final class MasterSamples {
  private static final long PROOF_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);

  private final Capture capture;
  private final Tickets tickets;
  private volatile long looked = System.nanoTime();

  /** Everything up to this ticket is in a sample. */
  private volatile long covered;

  /** Drawn for the newest sample that held commits, or when the master was attached. */
  private volatile long changed;

  /** What the master's log was found to hold; null while no master is attached. */
  private volatile MasterSample newest;

  MasterSamples(Capture capture, Tickets tickets) {
    this.capture = capture;
    this.tickets = tickets;
  }

  /** See {@link ReplicationTickets#newTicket}. */
  long newTicket() {
    long ticket = tickets.next();
    capture.wake();
    return ticket;
  }

  /** See {@link ReplicationTickets#newestTicket}. */
  long newestTicket() {
    return tickets.newest();
  }

  /** See {@link ReplicationTickets#coveringTicket}. */
  long coveringTicket() {
    MasterSample sample = newest;
    return sample != null && sample.isCurrent() ? sample.ticket : newTicket();
  }

  /** See {@link ReplicationTickets#isUnchangedSince}. */
  boolean isUnchangedSince(long ticket, long patienceNanos) {
    long deadline = System.nanoTime() + patienceNanos;
    long asked = newTicket();
    while (covered < asked) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(PROOF_PAUSE);
    }
    return changed <= ticket;
  }

  /** Frames of the master's log when it was last looked at; 0 while none is attached. */
  int logFrames() {
    MasterSample sample = newest;
    return sample == null ? 0 : sample.frames();
  }

  /** Nanoseconds since the master was last looked at. */
  long age() {
    return Math.max(0, System.nanoTime() - looked);
  }

  // The capture thread.

  /** A look at the master begins. */
  void looking() {
    looked = System.nanoTime();
  }

  /** The sample of the label held commits, or the master has just been attached. */
  void changedAt(long label) {
    changed = label;
  }

  long changedAt() {
    return changed;
  }

  /** The feeds have all that this reading holds, with {@link #changedAt()} or a later ticket. */
  void found(MasterLog log, WalIndexHeader header) {
    newest = new MasterSample(log, header, changed);
  }

  /** Everything up to the ticket is in a sample. */
  void covers(long ticket) {
    covered = ticket;
  }

  /** The master was let go of. */
  void lost() {
    newest = null;
  }
}
