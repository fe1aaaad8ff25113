package io.rwsplit.cli.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows that were seen to differ, and how often they did in the same way. A row that a writer
 * changes meanwhile begins anew: what counts is a replica that had the chance to get a value which
 * its master held before and after. Used by one thread.
 */
final class Suspects<K> {
  static final int ENOUGH = 3;

  /** How one key was seen. */
  private static final class Seen {
    long[] master;
    long[] replica;
    int times;
    long since;
  }

  private final Map<K, Seen> seen = new LinkedHashMap<>();

  /**
   * One more look.
   *
   * @param before on the master, before the replica was waited for
   * @param replica then
   * @param after on the master after that
   */
  void look(Map<K, long[]> before, Map<K, long[]> replica, Map<K, long[]> after, long now) {
    Set<K> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(replica.keySet());
    keys.addAll(after.keySet());
    seen.keySet().retainAll(keys);
    for (K key : keys) {
      long[] master = after.get(key);
      long[] other = replica.get(key);
      boolean still = RowSum.same(before.get(key), master);
      if (still && RowSum.same(master, other)) {
        seen.remove(key);
        continue;
      }
      Seen known = seen.get(key);
      boolean same =
          known != null
              && still
              && RowSum.same(known.master, master)
              && RowSum.same(known.replica, other);
      if (!same) {
        known = new Seen();
        known.since = now;
        seen.put(key, known);
      }
      known.master = master;
      known.replica = other;
      known.times = still ? known.times + 1 : 0;
    }
  }

  /** True when none is left to be looked at again. */
  boolean isDecided(long now, long settleNanos) {
    return certain(now, settleNanos).size() == seen.size();
  }

  /** Those that differ, beyond doubt. */
  List<K> certain(long now, long settleNanos) {
    List<K> certain = new ArrayList<>();
    for (Map.Entry<K, Seen> each : seen.entrySet()) {
      Seen known = each.getValue();
      if (known.times >= ENOUGH && now - known.since >= settleNanos) {
        certain.add(each.getKey());
      }
    }
    return certain;
  }

  /** How many are left. */
  int size() {
    return seen.size();
  }
}
