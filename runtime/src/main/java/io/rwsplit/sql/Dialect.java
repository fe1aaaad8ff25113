package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What is known about one engine's SQL, as tables of names. Immutable; the tables themselves are in
 * {@link SqliteDialect}, {@link PostgresDialect}, {@link MysqlDialect} and {@link H2Dialect}.
 */
final class Dialect {
  /** How a function behaves. */
  enum FunctionKind {
    /** No effect; the same on a replica, or as good as the same (random numbers, the clock). */
    PURE,
    /** Has an effect. */
    SIDE_EFFECT,
    /** Depends on this session or this server. */
    SESSION,
    /** In no table. */
    UNKNOWN
  }

  private final Engine engine;
  private final Set<String> pure;
  private final Set<String> sideEffects;
  private final Set<String> session;
  private final Set<String> jdbcEscapes;
  private final Set<String> parenthesisKeywords;
  private final Set<String> operators;
  private final Set<String> collations;
  private final Set<String> sessionTables;
  private final Set<String> sessionKeywords;
  private final Set<String> sessionSchemas;
  private final Set<String> schemaViews;
  private final Set<String> typeWords;
  private final Set<String> spaceSensitive;

  private Dialect(Builder b) {
    engine = b.engine;
    pure = b.pure;
    sideEffects = b.sideEffects;
    session = b.session;
    jdbcEscapes = b.jdbcEscapes;
    parenthesisKeywords = b.parenthesisKeywords;
    operators = b.operators;
    collations = b.collations;
    sessionTables = b.sessionTables;
    sessionSchemas = b.sessionSchemas;
    schemaViews = b.schemaViews;
    typeWords = b.typeWords;
    spaceSensitive = b.spaceSensitive;
    sessionKeywords = b.sessionKeywords;
  }

  /** The tables of {@code engine}. */
  static Dialect of(Engine engine) {
    switch (engine) {
      case SQLITE:
        return SqliteDialect.create();
      case MYSQL:
      case MARIADB:
        return MysqlDialect.create(engine);
      case H2:
        return H2Dialect.create();
      default:
        return PostgresDialect.create(engine);
    }
  }

  Engine engine() {
    return engine;
  }

  boolean isSqlite() {
    return engine == Engine.SQLITE;
  }

  boolean isMysql() {
    return engine == Engine.MYSQL || engine == Engine.MARIADB;
  }

  /** True when the tables are complete enough to prove a query without a parser. */
  boolean hasTokenProof() {
    return engine != Engine.H2;
  }

  /** True when the server can be asked what its functions do. */
  boolean hasFunctionCatalog() {
    return isPostgres();
  }

  boolean isPostgres() {
    return engine == Engine.POSTGRESQL;
  }

  /** What the function of this lower-case name does; {@code fn$} marks a JDBC escape. */
  FunctionKind function(String name) {
    if (name.startsWith("fn$")) {
      String inner = name.substring(3);
      return jdbcEscapes.contains(inner) ? FunctionKind.PURE : function(inner);
    }
    if (pure.contains(name)) {
      return FunctionKind.PURE;
    }
    if (sideEffects.contains(name)) {
      return FunctionKind.SIDE_EFFECT;
    }
    return session.contains(name) ? FunctionKind.SESSION : FunctionKind.UNKNOWN;
  }

  /** True for a word, in upper case, that no function can be named without quotes. */
  boolean isParenthesisKeyword(String word) {
    return parenthesisKeywords.contains(word);
  }

  /** True for an operator that is built in; a trailing sign belongs to the operand. */
  boolean isOperator(String symbol) {
    if (operators.isEmpty() || operators.contains(symbol)) {
      return true;
    }
    int e = symbol.length();
    while (e > 1 && (symbol.charAt(e - 1) == '-' || symbol.charAt(e - 1) == '+')) {
      e--;
    }
    return operators.contains(symbol.substring(0, e));
  }

  /** True for a collation every session has, in lower case. */
  boolean isCollation(String name) {
    return collations.isEmpty() || collations.contains(name);
  }

