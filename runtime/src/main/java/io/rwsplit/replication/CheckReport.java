package io.rwsplit.replication;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison of a replica with its master has found. Written by one thread; immutable once
 * it was returned.
 */
public final class CheckReport {
  private final String replica;
  private final int most;
  private final List<Difference> differences = new ArrayList<Difference>();
  private final List<String> notes = new ArrayList<String>();
  private final Map<String, long[]> rows = new LinkedHashMap<String, long[]>();
  private final Map<Difference.Kind, Long> counts =
      new EnumMap<Difference.Kind, Long>(Difference.Kind.class);
  private String obstacle;
  private long pages;
  private int slices;

  /**
   * @param most differences that are listed; the others are counted
   */
  CheckReport(String replica, int most) {
    this.replica = replica;
    this.most = most;
  }

  void add(Difference.Kind kind, String where, String what) {
    counts.put(kind, total(kind) + 1);
    if (differences.size() < most) {
      differences.add(new Difference(kind, where, what));
    }
  }

  void note(String what) {
    if (!notes.contains(what) && notes.size() < most) {
      notes.add(what);
    }
  }

  void addRows(String table, long ofMaster, long ofReplica) {
    long[] sums = rows.get(table);
    if (sums == null) {
      sums = new long[2];
      rows.put(table, sums);
    }
    sums[0] += ofMaster;
    sums[1] += ofReplica;
  }

  /** Takes over what one slice has found. */
  void add(CheckReport slice) {
    for (Difference.Kind kind : slice.counts.keySet()) {
      counts.put(kind, total(kind) + slice.total(kind));
    }
    for (Difference difference : slice.differences) {
      if (differences.size() < most) {
        differences.add(difference);
      }
    }
    for (String note : slice.notes) {
      note(note);
    }
    for (Map.Entry<String, long[]> table : slice.rows.entrySet()) {
      addRows(table.getKey(), table.getValue()[0], table.getValue()[1]);
    }
    pages += slice.pages;
    slices++;
  }

  void addPages(long compared) {
    pages += compared;
  }

  void stopped(String why) {
    obstacle = why;
  }

  /** Name of the replica. */
  public String replica() {
    return replica;
  }

  /** True when all was compared that was asked for. */
  public boolean isComplete() {
    return obstacle == null;
  }

  /** Why the comparison ended early; null when it did not. */
  public String obstacle() {
    return obstacle;
  }

  /** True when all was compared and nothing differs. */
  public boolean isEqual() {
    return isComplete() && total() == 0;
  }

  /** Differences found, also those that are not listed. */
  public long total() {
    long sum = 0;
    for (long count : counts.values()) {
      sum += count;
    }
    return sum;
  }

  /** How many of a kind were found. */
  public long total(Difference.Kind kind) {
    Long count = counts.get(kind);
    return count == null ? 0 : count;
  }

  /** The first differences. */
  public List<Difference> differences() {
    return Collections.unmodifiableList(differences);
  }

  /** What was not compared, and why: tables whose rows only the pages speak for. */
  public List<String> notes() {
    return Collections.unmodifiableList(notes);
  }

  /** Tables whose rows were compared. */
  public List<String> tables() {
    return new ArrayList<String>(rows.keySet());
  }

  /** Rows of a table on the master, each counted at the commit it was compared at. */
  public long rowsOfMaster(String table) {
    return rows.containsKey(table) ? rows.get(table)[0] : 0;
  }

  /** The same on the replica. */
  public long rowsOfReplica(String table) {
    return rows.containsKey(table) ? rows.get(table)[1] : 0;
  }

  /** Pages compared. */
  public long pages() {
    return pages;
  }

  /** Commits at which a part was compared, one after the other. */
  public int slices() {
    return slices;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(replica);
    text.append(isEqual() ? " equals" : total() > 0 ? " differs from" : " was not compared with");
    text.append(" the master: ").append(rows.size()).append(" tables, ");
    text.append(pages).append(" pages at ").append(slices).append(" commits");
    if (obstacle != null) {
      text.append("; ended early: ").append(obstacle);
    }
    for (Difference.Kind kind : Difference.Kind.values()) {
      if (total(kind) > 0) {
        text.append("; ").append(kind).append(' ').append(total(kind));
      }
    }
    for (Difference difference : differences) {
      text.append(System.lineSeparator()).append("  ").append(difference);
    }
    for (String note : notes) {
      text.append(System.lineSeparator()).append("  note: ").append(note);
    }
    return text.toString();
  }
}
