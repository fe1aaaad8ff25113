package io.rwsplit.core;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A set of objects by identity that does not keep them from being collected. Not thread-safe. */
final class Holders {
  private final List<WeakReference<Object>> references = new ArrayList<WeakReference<Object>>();

  void add(Object holder) {
    for (WeakReference<Object> reference : references) {
      if (reference.get() == holder) {
        return;
      }
    }
    references.add(new WeakReference<Object>(holder));
  }

  /** False when it was not there. */
  boolean remove(Object holder) {
    for (Iterator<WeakReference<Object>> each = references.iterator(); each.hasNext(); ) {
      if (each.next().get() == holder) {
        each.remove();
        return true;
      }
    }
    return false;
  }

  /** True when some were there that have been collected since. */
  boolean dropCollected() {
    boolean dropped = false;
    for (Iterator<WeakReference<Object>> each = references.iterator(); each.hasNext(); ) {
      if (each.next().get() == null) {
        each.remove();
        dropped = true;
      }
    }
    return dropped;
  }

  boolean isEmpty() {
    return references.isEmpty();
  }
}