  /** True for a table or view, in lower case, whose rows belong to this session or this server. */
  boolean isSessionTable(String name) {
    return sessionTables.contains(name) || (isPostgres() && PostgresDialect.isStatistics(name));
  }

  /**
   * True for a name that, with what follows it, means rows of this session or this server: a table,
   * or the schema of one.
   */
  boolean showsSession(Tokens t, int i) {
    String name = t.name(i);
    return isSessionTable(name)
        || (sessionSchemas.contains(name)
            && t.isSymbol(i + 1, ".")
            && !(t.isName(i + 2) && schemaViews.contains(name + "." + t.name(i + 2))));
  }

  /** True for a word, in upper case, that begins a type and, unquoted, calls nothing. */
  boolean isTypeWord(String word) {
    return typeWords.contains(word);
  }

  /** True for a name that is built in only when its parenthesis follows at once. */
  boolean isSpaceSensitive(String name) {
    return spaceSensitive.contains(name);
  }

  /** True for a function of SQL/JSON with clauses of its own in its parentheses. */
  boolean isJsonConstructor(String name) {
    switch (name) {
      case "json_object":
      case "json_array":
      case "json_objectagg":
      case "json_arrayagg":
      case "json_value":
      case "json_query":
      case "json_serialize":
      case "json_scalar":
      case "json":
        return true;
      default:
        return false;
    }
  }

  /** True for a word that is a function of the session without parentheses. */
  boolean isSessionKeyword(String word) {
    return sessionKeywords.contains(word);
  }

  /** Collects the tables; not thread-safe. */
  static final class Builder {
    private final Engine engine;
    private Set<String> pure = Collections.emptySet();
    private Set<String> sideEffects = Collections.emptySet();
    private Set<String> session = Collections.emptySet();
    private Set<String> jdbcEscapes = Collections.emptySet();
    private Set<String> parenthesisKeywords = Collections.emptySet();
    private Set<String> operators = Collections.emptySet();
    private Set<String> collations = Collections.emptySet();
    private Set<String> sessionTables = Collections.emptySet();
    private Set<String> sessionKeywords = Collections.emptySet();
    private Set<String> spaceSensitive = Collections.emptySet();
    private Set<String> typeWords = Collections.emptySet();
    private Set<String> sessionSchemas = Collections.emptySet();
    private Set<String> schemaViews = Collections.emptySet();

    Builder(Engine engine) {
      this.engine = engine;
    }

    Builder pure(String... names) {
      pure = words(names);
      return this;
    }

    Builder sideEffects(String... names) {
      sideEffects = words(names);
      return this;
    }

    Builder session(String... names) {
      session = words(names);
      return this;
    }

    Builder jdbcEscapes(String... names) {
      jdbcEscapes = words(names);
      return this;
    }

    Builder parenthesisKeywords(String... names) {
      parenthesisKeywords = words(names);
      return this;
    }

    Builder operators(String... names) {
      operators = words(names);
      return this;
    }

    Builder collations(String... names) {
      collations = words(names);
      return this;
    }

    Builder sessionTables(String... names) {
      sessionTables = words(names);
      return this;
    }

    Builder sessionKeywords(String... names) {
      sessionKeywords = words(names);
      return this;
    }

    Builder sessionSchemas(String... names) {
      sessionSchemas = words(names);
      return this;
    }

    /** Those in session schemas, with these, that show what is the same on every server. */
    Builder schemaViews(String... names) {
      schemaViews = words(names);
      return this;
    }

    Builder typeWords(String... names) {
      typeWords = words(names);
      return this;
    }

    Builder spaceSensitive(String... names) {
      spaceSensitive = words(names);
      return this;
    }

    Dialect build() {
      return new Dialect(this);
    }
  }

  /** The blank-separated words of all lines. */
  static Set<String> words(String... lines) {
    Set<String> all = new HashSet<>();
    for (String line : lines) {
      // No regular expression: these tables are made while the application waits.
      for (int from = 0; from < line.length(); ) {
        int blank = line.indexOf(' ', from);
        int to = blank < 0 ? line.length() : blank;
        if (to > from) {
          all.add(line.substring(from, to));
        }
        from = to + 1;
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return engine.name().toLowerCase(Locale.ROOT);
  }
}
