package io.rwsplit.route;

import io.rwsplit.catalog.CatalogSnapshot;
import io.rwsplit.sql.Classification;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The configuration's rules about single reads. Strong goes before eventual, and every doubt is
 * strong. Thread-safe.
 */
public final class Tiers {
  private final TableNames strongTables;
  private final Pattern strongSql;
  private final List<String> strongClasses;
  private final TableNames eventualTables;
  private final Pattern eventualSql;

  /**
   * @param strongTables tables whose reads go to the master
   * @param strongSql what is found in such reads; null: no rule
   * @param strongClasses beginnings of class names whose reads go to the master
   * @param eventualTables tables whose reads any replica may serve
   * @param eventualSql what is found in such reads; null: no rule
   */
  public Tiers(
      TableNames strongTables,
      Pattern strongSql,
      List<String> strongClasses,
      TableNames eventualTables,
      Pattern eventualSql) {
    this.strongTables = strongTables;
    this.strongSql = strongSql;
    this.strongClasses = strongClasses;
    this.eventualTables = eventualTables;
    this.eventualSql = eventualSql;
  }

  /** True when there is a rule about what is read. */
  public boolean hasRules() {
    return needsCatalog() || strongSql != null || !eventualTables.isEmpty() || eventualSql != null;
  }

  /** True when it matters which names are plain tables. */
  public boolean needsCatalog() {
    return !strongTables.isEmpty();
  }

  /**
   * The tier of a read.
   *
   * @param sql its text as the application wrote it
   * @param catalog what is known of the schema; null: nothing
   */
  public Tier of(Classification read, String sql, CatalogSnapshot catalog) {
    if (isStrong(read, catalog) || isFound(strongSql, sql)) {
      return Tier.STRONG;
    }
    return isEventual(read) || isFound(eventualSql, sql) ? Tier.EVENTUAL : Tier.CONFIGURED;
  }

  private boolean isStrong(Classification read, CatalogSnapshot catalog) {
    if (strongTables.isEmpty()) {
      return false;
    }
    if (!read.tablesComplete()) {
      return true;
    }
    for (String table : read.tables()) {
      // A view may read any table; one that the operator has named as eventual may do so.
      boolean plain = catalog != null && catalog.isPlainTable(table);
      boolean known = plain || eventualTables.holds(table);
      if (strongTables.mayHold(table) || !known) {
        return true;
      }
    }
    return false;
  }

  private boolean isEventual(Classification read) {
    if (eventualTables.isEmpty() || !read.tablesComplete() || read.tables().isEmpty()) {
      return false;
    }
    for (String table : read.tables()) {
      if (!eventualTables.holds(table)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFound(Pattern pattern, String sql) {
    return pattern != null && pattern.matcher(sql).find();
  }

  /** True when there is a rule about callers. */
  public boolean asksForCaller() {
    return !strongClasses.isEmpty();
  }

  /** True when a class on the current thread's stack wants the master. */
  public boolean isStrongCaller() {
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      for (String prefix : strongClasses) {
        if (frame.getClassName().startsWith(prefix)) {
          return true;
        }
      }
    }
    return false;
  }
}
