package io.rwsplit.catalog;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What the statement that made a virtual table of SQLite tells of it. Stateless. */
final class VirtualTables {
  /** Modules that keep their content in tables of the virtual table's name and an underscore. */
  private static final Set<String> SHADOWING =
      new HashSet<>(Arrays.asList("fts3", "fts4", "fts5", "rtree", "rtree_i32"));

  private VirtualTables() {}

  /**
   * True when all that it reads and writes are tables that begin with its own name, and those that
   * the statement names.
   */
  static boolean hasTablesOfItsName(String sql) {
    String lower = sql.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(" using ");
    int from = at + " using ".length();
    int to = from;
    while (at >= 0 && to < lower.length() && isPart(lower, to)) {
      to++;
    }
    return at >= 0 && SHADOWING.contains(lower.substring(from, to));
  }

  /** True when a name, in lower case, is a word of the text. */
  static boolean mentions(String text, String name) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (int at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean begins = at == 0 || !isPart(lower, at - 1);
      if (begins && (end == lower.length() || !isPart(lower, end))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPart(String text, int at) {
    return Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_';
  }
}
