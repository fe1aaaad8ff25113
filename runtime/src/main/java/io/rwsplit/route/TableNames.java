package io.rwsplit.route;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Names of tables in the configuration. A name without a schema stands for the table in every
 * schema; a table without a schema may be the one of any schema. Immutable.
 */
public final class TableNames {
  private final Set<String> names;
  private final Set<String> withoutSchema = new HashSet<>();

  /**
   * @param names in lower case, with or without a schema
   */
  public TableNames(Collection<String> names) {
    this.names = new HashSet<>(names);
    for (String name : names) {
      withoutSchema.add(last(name));
    }
  }

  /** True when there is none. */
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** True when the table is one of them, or might be. */
  boolean mayHold(String table) {
    if (names.contains(table) || names.contains(last(table))) {
      return true;
    }
    return table.indexOf('.') < 0 && withoutSchema.contains(table);
  }

  /** True when the table is one of them for sure. */
  boolean holds(String table) {
    return names.contains(table) || names.contains(last(table));
  }

  /** The table's name without its schema. */
  static String last(String table) {
    return table.substring(table.lastIndexOf('.') + 1);
  }
}
