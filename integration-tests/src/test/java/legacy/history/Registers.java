package legacy.history;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The next version of every register and pair. Who writes one holds its lock from before the
 * version is drawn until the commit has returned: versions are committed in their order. Of several
 * processes each writes its own.
 */
final class Registers {
  private final ReentrantLock[] locks = new ReentrantLock[History.REGISTERS + History.PAIRS];
  private final long[] versions = new long[locks.length];
  private final int part;
  private final int parts;

  /**
   * Those of all registers and pairs whose number leaves {@code part} when divided.
   *
   * @param before no version up to this is drawn
   */
  Registers(int part, int parts, long before) {
    Arrays.fill(versions, before);
    this.part = part;
    this.parts = parts;
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** One of {@code count} that this process writes. */
  int any(Random random, int count) {
    while (true) {
      int id = random.nextInt(count);
      if (id % parts == part) {
        return id;
      }
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
