package io.rwsplit.consistency;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The newest completed write of the whole JVM.
 *
 * <p>A ticket is drawn after the commit took effect and before the application's call returns, so
 * that a read which begins after that return finds it here. Thread-safe; never blocks.
 */
public final class NewestWrite {
  private final AtomicLong ticket = new AtomicLong();

  /** A write with this ticket has completed. */
  public void raise(long drawn) {
    long known = ticket.get();
    while (known < drawn && !ticket.compareAndSet(known, drawn)) {
      known = ticket.get();
    }
  }

  /** The newest ticket; 0 before the first write. */
  public long ticket() {
    return ticket.get();
  }
}
