package io.rwsplit.sql;

/** The one rule that decided a {@link Classification}; each constant is one rule. */
public enum Reason {
  /** All nets agree: a read. */
  PROVEN_READ("proven to be a read"),
  /** Reads the catalog only (SHOW TABLES, DESCRIBE, PRAGMA table_info and so on). */
  CATALOG_READ("reads the catalog only"),
  /** EXPLAIN of a statement that is not run. */
  EXPLAIN_ONLY("explains a statement without running it"),
  /** No table is read: a health check, a session function, a computation. */
  NO_FROM("reads no table"),
  /** The value belongs to this session or this server. */
  SESSION_STATE_FUNCTION("asks for state of this session or this server"),
  /** The object belongs to this session or this server. */
  SESSION_STATE_TABLE("reads a table that shows state of this session or this server"),
  /** A setting is read. */
  SETTING_READ("reads a setting of this session"),
  /** FOR UPDATE, FOR SHARE, LOCK IN SHARE MODE. */
  LOCKING_READ("takes locks"),
  /** INSERT, UPDATE, DELETE, MERGE, REPLACE, COPY, LOAD. */
  DML("writes data"),
  /** DML below a WITH, or anywhere else inside a query. */
  DML_IN_CTE("writes data inside a query"),
  /** SELECT INTO table, OUTFILE, DUMPFILE, variable. */
  SELECT_INTO("stores its result"),
  /** CREATE, DROP, ALTER, GRANT, VACUUM, ANALYZE. */
  DDL("changes the schema or the physical database"),
  /** CALL, DO, EXECUTE. */
  CALL("runs a procedure or a block"),
  /** A function no table of the dialect lists. */
  UNKNOWN_FUNCTION("calls a function not known to be pure"),
  /** A view or function of the database that may do what no read does. */
  HIDDEN_EFFECT("uses a view or function that may hide an effect"),
  /** A function known to have effects. */
  SIDE_EFFECT_FUNCTION("calls a function with effects"),
  /** An operator no table of the dialect lists. */
  UNKNOWN_OPERATOR("uses an operator not known to be pure"),
  /** A collation that may exist in the application's session only. */
  UNKNOWN_COLLATION("uses a collation not known to every session"),
  /** A temporary object, or one of the schema that holds them. */
  TEMP_TABLE("uses a temporary object"),
  /** A user variable is read or set. */
  USER_VARIABLE("uses a variable of this session"),
  /** SQLite PRAGMA that is not known to be a pure read. */
  PRAGMA("a PRAGMA that is not known to be a pure read"),
  /** Transaction control. */
  TRANSACTION("controls a transaction"),
  /** SET, USE, ATTACH and so on. */
  SESSION("changes session state"),
  /** Several statements in one text. */
  MULTI_STATEMENT("several statements in one text"),
  /** {@code /*! … *}{@code /} holds code whose meaning depends on the server's version. */
  EXECUTABLE_COMMENT("holds an executable comment"),
  /** Quoting that other settings of the server would read otherwise, or that does not end. */
  LEXICAL_DOUBT("cannot be split into tokens with certainty"),
  /** Longer than what is looked at. */
  TOO_LARGE("too long to be examined"),
  /** Nested deeper than what is looked at. */
  TOO_DEEP("nested too deeply to be examined"),
  /** Neither the parser nor the token proof could read it. */
  UNPARSEABLE("could not be parsed"),
  /** The parsed tree holds something the prover does not know. */
  UNKNOWN_SYNTAX("holds syntax not known to be pure"),
  /** The parser has not answered yet. */
  CLASSIFYING("is still being examined"),
  /** The parser was interrupted, or out of memory: the text is tried again later. */
  OVERDUE("was not parsed in time, and is tried again later"),
  /** A keyword no rule knows. */
  UNKNOWN_STATEMENT("is not a known statement"),
  /** Blank, or comments only. */
  EMPTY("is empty"),
  /** A fault of the classifier itself. */
  FAULT("could not be examined because of an internal fault");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** A short text that completes "the statement …". */
  public String text() {
    return text;
  }
}
