package io.rwsplit.jdbc;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Hooks of objects that have no field for one, by identity. Holds the hook as long as the object
 * lives, and not the object. Thread-safe.
 */
final class WeakHooks<H> {
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object object, ReferenceQueue<Object> queue) {
      super(object, queue);
      this.hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Object mine = get();
      return mine != null && other instanceof Key && ((Key) other).get() == mine;
    }
  }

  private final ConcurrentMap<Key, H> hooks = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  /** The object's hook; null when it has none. */
  H get(Object object) {
    return hooks.get(new Key(object, null));
  }

  /** Takes the object's hook away; returns it, or null. */
  H remove(Object object) {
    return hooks.remove(new Key(object, null));
  }

  /** Gives the object a hook, unless it has one; returns the one it has. */
  H putIfAbsent(Object object, H hook) {
    for (Reference<?> each = gone.poll(); each != null; each = gone.poll()) {
      H unused = hooks.remove(each);
    }
    H before = hooks.putIfAbsent(new Key(object, gone), hook);
    return before == null ? hook : before;
  }
}
