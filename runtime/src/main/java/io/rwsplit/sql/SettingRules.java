package io.rwsplit.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What SET, RESET and PRAGMA do: read, change the session, change a transaction, change the file.
 * Immutable and thread-safe. Works on digests that kept their literals.
 */
final class SettingRules {
  private final Dialect dialect;

  SettingRules(Dialect dialect) {
    this.dialect = dialect;
  }

  /** PRAGMA of SQLite. */
  Classification pragma(Tokens t) {
    int k = 1;
    String schema = null;
    if (t.isSymbol(2, ".")) {
      schema = t.name(1);
      k = 3;
    }
    if (!t.isName(k)) {
      return builder(StatementKind.UNKNOWN, Reason.PRAGMA, t.text(k)).build();
    }
    String name = t.name(k);
    boolean call = t.isSymbol(k + 1, "(");
    boolean assigned = t.text(k + 1).startsWith("=") && t.type(k + 1) == TokenType.SYMBOL;
    if (t.size() > k + 1 && !call && !assigned) {
      return builder(StatementKind.UNKNOWN, Reason.PRAGMA, name).pin(Pin.SETTING, name).build();
    }
    String value = assigned ? t.afterAssignment(k + 1) : call ? t.join(k + 2, t.size() - 1) : null;
    Classification journal = journalPragma(name, schema, value);
    if (journal != null) {
      return journal;
    }
    if (SqliteDialect.CATALOG_PRAGMAS.contains(name)) {
      return catalogPragma(name, schema, value);
    }
    if (SqliteDialect.MASTER_PRAGMAS.contains(name)) {
      return builder(StatementKind.MASTER_READ, Reason.PRAGMA, name).mayWrite(false).build();
    }
    if (SqliteDialect.WRITING_PRAGMAS.contains(name)) {
      return builder(StatementKind.DDL, Reason.PRAGMA, name).build();
    }
    if (SqliteDialect.HEADER_PRAGMAS.contains(name)) {
      if (value != null) {
        return builder(StatementKind.DDL, Reason.PRAGMA, name).setting(name, value).build();
      }
      return catalogPragma(name, schema, null);
    }
    boolean harmless = SqliteDialect.HARMLESS_SETTINGS.contains(name);
    if (value == null && (harmless || SqliteDialect.PINNING_SETTINGS.contains(name))) {
      boolean acts = name.equals("shrink_memory");
      return builder(
              acts ? StatementKind.HARMLESS_SESSION : StatementKind.MASTER_READ,
              acts ? Reason.SESSION : Reason.SETTING_READ,
              name)
          .mayWrite(false)
          .build();
    }
    if (harmless) {
      return builder(StatementKind.HARMLESS_SESSION, Reason.SESSION, name)
          .mayWrite(false)
          .setting(name, value)
          .build();
    }
    boolean known = SqliteDialect.PINNING_SETTINGS.contains(name);
    return builder(
            known || value != null ? StatementKind.SESSION : StatementKind.UNKNOWN,
            Reason.PRAGMA,
            name)
        .mayWrite(!known || name.equals("writable_schema"))
        .pin(Pin.SETTING, name)
        .setting(name, value)
        .build();
  }

  private Classification catalogPragma(String name, String schema, String value) {
    if ("temp".equals(schema)) {
      return builder(StatementKind.MASTER_READ, Reason.TEMP_TABLE, name).mayWrite(false).build();
    }
    Classification.Builder b =
        builder(StatementKind.READ, Reason.CATALOG_READ, name).mayWrite(false);
    if (value != null) {
      b.tables(Collections.singleton(unquoted(value)), true);
    }
    return b.build();
  }

