package io.rwsplit.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What can be said of a text from its tokens: statements that are no queries, EXPLAIN, texts of
 * several statements, and what is wrong with a query. Immutable and thread-safe.
 */
final class TextRules {
  /** Statements of one text that are looked at one by one. */
  private static final int MAX_PARTS = 64;

  private static final Set<String> PROBES =
      Dialect.words(
          "now version sqlite_version current_timestamp current_date current_time localtime",
          "localtimestamp clock_timestamp transaction_timestamp statement_timestamp sysdate",
          "utc_timestamp utc_date utc_time curdate curtime unix_timestamp");

  private final Dialect dialect;
  private final StatementRules statements;

  TextRules(Dialect dialect) {
    this.dialect = dialect;
    this.statements = new StatementRules(dialect);
  }

  /** What is known without a parser; null for a query that has to be proven. */
  Classification withoutParser(Tokens tokens) {
    if (tokens.size() == 0) {
      return new Classification.Builder(StatementKind.UNKNOWN, Reason.EMPTY)
          .mayWrite(false)
          .build();
    }
    boolean describes = dialect.isMysql() && tokens.isAnyWord(0, "DESCRIBE", "DESC");
    if (tokens.isWord(0, "EXPLAIN") || describes) {
      return explain(tokens);
    }
    return lasting(statements.classify(tokens), tokens);
  }

  /**
   * The same, with what functions of the engine's leave in the session that any other statement
   * calls them in: {@code INSERT INTO t SELECT set_config(…)}.
   */
  private Classification lasting(Classification c, Tokens t) {
    if (c == null || c.isRead() || (c.kind() == StatementKind.DDL && !SessionText.evaluates(t))) {
      return c;
    }
    if (dialect.isMysql() && t.isWord(0, "DO")) {
      return SessionFunctions.ofDo(c, t);
    }
    boolean left = false;
    for (int i = 0; i < t.size() && !left; i++) {
      left =
          t.isName(i)
              && t.isSymbol(i + 1, "(")
              && (dialect.isPostgres()
                  ? SessionBody.isLasting(t, i)
                  : dialect.isMysql() && t.name(i).equals("get_lock"));
    }
    if (!left || c.value() != null || c.unpin() != Pin.NONE) {
      return c;
    }
    // How often a lock was taken nobody knows.
    return c.pinning(c.pin() == Pin.NONE ? Pin.SETTING : Pin.ANY, "by a function");
  }

  /** What the tokens of a query forbid, or null. */
  Classification refusal(Tokens tokens, TokenProof proof) {
    Reason reason = proof.reason();
    if (reason != null) {
      Classification.Builder b =
          new Classification.Builder(kindOf(reason), reason)
              .detail(proof.detail())
              .mayWrite(proof.mayWrite())
              .pin(reason == Reason.USER_VARIABLE ? Pin.USER_VARIABLE : Pin.NONE, null)
              .functions(proof.functions());
      SessionFunctions.effects(b, dialect, tokens, proof.functions());
      Classification c = b.build();
      // Of what is no plain query not all functions were looked at.
      return c.pin() == Pin.NONE ? lasting(c, tokens) : c;
    }
    boolean table = proof.readsTable() || tokens.isAnyWord(0, "VALUES", "TABLE");
    if (!table && isProbe(tokens)) {
      return new Classification.Builder(StatementKind.MASTER_READ, Reason.NO_FROM)
          .mayWrite(false)
          .functions(proof.functions())
          .build();
    }
    return null;
  }

