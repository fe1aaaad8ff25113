package io.rwsplit.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A read that a replica answers otherwise than the master. Thread-safe. */
public final class Finding {
  private final String replica;
  private final String digest;
  private final long millis;
  private final int masterRows;
  private final int replicaRows;
  private final int onlyMaster;
  private final int onlyReplica;
  private final List<String> columns;
  private final List<String> keys;
  private volatile long resolvedMillis;

  /**
   * @param millis the wall clock
   * @param showKeys true when values may be shown
   */
  Finding(
      String replica,
      String digest,
      long millis,
      Rows master,
      Rows onReplica,
      RowDifference difference,
      boolean showKeys) {
    this.replica = replica;
    this.digest = digest;
    this.millis = millis;
    this.masterRows = master.size();
    this.replicaRows = onReplica.size();
    this.onlyMaster = difference.onMaster().size();
    this.onlyReplica = difference.onReplica().size();
    this.columns = Collections.unmodifiableList(new ArrayList<>(difference.columns()));
    this.keys = showKeys ? Collections.unmodifiableList(difference.keys()) : null;
  }

  /** Name of the replica. */
  public String replica() {
    return replica;
  }

  /** The statement without literals. */
  public String digest() {
    return digest;
  }

  /** When it was found, by the wall clock. */
  public long millis() {
    return millis;
  }

  /** Rows of the master's answer. */
  public int masterRows() {
    return masterRows;
  }

  /** Rows of the replica's answer. */
  public int replicaRows() {
    return replicaRows;
  }

  /** Rows of the master's answer that the replica's has not, or not so. */
  public int onlyMaster() {
    return onlyMaster;
  }

  /** Rows of the replica's answer that the master's has not, or not so. */
  public int onlyReplica() {
    return onlyReplica;
  }

  /** Labels of the columns that differ, where rows can be paired; else empty. */
  public List<String> columns() {
    return columns;
  }

  /** First values of some of these rows; null unless {@code rwsplit.read.compare.values}. */
  public List<String> keys() {
    return keys;
  }

  /** When both gave the same answer again, by the wall clock; 0: not yet. */
  public long resolvedMillis() {
    return resolvedMillis;
  }

  /** Both give the same answer again, or the read cannot be run any more. */
  void resolved(long now) {
    resolvedMillis = now;
  }
}