  private Classification journalPragma(String name, String schema, String value) {
    JournalEffect effect;
    switch (name) {
      case "wal_checkpoint":
        return builder(StatementKind.MASTER_READ, Reason.PRAGMA, name)
            .mayWrite(false)
            .setting(name, value)
            .journalEffect(JournalEffect.CHECKPOINT)
            .build();
      case "journal_mode":
        effect = JournalEffect.JOURNAL_MODE;
        break;
      case "locking_mode":
        effect = JournalEffect.LOCKING_MODE;
        break;
      case "wal_autocheckpoint":
      case "journal_size_limit":
        effect = JournalEffect.AUTO_CHECKPOINT;
        break;
      default:
        return null;
    }
    if (value == null) {
      return builder(StatementKind.MASTER_READ, Reason.SETTING_READ, name).mayWrite(false).build();
    }
    boolean harmless = effect == JournalEffect.AUTO_CHECKPOINT;
    boolean elsewhere = schema != null && !schema.equals("main");
    boolean frees =
        effect == JournalEffect.LOCKING_MODE && !Ascii.lower(value).contains("exclusive");
    if (elsewhere && (frees || schema.equals("temp"))) {
      // What is said of another database does not end what was said of this one.
      effect = JournalEffect.NONE;
    }
    return builder(
            harmless ? StatementKind.HARMLESS_SESSION : StatementKind.SESSION,
            harmless ? Reason.SESSION : Reason.PRAGMA,
            name)
        .mayWrite(!harmless)
        .setting(name, value)
        .journalEffect(effect)
        .build();
  }

  /** RESET of PostgreSQL. */
  Classification reset(Tokens t) {
    Classification.Builder b =
        builder(StatementKind.SESSION, Reason.SESSION, t.name(1)).mayWrite(false);
    if (t.isWord(1, "ALL")) {
      return b.unpin(Pin.SETTING, null).build();
    }
    if (t.isAnyWord(1, "ROLE") || t.isWord(2, "AUTHORIZATION") || t.isWord(1, "SEARCH_PATH")) {
      return b.unpin(Pin.NAMESPACE, t.isWord(1, "SESSION") ? "session_authorization" : t.name(1))
          .build();
    }
    return b.unpin(Pin.SETTING, t.isWord(1, "TIME") ? "timezone" : dotted(t, 1)).build();
  }

  /** SET of PostgreSQL, MySQL and MariaDB. */
  Classification set(Tokens t) {
    if (dialect.isSqlite()) {
      return StatementRules.unknown(t);
    }
    return dialect.isMysql() ? setOfMysql(t) : setOfPostgres(t);
  }

  private Classification setOfPostgres(Tokens t) {
    int k = 1;
    boolean local = t.isWord(k, "LOCAL");
    if (local || t.isWord(k, "SESSION")) {
      k++;
    }
    if (t.isWord(k, "TRANSACTION") || t.isWord(k, "CHARACTERISTICS")) {
      return builder(StatementKind.SET_TRANSACTION, Reason.TRANSACTION, null)
          .mayWrite(false)
          .setting(t.isWord(k, "TRANSACTION") ? "transaction" : "session", t.join(k + 1, t.size()))
          .build();
    }
    if (t.isWord(k, "CONSTRAINTS")) {
      return harmless("constraints", t.join(k + 1, t.size()));
    }
    if (t.isWord(k, "AUTHORIZATION")) {
      return pinned(Pin.NAMESPACE, "session_authorization", t.join(k + 1, t.size()));
    }
    String name = t.isWord(k, "TIME") && t.isWord(k + 1, "ZONE") ? "timezone" : dotted(t, k);
    int v = k + 1;
    while (t.isSymbol(v, ".") || t.isSymbol(v - 1, ".")) {
      v++;
    }
    String value =
        t.isWord(v, "TO") || t.isWord(v, "ZONE")
            ? t.join(v + 1, t.size())
            : t.type(v) == TokenType.SYMBOL ? t.afterAssignment(v) : t.join(v, t.size());
    if (local || PostgresDialect.HARMLESS_SETTINGS.contains(name)) {
      return builder(StatementKind.HARMLESS_SESSION, Reason.SESSION, name)
          .mayWrite(false)
          .setting(name, value)
          .local(local)
          .build();
    }
    if (name.startsWith("default_transaction") || name.startsWith("transaction_")) {
      return builder(StatementKind.SET_TRANSACTION, Reason.TRANSACTION, name)
          .mayWrite(false)
          .setting(name, value)
          .build();
    }
    boolean namespace = name.equals("search_path") || name.equals("schema") || name.equals("role");
    return pinned(
        namespace ? Pin.NAMESPACE : Pin.SETTING,
        name.equals("schema") ? "search_path" : name,
        value);
  }

