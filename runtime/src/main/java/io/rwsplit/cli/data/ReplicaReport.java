package io.rwsplit.cli.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the comparison of one replica has found. Written by one thread, read-only then. */
public final class ReplicaReport {
  private static final int MOST = 100;

  private final String name;
  private final Map<String, long[]> tables = new LinkedHashMap<>();
  private final List<RowDifference> differences = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long total;
  private String obstacle;

  ReplicaReport(String name) {
    this.name = name;
  }

  void add(RowDifference difference) {
    total++;
    if (!difference.table().isEmpty()) {
      counts(difference.table())[2]++;
    }
    if (differences.size() < MOST) {
      differences.add(difference);
    }
  }

  void count(String table, long onMaster, long onReplica) {
    counts(table)[0] += onMaster;
    counts(table)[1] += onReplica;
  }

  private long[] counts(String table) {
    long[] counts = tables.get(table);
    if (counts == null) {
      counts = new long[3];
      tables.put(table, counts);
    }
    return counts;
  }

  void note(String text) {
    notes.add(text);
  }

  void stopped(String why) {
    obstacle = why;
  }

  /** Name of the replica. */
  public String name() {
    return name;
  }

  /** Rows on the master, rows on the replica and differences, by table; a table is listed once. */
  public Map<String, long[]> tables() {
    return tables;
  }

  /** The first differences. */
  public List<RowDifference> differences() {
    return differences;
  }

  /** How many there are, those included that are not listed. */
  public long total() {
    return total;
  }

  /** What was not compared, and why. */
  public List<String> notes() {
    return notes;
  }

  /** Why it could not be compared at all, or to the end; null when it was. */
  public String obstacle() {
    return obstacle;
  }

  /** True when all was compared and nothing differs. */
  public boolean isEqual() {
    return obstacle == null && total == 0;
  }
}
