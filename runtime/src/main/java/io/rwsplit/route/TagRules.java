package io.rwsplit.route;

import io.rwsplit.sql.Classification;
import io.rwsplit.topology.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which replicas a read asks for, by its comment or by a rule of the configuration. Advice only: it
 * chooses among those that may serve. A comment goes before rules, and of rules those by text go
 * first, then those by table, then those by caller; the first that holds decides. Built at start
 * and not changed afterwards; from then on thread-safe.
 */
public final class TagRules {
  private static final class Rule {
    final long replicas;
    final Pattern pattern;
    final TableNames tables;
    final List<String> classes;

    Rule(long replicas, Pattern pattern, TableNames tables, List<String> classes) {
      this.replicas = replicas;
      this.pattern = pattern;
      this.tables = tables;
      this.classes = classes;
    }

    boolean holds(Classification read, String sql, StackTraceElement[] stack) {
      if (pattern != null) {
        return pattern.matcher(sql).find();
      }
      return tables == null ? isOnStack(stack) : isRead(read);
    }

    private boolean isRead(Classification read) {
      for (String table : read.tables()) {
        if (tables.mayHold(table)) {
          return true;
        }
      }
      return false;
    }

    private boolean isOnStack(StackTraceElement[] stack) {
      for (StackTraceElement frame : stack) {
        for (String prefix : classes) {
          if (frame.getClassName().startsWith(prefix)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private final Replica[] replicas;
  private final List<Rule> byText = new ArrayList<>();
  private final List<Rule> byCaller = new ArrayList<>();

  public TagRules(Replica[] replicas) {
    this.replicas = replicas;
  }

  /** Reads in whose text the pattern is found ask for the tag. */
  public void addSql(String tag, Pattern pattern) {
    byText.add(new Rule(tagged(tag), pattern, null, null));
  }

  /** Reads that name one of these tables ask for the tag. */
  public void addTables(String tag, TableNames tables) {
    byText.add(new Rule(tagged(tag), null, tables, null));
  }

  /** Reads under a class whose name begins with one of these ask for the tag. */
  public void addClasses(String tag, List<String> prefixes) {
    byCaller.add(new Rule(tagged(tag), null, null, prefixes));
  }

  /**
   * The replicas a read asks for, one per bit; 0 when it asks for none, or for one that is unknown.
   *
   * @param sql its text as the application wrote it
   */
  long asked(Classification read, String sql) {
    String wanted = read.hint().replicaName();
    if (wanted != null) {
      return tagged(wanted);
    }
    if (!byText.isEmpty()) {
      long asked = first(byText, read, sql, null);
      if (asked != 0) {
        return asked;
      }
    }
    return byCaller.isEmpty() ? 0 : first(byCaller, read, sql, new Throwable().getStackTrace());
  }

  private static long first(
      List<Rule> rules, Classification read, String sql, StackTraceElement[] stack) {
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (rule.holds(read, sql, stack)) {
        return rule.replicas;
      }
    }
    return 0;
  }

  /** The replica of this name, or those with this tag, in any case of letters. */
  private long tagged(String nameOrTag) {
    long bits = 0;
    for (Replica replica : replicas) {
      if (replica.name().equalsIgnoreCase(nameOrTag)) {
        return 1L << replica.index();
      }
      if (replica.traits().hasTag(nameOrTag)) {
        bits |= 1L << replica.index();
      }
    }
    return bits;
  }
}
