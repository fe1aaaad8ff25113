package io.rwsplit.observe;

/**
 * The tables that one thread has written last, and when; the oldest gives way. Confined to its
 * thread, and small for good.
 */
public final class RecentWrites {
  private static final int MOST = 16;

  private final TableUse[] tables = new TableUse[MOST];
  private final long[] times = new long[MOST];

  /** Notes a write of the table. */
  void wrote(TableUse table, long now) {
    int place = 0;
    for (int i = 0; i < MOST; i++) {
      if (tables[i] == table || tables[i] == null) {
        place = i;
        break;
      }
      if (times[i] - times[place] < 0) {
        place = i;
      }
    }
    tables[place] = table;
    times[place] = now;
  }

  /** True when the table was written within the time before now, in nanoseconds. */
  boolean wroteWithin(TableUse table, long now, long window) {
    for (int i = 0; i < MOST && tables[i] != null; i++) {
      if (tables[i] == table) {
        return now - times[i] < window;
      }
    }
    return false;
  }
}
