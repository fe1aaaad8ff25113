package io.rwsplit.sql;

/**
 * What a statement is that is no query: decided by its first words. Immutable and thread-safe.
 *
 * <p>Nothing here proves a read, except the catalog reads SHOW and DESCRIBE; SET and PRAGMA are in
 * {@link SettingRules}.
 */
final class StatementRules {
  private final Dialect dialect;
  private final SettingRules settings;

  StatementRules(Dialect dialect) {
    this.dialect = dialect;
    this.settings = new SettingRules(dialect);
  }

  /** The classification, or null when the statement has to be proven as a query. */
  Classification classify(Tokens t) {
    if (t.type(0) != TokenType.WORD) {
      return t.isSymbol(0, "(") ? null : unknown(t);
    }
    switch (t.text(0)) {
      case "SELECT":
      case "WITH":
      case "VALUES":
        return null;
      case "TABLE":
        return dialect.isSqlite() ? unknown(t) : null;
      case "INSERT":
      case "REPLACE":
      case "UPDATE":
      case "DELETE":
      case "MERGE":
      case "UPSERT":
      case "COPY":
      case "IMPORT":
        return dml(t);
      case "CREATE":
      case "DROP":
      case "ALTER":
        return ddl(t);
      case "BEGIN":
      case "START":
      case "COMMIT":
      case "END":
      case "ROLLBACK":
      case "ABORT":
      case "SAVEPOINT":
      case "RELEASE":
      case "XA":
        return transaction(t);
      case "SET":
        return settings.set(t);
      case "PRAGMA":
        return dialect.isSqlite() ? settings.pragma(t) : unknown(t);
      case "RESET":
        return dialect.isMysql() ? simple(StatementKind.DDL, Reason.DDL, t) : settings.reset(t);
      case "CALL":
      case "DO":
      case "EXECUTE":
      case "EXEC":
        return simple(StatementKind.CALL, Reason.CALL, t);
      case "REINDEX":
      case "ANALYZE":
      case "ANALYSE":
      case "VACUUM":
      case "TRUNCATE":
      case "GRANT":
      case "REVOKE":
      case "COMMENT":
      case "REFRESH":
      case "RENAME":
      case "OPTIMIZE":
      case "REPAIR":
      case "CLUSTER":
      case "REASSIGN":
      case "SECURITY":
      case "CHECKPOINT":
      case "RESTORE":
      case "BACKUP":
        return simple(StatementKind.DDL, Reason.DDL, t);
      case "ATTACH":
        return attach(t);
      case "DETACH":
        return dialect.isSqlite()
            ? session(t, false).unpin(Pin.ATTACHED_DATABASE, t.name(t.size() - 1)).build()
            : unknown(t);
      case "LOAD":
        return dialect.isMysql()
            ? dml(t)
            : new Classification.Builder(StatementKind.SESSION, Reason.SESSION)
                .pin(Pin.SETTING, "load")
                .build();
      default:
        return dialect.isSqlite() ? unknown(t) : server(t);
    }
  }

  private Classification server(Tokens t) {
    switch (t.text(0)) {
      case "USE":
        return session(t, false)
            .pin(Pin.NAMESPACE, "database")
            .setting("database", t.join(1, t.size()))
            .build();
      case "LOCK":
        return dialect.isMysql()
            ? session(t, false).pin(Pin.TABLE_LOCK, null).build()
            : read(StatementKind.LOCKING_READ, Reason.LOCKING_READ, t);
      case "UNLOCK":
        return session(t, false).unpin(Pin.TABLE_LOCK, null).build();
      case "FLUSH":
        return t.find(1, "LOCK") > 0
            ? session(t, true).pin(Pin.TABLE_LOCK, null).build()
            : simple(StatementKind.DDL, Reason.DDL, t);
      case "PREPARE":
        return t.isWord(1, "TRANSACTION")
            ? distributed(t)
            : session(t, true).pin(Pin.PREPARED_STATEMENT, t.name(1)).build();
      case "DEALLOCATE":
        {
          String name = t.name(t.size() - 1);
          return session(t, false)
              .unpin(Pin.PREPARED_STATEMENT, name.equals("all") ? null : name)
              .build();
        }
      case "DECLARE":
        // Without HOLD it ends with its transaction.
        return session(t, true)
            .pin(
                t.find(2, "HOLD") > 0 && t.isWord(t.find(2, "HOLD") - 1, "WITH")
                    ? Pin.CURSOR
                    : Pin.NONE,
                t.name(1))
            .build();
      case "HANDLER":
        return handler(t);
      case "FETCH":
      case "MOVE":
        return new Classification.Builder(StatementKind.MASTER_READ, Reason.SESSION).build();
      case "CLOSE":
        return session(t, false).unpin(Pin.CURSOR, t.isWord(1, "ALL") ? null : t.name(1)).build();
      case "LISTEN":
        return session(t, false).pin(Pin.LISTEN, t.name(1)).build();
      case "UNLISTEN":
        return session(t, false).unpin(Pin.LISTEN, t.isSymbol(1, "*") ? null : t.name(1)).build();
      case "NOTIFY":
        return simple(StatementKind.SESSION, Reason.SESSION, t);
      case "DISCARD":
        return discard(t);
      case "SHOW":
        return show(t);
      case "DESC":
      case "DESCRIBE":
        return describe(t);
      case "HELP":
        return read(StatementKind.MASTER_READ, Reason.SESSION, t);
      case "CHECK":
      case "CHECKSUM":
      case "PURGE":
      case "CHANGE":
      case "STOP":
      case "INSTALL":
      case "UNINSTALL":
      case "KILL":
      case "SHUTDOWN":
      case "CACHE":
      case "BINLOG":
      case "CLONE":
      case "RESTART":
        return simple(StatementKind.DDL, Reason.DDL, t);
      default:
        return unknown(t);
    }
  }

