package io.rwsplit.pool;

import io.rwsplit.session.SessionSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The statements that are kept on one replica connection for executions to come.
 *
 * <p>Thread-safe. To take one and to give it back takes no lock; to add one and to let one go does,
 * which is never held during a call to a driver. What is returned as unwanted is to be closed by
 * the caller, and by nobody else.
 */
final class ShadowCache {
  /** Prepared statements kept; each costs the driver a compiled statement. */
  private static final int KEPT = 128;

  /** Those in use, too, of which there may be others besides. */
  private final Map<Shadow.Key, Shadow> prepared = new ConcurrentHashMap<>(32);

  /**
   * The same ones, roughly in the order of their last use: one that was used since it was put here
   * is put at the end when its turn comes. Guarded by itself.
   */
  private final ArrayDeque<Shadow> order = new ArrayDeque<>();

  /** A plain statement that rests; null when there is none. */
  private final AtomicReference<Shadow> plain = new AtomicReference<>();

  /** For the next look, so that it allocates nothing; null while a look has it. */
  private final AtomicReference<Shadow.Key> probe = new AtomicReference<>();

  /**
   * What a statement is kept by: for {@link #take} or a new statement's own, or to be given back by
   * {@link #unused}.
   */
  Shadow.Key key(
      String sql, StatementSettings settings, int resultSetType, SessionSettings session) {
    Shadow.Key key = probe.getAndSet(null);
    if (key == null) {
      key = new Shadow.Key();
    }
    key.set(sql, settings, resultSetType, session);
    return key;
  }

  /** Nobody needs the key. */
  void unused(Shadow.Key key) {
    probe.lazySet(key);
  }

  /** A prepared statement that rests, in use from now on; null when there is none. */
  Shadow take(Shadow.Key key) {
    Shadow kept = prepared.get(key);
    return kept != null && kept.tryUse() ? kept : null;
  }

  /** The plain statement, in use from now on; null when there is none. */
  Shadow takePlain() {
    return plain.get() == null ? null : plain.getAndSet(null);
  }

  /**
   * Keeps a statement whose execution is over.
   *
   * @return one that is unwanted, this or another; null for none
   */
  Shadow keep(Shadow shadow) {
    if (shadow.key() == null) {
      return plain.compareAndSet(null, shadow) ? null : shadow;
    }
    shadow.rest();
    // Only now: what is taken out of the cache before is this thread's to close, after is not.
    if (prepared.get(shadow.key()) == shadow || !shadow.drop()) {
      return null;
    }
    synchronized (order) {
      return add(shadow);
    }
  }

  private Shadow add(Shadow shadow) {
    Shadow twin = prepared.get(shadow.key());
    if (twin != null && !twin.isInUse()) {
      return shadow;
    }
    shadow.rest();
    order.addLast(shadow);
    prepared.put(shadow.key(), shadow);
    if (twin == null) {
      return order.size() <= KEPT ? null : eldest();
    }
    boolean unused = order.remove(twin);
    // Who has it may have given it back just before, and have found it still kept.
    return twin.drop() ? twin : null;
  }

  /** Takes one out that was not used for long; null when all are in use. */
  private Shadow eldest() {
    // Twice: in the first round all may have been used since the last one.
    for (int i = 2 * order.size(); i > 0; i--) {
      Shadow first = order.removeFirst();
      if (!first.wasUsed() && first.drop()) {
        prepared.remove(first.key(), first);
        return first;
      }
      order.addLast(first);
    }
    return null;
  }

  /** It is going to be closed by the caller. */
  void forget(Shadow shadow) {
    if (shadow.key() == null || prepared.get(shadow.key()) != shadow) {
      return;
    }
    synchronized (order) {
      if (prepared.remove(shadow.key(), shadow)) {
        boolean unused = order.remove(shadow);
      }
    }
  }

  /** Forgets all; those that rest are unwanted, the others as soon as they are given back. */
  List<Shadow> clear() {
    List<Shadow> unwanted = new ArrayList<>();
    synchronized (order) {
      List<Shadow> all = new ArrayList<>(prepared.values());
      prepared.clear();
      order.clear();
      for (Shadow shadow : all) {
        if (shadow.drop()) {
          unwanted.add(shadow);
        }
      }
    }
    Shadow idle = takePlain();
    if (idle != null) {
      unwanted.add(idle);
    }
    return unwanted;
  }
}
