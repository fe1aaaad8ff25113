package io.rwsplit.jdbc;

import java.util.regex.Pattern;

/**
 * Which reads return the same rows when they run again on the same data. All that names something
 * that depends on chance, on the moment or on the connection does not; every doubt is one of those.
 */
final class Repeatable {
  /** Whole words, wherever they stand: a column of that name costs a result in a rare case. */
  private static final Pattern VOLATILE =
      Pattern.compile(
          "\\b(random|randomblob|now|current_(date|time|timestamp)|changes|total_changes"
              + "|last_insert_rowid|pragma\\w*|sqlite_\\w+|load_extension)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Without a point in time, or with one that a parameter names, which may be 'now'. */
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\b(strftime\\s*\\(\\s*'[^']*'\\s*\\)"
              + "|(date|time|datetime|julianday|unixepoch|strftime|timediff)\\s*"
              + "\\(\\s*(\\)|[^)]*[?:@$]))",
          Pattern.CASE_INSENSITIVE);

  private Repeatable() {}

  /** True when the text depends on nothing but the data and its parameters. */
  static boolean isRepeatable(String sql) {
    return !VOLATILE.matcher(sql).find() && !MOMENT.matcher(sql).find();
  }
}
