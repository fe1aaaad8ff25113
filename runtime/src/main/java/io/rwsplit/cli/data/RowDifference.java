package io.rwsplit.cli.data;

import java.util.Collections;
import java.util.List;

/** One thing that a replica has otherwise than its master. Immutable. */
public final class RowDifference {
  private final String kind;
  private final String table;
  private final String where;
  private final List<String> columns;

  RowDifference(String kind, String table, String where, List<String> columns) {
    this.kind = kind;
    this.table = table;
    this.where = where;
    this.columns = Collections.unmodifiableList(columns);
  }

  /** {@code missing}, {@code extra} or {@code changed} rows, {@code rows} or {@code schema}. */
  public String kind() {
    return kind;
  }

  /** Name of the table; empty for the schema. */
  public String table() {
    return table;
  }

  /** The row's key, or what differs. */
  public String where() {
    return where;
  }

  /** Columns that differ; with their values where those may be shown. */
  public List<String> columns() {
    return columns;
  }
}
