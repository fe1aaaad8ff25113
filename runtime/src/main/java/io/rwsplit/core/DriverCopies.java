package io.rwsplit.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The copies of the driver with which the application opens the master: one as a rule, several when
 * web applications bring their own. Thread-safe.
 */
final class DriverCopies {
  private final List<DriverCopy> copies = new ArrayList<>();
  private final Map<Thread, DriverCopy> connecting = new ConcurrentHashMap<>();

  /** The copy of this loader, which is null for the boot loader. */
  synchronized DriverCopy of(ClassLoader loader) {
    for (Iterator<DriverCopy> each = copies.iterator(); each.hasNext(); ) {
      DriverCopy copy = each.next();
      if (copy.isOf(loader) && !copy.isCollected()) {
        return copy;
      }
      if (copy.isCollected()) {
        each.remove();
      }
    }
    DriverCopy made = new DriverCopy(loader);
    copies.add(made);
    return made;
  }

  /** True while another copy has the master open too, as far as it is known. */
  boolean isOtherInUse(DriverCopy than) {
    List<DriverCopy> all;
    synchronized (this) {
      all = new ArrayList<>(copies);
    }
    for (DriverCopy copy : all) {
      if (copy != than && !copy.isStopped() && copy.isInUse()) {
        return true;
      }
    }
    return false;
  }

  /** The current thread's connect by this copy begins. */
  void begin(DriverCopy copy) {
    copy.connecting();
    DriverCopy before = connecting.put(Thread.currentThread(), copy);
    if (before != null) {
      before.connectEnded();
    }
  }

  /** The current thread's connect has ended, if one was begun. */
  void end() {
    DriverCopy copy = connecting.remove(Thread.currentThread());
    if (copy != null) {
      copy.connectEnded();
    }
  }
}
