package io.rwsplit.jdbc;

/**
 * Where the open transaction of one connection is counted as being inside the gate, from its first
 * statement on the master to its end. Thread-safe; never blocks.
 */
final class GatePlace {
  private final MasterGate gate;
  private volatile int transaction = MasterGate.NOWHERE;

  GatePlace(MasterGate gate) {
    this.gate = gate;
  }

  /** True while a transaction is inside: its statements need not enter. */
  boolean isInside() {
    return transaction != MasterGate.NOWHERE;
  }

  /**
   * A statement on the master is over.
   *
   * @param place what the gate returned for it, or {@link MasterGate#NOWHERE}
   * @param inTransaction whether a transaction is open now, which then is inside in its place
   */
  void leave(int place, boolean inTransaction) {
    if (place == MasterGate.NOWHERE) {
      if (inTransaction || transaction == MasterGate.NOWHERE) {
        return;
      }
    } else if (!inTransaction && transaction == MasterGate.NOWHERE) {
      gate.leave(place);
      return;
    }
    int leaves = place;
    int ended = MasterGate.NOWHERE;
    synchronized (this) {
      if (!inTransaction) {
        ended = transaction;
        transaction = MasterGate.NOWHERE;
      } else if (place != MasterGate.NOWHERE && transaction == MasterGate.NOWHERE) {
        transaction = place;
        leaves = MasterGate.NOWHERE;
      }
    }
    goOut(leaves);
    goOut(ended);
  }

  /** A JDBC call has ended whatever transaction was open. */
  void transactionOver() {
    int ended;
    synchronized (this) {
      ended = transaction;
      transaction = MasterGate.NOWHERE;
    }
    goOut(ended);
  }

  private void goOut(int place) {
    if (place != MasterGate.NOWHERE) {
      gate.leave(place);
    }
  }
}