  private Classification setOfMysql(Tokens t) {
    int k = 1;
    while (t.isAnyWord(k, "SESSION", "LOCAL")) {
      k++;
    }
    if (t.isWord(k, "TRANSACTION")) {
      return builder(StatementKind.SET_TRANSACTION, Reason.TRANSACTION, null)
          .mayWrite(false)
          .setting(k > 1 ? "session" : "transaction", t.join(k + 1, t.size()))
          .build();
    }
    if (t.isWord(k, "NAMES")) {
      return pinned(Pin.SETTING, "names", t.join(k + 1, t.size()));
    }
    if (t.isWord(k, "CHARSET") || (t.isWord(k, "CHARACTER") && t.isWord(k + 1, "SET"))) {
      int v = t.isWord(k, "CHARSET") ? k + 1 : k + 2;
      return pinned(Pin.SETTING, "character set", t.join(v, t.size()));
    }
    if (t.isWord(k, "ROLE")) {
      return pinned(Pin.NAMESPACE, "role", t.join(k + 1, t.size()));
    }
    if (t.isAnyWord(k, "PASSWORD", "STATEMENT", "DEFAULT", "RESOURCE")) {
      return builder(StatementKind.UNKNOWN, Reason.UNKNOWN_STATEMENT, "SET " + t.text(k))
          .pin(Pin.ANY, null)
          .build();
    }
    return assignments(t);
  }

  /** {@code SET a = 1, @@session.b = 2, @c = f()}: the gravest of them decides. */
  private Classification assignments(Tokens t) {
    Assignment gravest = null;
    List<Classification> parts = new ArrayList<>();
    int from = 1;
    int depth = 0;
    for (int i = 1; i <= t.size(); i++) {
      depth += t.isSymbol(i, "(") ? 1 : 0;
      depth -= t.isSymbol(i, ")") ? 1 : 0;
      if (i == t.size() || (t.isSymbol(i, ",") && depth == 0)) {
        Assignment a = new Assignment(t.part(from, i));
        parts.add(a.classification().build());
        gravest = gravest == null ? a : gravest.and(a);
        from = i + 1;
      }
    }
    if (gravest == null) {
      return StatementRules.unknown(t);
    }
    Classification.Builder whole = gravest.classification();
    return parts.size() == 1 ? whole.build() : whole.parts(parts).build();
  }

  /** One assignment of a SET of MySQL. */
  private static final class Assignment {
    private final StatementKind kind;
    private final Pin pin;
    private final String name;
    private final String value;
    private final boolean mayWrite;

