package io.rwsplit.compare;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What two results do not have in common. Immutable once made. */
final class RowDifference {
  /** Of more rows it is not looked for which belongs to which. */
  private static final int MOST_PAIRS = 500;

  private static final int MOST_KEYS = 3;

  private final List<Row> onMaster;
  private final List<Row> onReplica;
  private final List<String> labels;

  RowDifference(Rows master, Rows replica) {
    this.labels = master.labels();
    this.onMaster = master.without(replica);
    this.onReplica = replica.without(master);
    if (onMaster.size() <= MOST_PAIRS && onReplica.size() <= MOST_PAIRS) {
      takeOutClose();
    }
  }

  private void takeOutClose() {
    for (Iterator<Row> each = onMaster.iterator(); each.hasNext(); ) {
      Row row = each.next();
      Row close = null;
      for (Row other : onReplica) {
        if (close == null && row.columns() == other.columns() && row.isClose(other)) {
          close = other;
        }
      }
      if (close != null) {
        each.remove();
        onReplica.remove(close);
      }
    }
  }

  boolean isNothing() {
    return onMaster.isEmpty() && onReplica.isEmpty();
  }

  /** Rows of the master that the replica has not so. */
  List<Row> onMaster() {
    return onMaster;
  }

  /** Rows of the replica that the master has not so. */
  List<Row> onReplica() {
    return onReplica;
  }

  /**
   * Labels of the columns that differ, where rows of both have the same first value, as keys do;
   * empty where rows are missing or nothing tells which belong together.
   */
  Set<String> columns() {
    Set<String> differing = new TreeSet<>();
    if (onMaster.size() > MOST_PAIRS || onReplica.size() > MOST_PAIRS) {
      return differing;
    }
    for (Row row : onMaster) {
      for (Row other : onReplica) {
        boolean pair =
            row.columns() > 1 && row.columns() == other.columns() && row.isClose(other, 0);
        for (int i = 1; pair && i < row.columns(); i++) {
          if (!row.isClose(other, i)) {
            differing.add(labels.get(i));
          }
        }
      }
    }
    return differing;
  }

  /** First values of some differing rows. */
  List<String> keys() {
    Set<String> keys = new TreeSet<>();
    for (List<Row> side : java.util.Arrays.asList(onMaster, onReplica)) {
      for (Row row : side) {
        if (keys.size() < MOST_KEYS) {
          keys.add(row.first());
        }
      }
    }
    return new ArrayList<>(keys);
  }
}