  /** DESCRIBE of a table; before a statement it is EXPLAIN, see {@link TextRules}. */
  private Classification describe(Tokens t) {
    return dialect.isMysql() && t.isName(1)
        ? read(StatementKind.READ, Reason.CATALOG_READ, t)
        : unknown(t);
  }

  private Classification handler(Tokens t) {
    if (t.isWord(2, "CLOSE")) {
      return session(t, false).unpin(Pin.CURSOR, t.name(1)).build();
    }
    return session(t, true).pin(Pin.CURSOR, t.name(1)).build();
  }

  private Classification discard(Tokens t) {
    if (t.isWord(1, "ALL")) {
      return session(t, false).unpin(Pin.ANY, null).build();
    }
    if (t.isAnyWord(1, "TEMP", "TEMPORARY")) {
      return session(t, false).unpin(Pin.TEMP_OBJECT, null).build();
    }
    return new Classification.Builder(StatementKind.HARMLESS_SESSION, Reason.SESSION)
        .mayWrite(false)
        .build();
  }

  private Classification show(Tokens t) {
    int k = 1;
    while (t.isAnyWord(k, "FULL", "EXTENDED")) {
      k++;
    }
    boolean catalog =
        dialect.isMysql()
            && t.type(k) == TokenType.WORD
            && (MysqlDialect.CATALOG_SHOWS.contains(t.text(k))
                || (t.isWord(k + 1, "STATUS") && t.isAnyWord(k, "PROCEDURE", "FUNCTION")));
    if (!catalog) {
      return read(StatementKind.MASTER_READ, Reason.SETTING_READ, t);
    }
    TokenProof proof = new TokenProof(dialect, t.part(k, t.size()));
    proof.run();
    if (t.find(k, "WHERE") > 0 && proof.reason() != null) {
      return new Classification.Builder(StatementKind.UNKNOWN, proof.reason())
          .detail(proof.detail())
          .mayWrite(proof.mayWrite())
          .build();
    }
    return read(StatementKind.READ, Reason.CATALOG_READ, t);
  }

  private Classification transaction(Tokens t) {
    int last = t.size() - 1;
    switch (t.text(0)) {
      case "BEGIN":
        if (t.isWord(1, "NOT")) {
          return simple(StatementKind.CALL, Reason.CALL, t);
        }
        return begin(t);
      case "START":
        return t.isWord(1, "TRANSACTION") ? begin(t) : simple(StatementKind.DDL, Reason.DDL, t);
      case "COMMIT":
      case "END":
        if (t.isWord(1, "PREPARED")) {
          return distributed(t);
        }
        return control(
            chains(t) ? StatementKind.COMMIT_AND_CHAIN : StatementKind.COMMIT, t, null, true);
      case "ROLLBACK":
      case "ABORT":
        if (t.isWord(1, "PREPARED")) {
          return distributed(t);
        }
        if (t.find(1, "TO") > 0) {
          return control(StatementKind.ROLLBACK_TO, t, t.name(last), false);
        }
        return control(
            chains(t) ? StatementKind.ROLLBACK_AND_CHAIN : StatementKind.ROLLBACK, t, null, false);
      case "SAVEPOINT":
        return control(StatementKind.SAVEPOINT, t, t.name(1), false);
      case "RELEASE":
        return control(StatementKind.RELEASE, t, t.name(last), true);
      default:
        return distributed(t);
    }
  }

  private Classification begin(Tokens t) {
    int read = t.find(1, "READ");
    boolean readOnly = false;
    while (read > 0) {
      readOnly |= t.isWord(read + 1, "ONLY");
      if (t.isWord(read + 1, "WRITE")) {
        return control(StatementKind.BEGIN, t, null, false);
      }
      read = t.find(read + 1, "READ");
    }
    return control(
        readOnly && !dialect.isSqlite() ? StatementKind.BEGIN_READ_ONLY : StatementKind.BEGIN,
        t,
        null,
        false);
  }

