package io.rwsplit.replication;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the rows of one table at one commit, range by range: first a checksum of each, and where
 * that differs the rows. Used by one thread.
 */
final class RowComparison {
  private static final int RANGE = 500;

  /** No limit. */
  private static final int ALL = -1;

  private final SqliteSession master;
  private final SqliteSession replica;
  private final TableShape shape;
  private final CheckReport found;

  /** Behind which key the range begins, and where it ends; null for none. */
  private Object[] after;

  private Object[] last;
  private int count;
  private long sum;

  RowComparison(SqliteSession master, SqliteSession replica, TableShape shape, CheckReport found) {
    this.master = master;
    this.replica = replica;
    this.shape = shape;
    this.found = found;
  }

  /** The key to go on behind. */
  Object[] after() {
    return after;
  }

  /**
   * Compares the rows behind a key, until the time is over.
   *
   * @return true at the end of the table
   */
  boolean compare(Object[] from, long deadline) throws SQLException {
    after = from;
    while (true) {
      boolean end = readMaster(deadline);
      Object[] upTo = end ? null : last;
      try {
        compareReplica(upTo);
      } catch (SQLException e) {
        found.add(Difference.Kind.UNREADABLE, shape.name + range(upTo), e.getMessage());
        return true;
      }
      if (end) {
        return true;
      }
      if (after != null && Arrays.deepEquals(after, last)) {
        found.note(shape.name + ": its keys cannot be told apart; only its pages were compared");
        return true;
      }
      after = last;
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
    }
  }

  /** Reads a range; true when it reaches to the end of the table. */
  private boolean readMaster(long deadline) throws SQLException {
    count = 0;
    sum = 0;
    last = after;
    try (RowRange rows = new RowRange(master, shape, after, null, RANGE)) {
      while (rows.next()) {
        sum = RowRange.mix(sum, rows.sum());
        count++;
        last = rows.key();
        if (System.nanoTime() - deadline > 0) {
          return false;
        }
      }
    }
    return count < RANGE;
  }

  private void compareReplica(Object[] upTo) throws SQLException {
    int own = 0;
    long ownSum = 0;
    try (RowRange rows = new RowRange(replica, shape, after, upTo, ALL)) {
      while (rows.next()) {
        ownSum = RowRange.mix(ownSum, rows.sum());
        own++;
      }
    }
    found.addRows(shape.name, count, own);
    if (own != count || ownSum != sum) {
      listRows(upTo);
    }
  }

  private String range(Object[] upTo) {
    return " (" + RowRange.text(after) + " … " + RowRange.text(upTo) + "]";
  }

  /** The master's rows of a range are few; the replica's may be many, and are only passed by. */
  private void listRows(Object[] upTo) throws SQLException {
    Map<List<Object>, Long> theirs = new LinkedHashMap<List<Object>, Long>();
    try (RowRange rows = new RowRange(master, shape, after, upTo, RANGE)) {
      while (rows.next()) {
        theirs.put(comparable(rows.key()), rows.sum());
      }
    }
    String where = shape.name + range(upTo);
    try (RowRange rows = new RowRange(replica, shape, after, upTo, ALL)) {
      while (rows.next()) {
        Object[] key = rows.key();
        Long expected = theirs.remove(comparable(key));
        if (expected == null) {
          found.add(Difference.Kind.ROW_EXTRA, where, RowRange.text(key));
        } else if (expected != rows.sum()) {
          found.add(Difference.Kind.ROW_CHANGED, where, RowRange.text(key));
        }
      }
    }
    for (List<Object> missing : theirs.keySet()) {
      found.add(Difference.Kind.ROW_MISSING, where, RowRange.text(missing.toArray()));
    }
  }

  private static List<Object> comparable(Object[] key) {
    List<Object> values = new ArrayList<Object>(key.length);
    for (Object value : key) {
      values.add(value instanceof byte[] ? ByteBuffer.wrap((byte[]) value) : value);
    }
    return values;
  }
}
