package io.rwsplit.compare;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of one result, whatever their order. Immutable. */
final class Rows {
  /** More are not compared. */
  static final int MOST = 5_000;

  private static final int MOST_BYTES = 8 << 20;

  private final Map<Row, Integer> counts;
  private final List<String> labels;
  private final int size;

  private Rows(Map<Row, Integer> counts, List<String> labels, int size) {
    this.counts = counts;
    this.labels = labels;
    this.size = size;
  }

  /** All rows that are left; null when they are too many or too large. */
  static Rows read(ResultSet from) throws SQLException {
    ResultSetMetaData about = from.getMetaData();
    List<String> labels = new ArrayList<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      labels.add(about.getColumnLabel(i));
    }
    Map<Row, Integer> counts = new HashMap<>();
    int size = 0;
    long bytes = 0;
    while (from.next()) {
      Row row = Row.of(from, labels.size());
      bytes += row.bytes();
      if (++size > MOST || bytes > MOST_BYTES) {
        return null;
      }
      Integer before = counts.get(row);
      counts.put(row, before == null ? 1 : before + 1);
    }
    return new Rows(counts, Collections.unmodifiableList(labels), size);
  }

  int size() {
    return size;
  }

  List<String> labels() {
    return labels;
  }

  /** Those that the other has not, or not as often. */
  List<Row> without(Rows other) {
    List<Row> more = new ArrayList<>();
    for (Map.Entry<Row, Integer> each : counts.entrySet()) {
      Integer theirs = other.counts.get(each.getKey());
      for (int i = theirs == null ? 0 : theirs; i < each.getValue(); i++) {
        more.add(each.getKey());
      }
    }
    return more;
  }

  /** True when both have the same rows, but for what rounding explains. */
  boolean isSame(Rows other) {
    if (size != other.size || labels.size() != other.labels.size()) {
      return false;
    }
    return counts.equals(other.counts) || new RowDifference(this, other).isNothing();
  }
}