    Assignment(Tokens t) {
      int k = 0;
      boolean user = t.isSymbol(0, "@");
      boolean global = false;
      if (user || t.isSymbol(0, "@@")) {
        k++;
      }
      while (t.isAnyWord(k, "GLOBAL", "PERSIST", "PERSIST_ONLY", "SESSION", "LOCAL")
          && !t.text(k + 1).startsWith("=")) {
        global |= !t.isAnyWord(k, "SESSION", "LOCAL");
        k += t.isSymbol(k + 1, ".") ? 2 : 1;
        k += t.isSymbol(k, "@@") ? 1 : 0;
      }
      name = t.name(k);
      int v = k + 1;
      boolean assigned = t.text(v).startsWith("=") || t.text(v).startsWith(":=");
      value = assigned ? t.afterAssignment(v) : null;
      boolean computed = t.find(v, "SELECT") > 0 || containsCall(t, v);
      if (!assigned || global) {
        kind = StatementKind.UNKNOWN;
        pin = global ? Pin.NONE : Pin.ANY;
        mayWrite = true;
      } else if (user) {
        kind = StatementKind.SESSION;
        pin = Pin.USER_VARIABLE;
        mayWrite = computed;
      } else if (name.equals("autocommit")) {
        String v1 = Ascii.lower(SettingRules.unquoted(value));
        boolean on = v1.equals("1") || v1.equals("on") || v1.equals("true");
        boolean off = v1.equals("0") || v1.equals("off") || v1.equals("false");
        kind =
            on
                ? StatementKind.SET_AUTOCOMMIT_ON
                : off ? StatementKind.SET_AUTOCOMMIT_OFF : StatementKind.UNKNOWN;
        pin = on || off ? Pin.NONE : Pin.ANY;
        mayWrite = true;
      } else if (MysqlDialect.TRANSACTION_SETTINGS.contains(name)) {
        kind = StatementKind.SET_TRANSACTION;
        pin = Pin.NONE;
        mayWrite = computed;
      } else {
        boolean harmless = MysqlDialect.HARMLESS_SETTINGS.contains(name);
        kind = harmless ? StatementKind.HARMLESS_SESSION : StatementKind.SESSION;
        pin = harmless ? Pin.NONE : Pin.SETTING;
        mayWrite = computed;
      }
    }

    private Assignment(StatementKind kind, Pin pin, String name, String value, boolean mayWrite) {
      this.kind = kind;
      this.pin = pin;
      this.name = name;
      this.value = value;
      this.mayWrite = mayWrite;
    }

    private static boolean containsCall(Tokens t, int from) {
      for (int i = from; i < t.size(); i++) {
        if (t.isSymbol(i, "(")) {
          return true;
        }
      }
      return false;
    }

    private int gravity() {
      switch (kind) {
        case UNKNOWN:
          return 4;
        case SET_AUTOCOMMIT_ON:
        case SET_AUTOCOMMIT_OFF:
          return 3;
        case SET_TRANSACTION:
          return 2;
        case SESSION:
          return 1;
        default:
          return 0;
      }
    }

    Assignment and(Assignment other) {
      Assignment worse = other.gravity() > gravity() ? other : this;
      boolean same = pin == other.pin || other.pin == Pin.NONE || pin == Pin.NONE;
      Pin both = !same ? Pin.ANY : pin == Pin.NONE ? other.pin : pin;
      boolean two = gravity() == other.gravity() || both != Pin.NONE;
      return new Assignment(
          worse.kind,
          both,
          two && both != Pin.NONE && worse.gravity() < 2 ? null : worse.name,
          worse.value,
          mayWrite || other.mayWrite);
    }

    Classification.Builder classification() {
      Reason reason =
          kind == StatementKind.UNKNOWN
              ? Reason.UNKNOWN_STATEMENT
              : kind == StatementKind.SESSION || kind == StatementKind.HARMLESS_SESSION
                  ? Reason.SESSION
                  : Reason.TRANSACTION;
      return builder(kind, reason, name)
          .mayWrite(mayWrite)
          .pin(pin, null)
          .setting(pin == Pin.NONE || kind == StatementKind.SESSION ? name : null, value);
    }
  }

  private static Classification harmless(String name, String value) {
    return builder(StatementKind.HARMLESS_SESSION, Reason.SESSION, name)
        .mayWrite(false)
        .setting(name, value)
        .build();
  }

  private static Classification pinned(Pin pin, String name, String value) {
    return builder(StatementKind.SESSION, Reason.SESSION, name)
        .mayWrite(false)
        .pin(pin, name)
        .setting(name, value)
        .build();
  }

  private static Classification.Builder builder(StatementKind kind, Reason reason, String detail) {
    return new Classification.Builder(kind, reason).detail(detail);
  }

  private static String dotted(Tokens t, int k) {
    StringBuilder b = new StringBuilder(t.name(k));
    int i = k;
    while (t.isSymbol(i + 1, ".")) {
      b.append('.').append(t.name(i + 2));
      i += 2;
    }
    return b.toString();
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
    return Ascii.lower(quoted ? value.substring(1, value.length() - 1) : value);
  }
}
