package io.rwsplit.cli.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Compares one table of a master and a replica, range by range of its key. Where both show one
 * commit, what differs is different. Else a range that differs is looked at again, the master, then
 * the replica once it is where the master was, then the master again, until its rows are equal or
 * differ beyond doubt. Used by one thread.
 */
final class TableCheck {
  /** Looks at rows that writers never leave alone. */
  private static final int MOST_LOOKS = 40;

  /** At the end of a table so many times the rows of a range are read at once. */
  private static final int OPEN_RANGE = 8;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Dialect dialect;
  private final Pair pair;
  private final Table table;
  private final Pace pace;
  private final long settleNanos;
  private final boolean showValues;
  private final ReplicaReport report;

  /** Told how many rows are compared. */
  interface Progress {
    void rows(long compared);
  }

  TableCheck(
      Dialect dialect,
      Pair pair,
      Table table,
      Pace pace,
      long settleNanos,
      boolean showValues,
      ReplicaReport report) {
    this.dialect = dialect;
    this.pair = pair;
    this.table = table;
    this.pace = pace;
    this.settleNanos = settleNanos;
    this.showValues = showValues;
    this.report = report;
  }

  void run(Progress progress) throws SQLException {
    report.count(table.name, 0, 0);
    if (table.key.isEmpty()) {
      whole();
      return;
    }
    long compared = 0;
    RowKey after = null;
    boolean more = true;
    while (more) {
      Map<RowKey, long[]> ours;
      Map<RowKey, long[]> theirs;
      RowKey upTo;
      pair.begin();
      try {
        ours = pair.master().rows(table, after, null, pace.rows);
        upTo = ours.size() < pace.rows ? null : last(ours);
        theirs = pair.replica().rows(table, after, upTo, 2 * pace.rows);
        if (theirs.size() == 2 * pace.rows) {
          upTo = last(theirs);
          ours = pair.master().rows(table, after, upTo, 0);
        }
        if (equal(ours, theirs)) {
          report.count(table.name, ours.size(), theirs.size());
        } else if (pair.isExact()) {
          report.count(table.name, ours.size(), theirs.size());
          differences(ours, theirs);
        } else {
          range(after, upTo);
        }
      } finally {
        pair.end();
      }
      compared += ours.size();
      progress.rows(compared);
      more = upTo != null;
      after = upTo;
    }
  }

  private static RowKey last(Map<RowKey, long[]> rows) {
    RowKey last = null;
    for (RowKey key : rows.keySet()) {
      last = key;
    }
    return last;
  }