  private static boolean chains(Tokens t) {
    int chain = t.find(1, "CHAIN");
    return chain > 0 && !t.isWord(chain - 1, "NO");
  }

  private static Classification distributed(Tokens t) {
    return new Classification.Builder(StatementKind.DISTRIBUTED_TRANSACTION, Reason.TRANSACTION)
        .detail(t.text(0))
        .setting(null, t.text(0) + " " + t.text(1))
        .build();
  }

  private Classification control(StatementKind kind, Tokens t, String name, boolean mayWrite) {
    return new Classification.Builder(kind, Reason.TRANSACTION)
        .mayWrite(mayWrite)
        .setting(name, t.size() > 1 ? t.join(1, t.size()) : null)
        .build();
  }

  private Classification attach(Tokens t) {
    if (!dialect.isSqlite()) {
      return unknown(t);
    }
    return session(t, false).pin(Pin.ATTACHED_DATABASE, t.name(t.size() - 1)).build();
  }

  private Classification dml(Tokens t) {
    Classification.Builder b =
        new Classification.Builder(StatementKind.DML, Reason.DML).detail(t.text(0));
    int k = WriteNames.target(t);
    if (t.isName(k)) {
      String name = t.isSymbol(k + 1, ".") ? t.name(k) + "." + t.name(k + 2) : t.name(k);
      b.tables(java.util.Collections.singleton(name), false);
    }
    return b.build();
  }

  private Classification ddl(Tokens t) {
    int k = 1;
    while (t.isAnyWord(k, "OR", "REPLACE", "GLOBAL", "LOCAL", "CACHED", "MEMORY")) {
      k++;
    }
    boolean temporary =
        t.isAnyWord(k, "TEMP", "TEMPORARY") || (dialect.isSqlite() && inTempSchema(t, k));
    if (t.isWord(0, "CREATE") && temporary) {
      int commit = t.find(k, "COMMIT");
      if (commit > 0 && t.isWord(commit - 1, "ON") && t.isWord(commit + 1, "DROP")) {
        return session(t, true).build();
      }
      return session(t, true).pin(Pin.TEMP_OBJECT, objectName(t)).build();
    }
    if (t.isWord(0, "DROP")) {
      boolean prepared = dialect.isMysql() && t.isWord(1, "PREPARE");
      return new Classification.Builder(StatementKind.DDL, Reason.DDL)
          .detail(temporary ? "DROP TEMPORARY" : "DROP")
          .unpin(prepared ? Pin.PREPARED_STATEMENT : Pin.TEMP_OBJECT, objectName(t))
          .build();
    }
    return simple(StatementKind.DDL, Reason.DDL, t);
  }

  private static boolean inTempSchema(Tokens t, int from) {
    for (int i = from; i < Math.min(t.size(), from + 6); i++) {
      if (t.isSymbol(i + 1, ".") && t.name(i).equals("temp")) {
        return true;
      }
    }
    return false;
  }

  /** The name after TABLE, VIEW, IF NOT EXISTS and the like, without its schema; or null. */
  private static String objectName(Tokens t) {
    int k = 1;
    while (!t.isSymbol(k + 1, ".")
        && t.isAnyWord(
            k,
            "TEMP",
            "TEMPORARY",
            "TABLE",
            "VIEW",
            "TRIGGER",
            "INDEX",
            "SEQUENCE",
            "PREPARE",
            "IF",
            "NOT",
            "EXISTS",
            "GLOBAL",
            "LOCAL",
            "OR",
            "REPLACE",
            "UNLOGGED",
            "UNIQUE",
            "RECURSIVE")) {
      k++;
    }
    if (!t.isName(k)) {
      return null;
    }
    return t.isSymbol(k + 1, ".") && t.isName(k + 2) ? t.name(k + 2) : t.name(k);
  }

  private static Classification.Builder session(Tokens t, boolean mayWrite) {
    return new Classification.Builder(StatementKind.SESSION, Reason.SESSION)
        .detail(t.text(0))
        .mayWrite(mayWrite);
  }

  private static Classification simple(StatementKind kind, Reason reason, Tokens t) {
    return new Classification.Builder(kind, reason).detail(t.text(0)).build();
  }

  private static Classification read(StatementKind kind, Reason reason, Tokens t) {
    return new Classification.Builder(kind, reason).detail(t.text(0)).mayWrite(false).build();
  }

  static Classification unknown(Tokens t) {
    return new Classification.Builder(StatementKind.UNKNOWN, Reason.UNKNOWN_STATEMENT)
        .detail(t.text(0))
        .pin(Pin.ANY, null)
        .build();
  }
}
