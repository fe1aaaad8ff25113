package legacy.history;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The next version of every register and pair. Who writes one holds its lock from before the
 * version is drawn until the commit has returned: versions are committed in their order.
 */
final class Registers {
  private final ReentrantLock[] locks = new ReentrantLock[History.REGISTERS + History.PAIRS];
  private final long[] versions = new long[locks.length];

  Registers() {
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** Locks a register and draws its next version. */
  long drawRegister(int id) {
    return draw(id);
  }

  void releaseRegister(int id) {
    locks[id].unlock();
  }

  /** Locks a pair and draws its next version. */
  long drawPair(int id) {
    return draw(History.REGISTERS + id);
  }

  void releasePair(int id) {
    locks[History.REGISTERS + id].unlock();
  }

  private long draw(int index) {
    locks[index].lock();
    return ++versions[index];
  }
}