  private static boolean equal(Map<RowKey, long[]> ours, Map<RowKey, long[]> theirs) {
    if (ours.size() != theirs.size()) {
      return false;
    }
    for (Map.Entry<RowKey, long[]> each : ours.entrySet()) {
      if (!RowSum.same(each.getValue(), theirs.get(each.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** Of one commit, so there is no doubt. */
  private void differences(Map<RowKey, long[]> ours, Map<RowKey, long[]> theirs)
      throws SQLException {
    Set<RowKey> keys = new LinkedHashSet<>(ours.keySet());
    keys.addAll(theirs.keySet());
    for (RowKey key : keys) {
      if (!RowSum.same(ours.get(key), theirs.get(key))) {
        report.add(difference(key, ours.containsKey(key), theirs.containsKey(key)));
      }
    }
  }

  private void range(RowKey after, RowKey upTo) throws SQLException {
    Suspects<RowKey> suspects = new Suspects<>();
    Set<RowKey> keys = null;
    RowKey end = upTo;
    Map<RowKey, long[]> ours;
    Map<RowKey, long[]> theirs;
    long now;
    int looks = 0;
    do {
      pause(looks);
      int most = end == null ? OPEN_RANGE * pace.rows : 0;
      ours = pair.master().rows(table, after, end, most);
      awaitReplica();
      theirs = pair.replica().rows(table, after, end, most);
      Map<RowKey, long[]> again = pair.master().rows(table, after, end, most);
      now = System.nanoTime();
      looks++;
      if (most > 0 && Math.max(ours.size(), Math.max(theirs.size(), again.size())) == most) {
        // The end of the table has moved away: what was read last is a bound that stays.
        end = last(ours.size() == most ? ours : theirs.size() == most ? theirs : again);
        suspects = new Suspects<>();
        keys = null;
        continue;
      }
      if (keys == null) {
        // What is appended meanwhile is for the next comparison.
        keys = new HashSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
      }
      ours.keySet().retainAll(keys);
      theirs.keySet().retainAll(keys);
      again.keySet().retainAll(keys);
      suspects.look(ours, theirs, again, now);
    } while (keys == null
        || (!suspects.isDecided(now, settleNanos) && !isTired(looks, suspects, now)));
    report.count(table.name, ours.size(), theirs.size());
    List<RowKey> certain = suspects.certain(now, settleNanos);
    for (RowKey key : certain) {
      report.add(difference(key, ours.containsKey(key), theirs.containsKey(key)));
    }
    if (suspects.size() > certain.size()) {
      report.note(
          table.name
              + ": "
              + (suspects.size() - certain.size())
              + " rows changed too often to be compared");
    }
  }

  /** With a long time to settle there are as many looks as that needs. */
  private boolean isTired(int looks, Suspects<?> suspects, long now) {
    int most = suspects.certain(now, 0).isEmpty() ? 0 : looksToSettle();
    return looks >= MOST_LOOKS + most;
  }

  private int looksToSettle() {
    return (int) (2 * settleNanos / LONGEST_PAUSE_NANOS);
  }

  private static void pause(int looks) {
    if (looks > 0) {
      LockSupport.parkNanos(Math.min(LONGEST_PAUSE_NANOS, looks * PAUSE_NANOS));
    }
  }

  private void awaitReplica() throws SQLException {
    String position = dialect.position(pair.master().connection());
    long deadline = System.nanoTime() + pace.patienceNanos;
    while (position != null && !dialect.reached(pair.replica().connection(), position)) {
      if (System.nanoTime() - deadline > 0) {
        throw new SQLException("it has not got to " + position + " in time: is it too far behind?");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private RowDifference difference(RowKey key, boolean here, boolean there) throws SQLException {
    String where = key.shown(table.key);
    List<String> columns = new ArrayList<>();
    if (here && there) {
      String[] ours = pair.master().row(table, key);
      String[] theirs = pair.replica().row(table, key);
      for (int i = 0; ours != null && theirs != null && i < ours.length; i++) {
        if (ours[i] == null ? theirs[i] != null : !ours[i].equals(theirs[i])) {
          String name = table.columns.get(i).name;
          columns.add(showValues ? name + ": " + theirs[i] + " instead of " + ours[i] : name);
        }
      }
    }
    String kind = here && there ? "changed" : here ? "missing" : "extra";
    return new RowDifference(kind, table.name, where, columns);
  }

  /** Rows that cannot be told apart are compared all together. */
  private void whole() throws SQLException {
    pair.begin();
    try {
      if (pair.isExact()) {
        long[] ours = pair.master().whole(table);
        long[] theirs = pair.replica().whole(table);
        report.count(table.name, ours[0], theirs[0]);
        if (!RowSum.same(ours, theirs)) {
          differAsWhole(ours, theirs);
        }
      } else {
        wholeAgain();
      }
    } finally {
      pair.end();
    }
  }

  private void wholeAgain() throws SQLException {
    Suspects<String> suspects = new Suspects<>();
    long[] ours;
    long[] theirs;
    long now;
    int looks = 0;
    do {
      pause(looks);
      ours = pair.master().whole(table);
      awaitReplica();
      theirs = pair.replica().whole(table);
      long[] again = pair.master().whole(table);
      now = System.nanoTime();
      suspects.look(named(ours), named(theirs), named(again), now);
      looks++;
    } while (!suspects.isDecided(now, settleNanos) && !isTired(looks, suspects, now));
    report.count(table.name, ours[0], theirs[0]);
    if (!suspects.certain(now, settleNanos).isEmpty()) {
      differAsWhole(ours, theirs);
    } else if (suspects.size() > 0) {
      report.note(table.name + ": without a primary key, and changed too often to be compared");
    }
  }

  private void differAsWhole(long[] ours, long[] theirs) {
    report.add(
        new RowDifference(
            "rows",
            table.name,
            "has no primary key; " + ours[0] + " rows on the master, " + theirs[0] + " here",
            Collections.<String>emptyList()));
  }

  private static Map<String, long[]> named(long[] whole) {
    return Collections.singletonMap("", whole);
  }
}