  /**
   * True for what pools and applications send to find out whether the server answers: literals, the
   * clock and the version, and nothing computed of them.
   */
  private boolean isProbe(Tokens t) {
    for (int i = 0; i < t.size(); i++) {
      boolean plain;
      switch (t.type(i)) {
        case WORD:
          plain =
              t.isAnyWord(
                      i, "SELECT", "ALL", "AS", "NULL", "TRUE", "FALSE", "FROM", "DUAL", "LIMIT")
                  || PROBES.contains(t.name(i))
                  || isAlias(t, i);
          break;
        case SYMBOL:
          plain = "(),-+".contains(t.text(i));
          break;
        case QUOTED:
          plain = isAlias(t, i);
          break;
        default:
          plain = true;
          break;
      }
      if (!plain || (t.isSymbol(i, "-") && t.type(i - 1) == TokenType.NUMBER)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlias(Tokens t, int i) {
    return !t.isSymbol(i + 1, "(")
        && (t.isWord(i - 1, "AS")
            || t.type(i - 1) == TokenType.NUMBER
            || t.type(i - 1) == TokenType.STRING
            || t.isSymbol(i - 1, ")"));
  }

  private static StatementKind kindOf(Reason reason) {
    switch (reason) {
      case LOCKING_READ:
        return StatementKind.LOCKING_READ;
      case DML_IN_CTE:
      case SELECT_INTO:
        return StatementKind.DML;
      case CALL:
        return StatementKind.CALL;
      case SESSION_STATE_FUNCTION:
      case SESSION_STATE_TABLE:
      case SETTING_READ:
      case USER_VARIABLE:
      case TEMP_TABLE:
      case UNKNOWN_COLLATION:
        return StatementKind.MASTER_READ;
      default:
        return StatementKind.UNKNOWN;
    }
  }

  /** EXPLAIN has its target's rule; a target that is not run has no effect. */
  private Classification explain(Tokens t) {
    int k = 1;
    boolean runs = false;
    if (dialect.isSqlite()) {
      if (t.isWord(1, "QUERY") && t.isWord(2, "PLAN")) {
        k = 3;
      }
      if (t.isWord(k, "PRAGMA")) {
        // some PRAGMAs take effect when they are compiled
        return statements.classify(t.part(k, t.size()));
      }
    } else {
      if (t.isSymbol(1, "(") && dialect.isPostgres()) {
        int close = t.close(1);
        int analyze = t.find(1, "ANALYZE");
        runs = analyze > 0 && analyze < close;
        k = close + 1;
      }
      while (t.isAnyWord(k, "ANALYZE", "ANALYSE", "VERBOSE", "EXTENDED", "PARTITIONS", "FORMAT")
          || t.isSymbol(k, "=")) {
        runs |= t.isAnyWord(k, "ANALYZE", "ANALYSE");
        k += t.text(k).equals("=") ? 2 : 1;
      }
    }
    Tokens target = t.part(Math.min(k, t.size()), t.size());
    boolean pure = !runs && (dialect.isSqlite() || dialect.isPostgres());
    Classification inner = withoutParser(target);
    boolean query = inner == null;
    if (query) {
      TokenProof proof = new TokenProof(dialect, target);
      proof.run();
      inner = refusal(target, proof);
      if (inner == null && target.size() > 0) {
        return new Classification.Builder(StatementKind.READ, Reason.EXPLAIN_ONLY)
            .mayWrite(false)
            .functions(proof.functions())
            .build();
      }
    }
    if (inner == null) {
      return StatementRules.unknown(t);
    }
    boolean plain = query || inner.kind() == StatementKind.DML;
    if (pure && (plain || dialect.isSqlite())) {
      return new Classification.Builder(StatementKind.MASTER_READ, Reason.EXPLAIN_ONLY)
          .detail(inner.detail())
          .mayWrite(false)
          .build();
    }
    if (plain) {
      return inner;
    }
    boolean named = target.isName(0) && !target.isWord(0, "FOR") && target.size() <= 4;
    if (dialect.isMysql() && !runs && named) {
      return new Classification.Builder(StatementKind.READ, Reason.CATALOG_READ)
          .mayWrite(false)
          .build();
    }
    return StatementRules.unknown(t);
  }

  /** A text of several statements: each is looked at, but none is proven a read. */
  Classification several(Tokens t) {
    List<Classification> parts = new ArrayList<>();
    boolean mayWrite = false;
    boolean trigger = isRoutine(t, 0);
    int from = 0;
    for (int i = 0; i <= t.size() && parts.size() <= MAX_PARTS; i++) {
      boolean end = i == t.size() || t.isSymbol(i, ";");
      if (!end || (trigger && i < t.size() && !endsTrigger(t, i))) {
        continue;
      }
      Tokens part = t.part(from, i);
      from = i + 1;
      trigger = isRoutine(t, from);
      if (part.size() > 0) {
        Classification c = part(part);
        parts.add(c);
        mayWrite |= c.mayWrite();
      }
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    boolean complete = parts.size() <= MAX_PARTS;
    return new Classification.Builder(StatementKind.MULTI, Reason.MULTI_STATEMENT)
        .detail(complete ? null : "too many")
        .mayWrite(mayWrite || !complete)
        .pin(complete ? Pin.NONE : Pin.ANY, null)
        .parts(parts)
        .build();
  }

  /** True when the statement from {@code k} may hold semicolons of its own. */
  private boolean isRoutine(Tokens t, int k) {
    if (!t.isAnyWord(k, "CREATE", "ALTER") && !(t.isWord(k, "BEGIN") && t.isWord(k + 1, "NOT"))) {
      return false;
    }
    for (int i = k + 1; i < Math.min(t.size(), k + 14); i++) {
      if (t.isAnyWord(i, "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE")) {
        return true;
      }
    }
    return t.isWord(k, "BEGIN");
  }

  private boolean endsTrigger(Tokens t, int i) {
    return dialect.isSqlite() && t.isWord(i - 1, "END") && t.isSymbol(i - 2, ";");
  }

  private Classification part(Tokens part) {
    Classification c = withoutParser(part);
    if (c != null) {
      return c;
    }
    TokenProof proof = new TokenProof(dialect, part);
    proof.run();
    c = refusal(part, proof);
    return c != null
        ? c
        : new Classification.Builder(StatementKind.MASTER_READ, Reason.MULTI_STATEMENT)
            .mayWrite(false)
            .build();
  }
}
