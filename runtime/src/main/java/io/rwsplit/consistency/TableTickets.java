package io.rwsplit.consistency;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The newest write to each table, as tickets: whoever reads some tables only need wait for those.
 * Bounded: when there are too many tables, they all count as written. Thread-safe; never blocks for
 * longer than a look into a map.
 */
public final class TableTickets {
  /** Tables that are told apart. */
  static final int MAX_TABLES = 256;

  private final Map<String, Long> tables = new HashMap<>();

  /** The newest write that may have touched any table. */
  private long all;

  /** The newest of all writes. */
  private long newest;

  /**
   * A write has completed.
   *
   * @param touched every table it may have touched; null when nobody can tell
   */
  public synchronized void wrote(Collection<String> touched, long ticket) {
    newest = Math.max(newest, ticket);
    if (touched == null) {
      all = newest;
      tables.clear();
      return;
    }
    for (String table : touched) {
      Long known = tables.get(table);
      if (known == null && tables.size() >= MAX_TABLES) {
        all = newest;
        tables.clear();
        return;
      }
      if (known == null || known < ticket) {
        tables.put(table, ticket);
      }
    }
  }

  /**
   * The ticket that a read must be covered for; 0 when it need not see any write.
   *
   * @param read every table it can show; null when nobody can tell
   */
  public synchronized long needed(Collection<String> read) {
    if (read == null) {
      return newest;
    }
    long needed = all;
    if (!tables.isEmpty()) {
      for (String table : read) {
        Long ticket = tables.get(table);
        if (ticket != null && ticket > needed) {
          needed = ticket;
        }
      }
    }
    return needed;
  }
}
