package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.sf.jsqlparser.statement.Statement;

/**
 * Says what a SQL text is, proven from its tokens and its parsed tree.
 *
 * <p>Three layers: a cache of texts, a scan that makes the text's digest with a cache of digests,
 * and the rules. A query is a {@link StatementKind#READ} only when its tokens hold nothing
 * unaccounted for ({@link TokenProof}) and JSqlParser's tree of the digest holds nothing unknown
 * ({@link TreeProof}); where the query is too plain to need a tree ({@link SimpleQuery}), or
 * JSqlParser cannot parse the digest, the tokens alone decide. Everything else is decided by its
 * first words, without a parser.
 *
 * <p>Thread-safe. Throws nothing but in {@link #decide}. Bounded: texts above {@link
 * SqlScanner#MAX_TEXT} chars are judged by their first word; a digest above {@link #MAX_PARSED}
 * chars or {@link #MAX_DEPTH} parentheses is never parsed; a caller waits at most {@link
 * #WAIT_MILLIS} for the parser's own thread, and gets {@link Reason#CLASSIFYING} when that was too
 * short, or {@link Reason#OVERDUE} where there is no answer without the parser and {@link
 * OverdueTexts} says when it is tried again.
 */
public final class SqlClassifier {
  /** How long a caller waits for the parser, in milliseconds. */
  static final long WAIT_MILLIS = 250;

  /** Digests longer than this, in chars, are not parsed. */
  static final int MAX_PARSED = 16 * 1024;

  /** In lower case. */
  private static final String[] LEAVING_STATE = {
    "set_config", "get_lock", "advisory", ":=", "into", "last_insert_id", "load_extension"
  };

  /** The same in a write, in which INTO leaves nothing. */
  private static final String[] LEAVING_CALLS = {"set_config", "setseed", "get_lock", "advisory"};

  /** Digests with more parentheses in each other are not parsed. */
  static final int MAX_DEPTH = 40;

  /** Separates a digest from its hint; no digest holds a control char. */
  private static final char HINT_MARK = '\u0001';

  /**
   * After this many different shapes of statements the parser is loaded in the background: an
   * application that has so many will bring one that needs it, and a short program will not.
   */
  static final int WARM_UP_SHAPES = 10;

  /** Nobody knows what it does to its session; made before memory is short. */
  private static final Classification UNDECIDED = unknown(Reason.FAULT, Pin.ANY);

  private final Dialect dialect;
  private final TextRules rules;
  private final TextCache texts = new TextCache();
  private final DigestCache digests = new DigestCache();
  private final OverdueTexts overdue = new OverdueTexts();
  private final ParserThread parser;
  private final ConcurrentHashMap<String, Proof> running = new ConcurrentHashMap<>();
  private final AtomicInteger shapes = new AtomicInteger();
  private final ThreadLocal<Scratch> scratch;

  /** A classifier for the SQL of {@code engine}. Loads no parser. */
  public SqlClassifier(Engine engine) {
    this(engine, new ParserThread());
  }

  SqlClassifier(Engine engine, ParserThread parser) {
    this.parser = parser;
    dialect = Dialect.of(engine);
    rules = new TextRules(dialect);
    scratch =
        new ThreadLocal<Scratch>() {
          @Override
          protected Scratch initialValue() {
            return new Scratch(engine);
          }
        };
  }

  private static final class Scratch {
    final SqlScanner scanner;
    final ScannedText text = new ScannedText();

    Scratch(Engine engine) {
      scanner = new SqlScanner(engine);
    }
  }

  /** Loads the parser in the background, so that no query need wait for it later. */
  void warmUp() {
    try {
      String digest = "SELECT a FROM b WHERE c = ?";
      TokenProof proof = new TokenProof(dialect, Tokens.of(digest));
      ScannedText text = new ScannedText();
      new SqlScanner(dialect.engine()).scan(digest, text);
      submit(new Proof(digest, proof, text.copy(), text.hash(), Hint.NONE, 0), 0);
    } catch (Throwable t) {
      // a fault shows again, and is answered, when the first query comes
    }
  }

  /**
   * True when the name is a function or collation of the engine itself: an application that
   * registers its own under it changes what reads return on its connection.
   */
  public boolean isBuiltIn(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return dialect.function(lower) != Dialect.FunctionKind.UNKNOWN || dialect.isCollation(lower);
  }

  /** True when the tables of the engine have the function, lower case, and as pure. */
  public boolean isListedPure(String function) {
    return dialect.function(function) == Dialect.FunctionKind.PURE;
  }

  /**
   * What the body of a function of the database calls and names; null when the body cannot be split
   * into tokens, or holds a word that begins a write, a lock, a dynamic statement or a change of
   * the session.
   */
  public BodyNames namesIn(String body) {
    ScannedText text = new ScannedText();
    new SqlScanner(dialect.engine()).scan(body, text);
    boolean unread = text.doubt || text.truncated || text.executableComment;
    return unread ? null : BodyNames.of(dialect, Tokens.of(text.digestText()));
  }

  /** True when {@link #sessionBody} can tell what functions leave behind. */
  public boolean hasSessionBodies() {
    return dialect.isPostgres() || dialect.isMysql();
  }

  /** What the body of a function, a procedure or a trigger may leave in its session. */
  public SessionBody sessionBody(String body) {
    Tokens t = wholeText(body, false);
    if (t == null) {
      return SessionBody.unread();
    }
    return dialect.isMysql() ? MysqlBody.of(t, body) : SessionBody.of(t, body);
  }

  /**
   * What the text may have left in the session that ran it, beyond what its classification says, by
   * the names of functions and tables in it; null when nothing can be.
   *
   * @param sql the text; null when it is not known any more
   */
  public SessionText sessionText(Classification c, String sql) {
    return SessionText.of(this, dialect, c, sql);
  }

  /** All names in a text, in lower case, and other words; null when they cannot be told. */
  Set<String> allNames(String sql) {
    Tokens t = wholeText(sql, false);
    if (t == null) {
      return null;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < t.size(); i++) {
      if (t.isName(i)) {
        names.add(t.text(i).toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** The names in a statement that writes; null when it may hide one, or is none. */
  public WriteNames namesOfWrite(String sql) {
    Tokens t = wholeText(sql, true);
    return t == null ? null : WriteNames.ofStatement(dialect, t);
  }

  /** The names in the body of a trigger, a function or a view; null when it may hide one. */
  public WriteNames namesOfBody(String body) {
    Tokens t = wholeText(body, false);
    boolean trigger = t != null && dialect.isSqlite() && t.isWord(0, "CREATE");
    return t == null ? null : WriteNames.ofBody(dialect, trigger ? t.part(1, t.size()) : t);
  }

  /** The tokens of a text, of which nothing is left out; null when they cannot be told for sure. */
  private Tokens wholeText(String sql, boolean single) {
    ScannedText text = new ScannedText();
    new SqlScanner(dialect.engine(), true).scan(sql, text);
    boolean unread = text.doubt || text.truncated || text.executableComment;
    return unread || (single && text.statements != 1) ? null : Tokens.of(text.digestText());
  }

  /** What {@code sql} is. Null is {@link Reason#EMPTY}, what a fault hides {@link Reason#FAULT}. */
  public Classification classify(String sql) {
    try {
      return decide(sql);
    } catch (Throwable t) {
      return UNDECIDED;
    }
  }

  /**
   * As {@link #classify}, but throws what kept it from being known: for who is about to run the
   * text, after which the transaction and the state of its session are in doubt.
   */
  public Classification decide(String sql) {
    if (sql == null) {
      return fixed(StatementKind.UNKNOWN, Reason.EMPTY);
    }
    Classification known = texts.get(sql);
    return known != null ? known : scan(sql);
  }

  private Classification scan(String sql) {
    Scratch s = scratch.get();
    ScannedText text = s.text;
    s.scanner.scan(sql, text);
    if (text.doubt || text.truncated || text.executableComment) {
      return withHint(undigested(text), text.hint);
    }
    int digestLength = text.length;
    if (!text.hint.isNone()) {
      appendHint(text);
    }
    int hash = text.hash();
    Classification c = digests.get(text.digest, text.length, hash);
    if (c == null) {
      c = miss(text, digestLength, hash);
    }
    if (!c.isPreliminary()) {
      texts.put(sql, c, !text.literals);
    }
    return c;
  }

  /** The key in the cache of digests ends in the hint. */
  private static void appendHint(ScannedText text) {
    String hint = HINT_MARK + text.hint.toString();
    int n = text.length;
    if (text.digest.length < n + hint.length()) {
      text.digest = java.util.Arrays.copyOf(text.digest, n + hint.length());
    }
    hint.getChars(0, hint.length(), text.digest, n);
    text.length = n + hint.length();
  }

  private Classification miss(ScannedText text, int digestLength, int hash) {
    if (shapes.incrementAndGet() == WARM_UP_SHAPES) {
      warmUp();
    }
    char[] key = text.copy();
    String digest = new String(key, 0, digestLength);
    Tokens tokens = Tokens.of(digest);
    Hint hint = text.hint;
    if (text.statements > 1) {
      return remember(key, hash, withHint(rules.several(tokens), hint));
    }
    Classification simple = rules.withoutParser(tokens);
    if (simple != null) {
      return remember(key, hash, withHint(simple, hint));
    }
    boolean unfit = text.depth > MAX_DEPTH || digestLength > MAX_PARSED;
    if (!unfit && !overdue.mayTry(new String(key), System.nanoTime())) {
      return overdue(key, hint);
    }
    TokenProof proof = new TokenProof(dialect, tokens);
    proof.run();
    // First what it does to its session, which later statements must know of whatever its size.
    Classification refused = proof.isPureBut() ? null : rules.refusal(tokens, proof);
    if (refused != null) {
      return remember(key, hash, withHint(refused, hint));
    }
    if (unfit) {
      Reason reason = text.depth > MAX_DEPTH ? Reason.TOO_DEEP : Reason.TOO_LARGE;
      return remember(key, hash, withHint(fixed(StatementKind.UNKNOWN, reason), hint));
    }
    if (dialect.hasTokenProof() && !proof.isPureBut()) {
      Set<String> tables = SimpleQuery.tables(dialect, tokens);
      if (tables != null) {
        return remember(key, hash, withHint(read(proof, tables), hint));
      }
    }
    return submit(new Proof(digest, proof, key, hash, hint, text.depth), WAIT_MILLIS);
  }

  private static Classification read(TokenProof proof, Set<String> tables) {
    return new Classification.Builder(StatementKind.READ, Reason.PROVEN_READ)
        .mayWrite(false)
        .tables(tables, true)
        .functions(proof.functions())
        .names(proof.names())
        .build();
  }

  private Classification remember(char[] key, int hash, Classification bare) {
    Classification c = bare.withDigest(digestOf(key));
    digests.put(key, hash, c);
    return c;
  }

  /** A text that is tried again later. */
  private static Classification overdue(char[] key, Hint hint) {
    Classification c = fixed(StatementKind.UNKNOWN, Reason.OVERDUE);
    return withHint(c, hint).withDigest(digestOf(key));
  }

  /** The key without the hint it may end in. */
  private static String digestOf(char[] key) {
    int end = 0;
    while (end < key.length && key[end] != HINT_MARK) {
      end++;
    }
    return new String(key, 0, end);
  }

  /** By what queries leave behind in their session: settings, locks, variables, extensions. */
  private static boolean mayChangeSession(String lower) {
    for (String sign : LEAVING_STATE) {
      if (lower.contains(sign)) {
        return true;
      }
    }
    return false;
  }

  /** A text that has no digest: its first word decides between kinds that are no reads. */
  private Classification undigested(ScannedText text) {
    Reason reason =
        text.executableComment
            ? Reason.EXECUTABLE_COMMENT
            : text.truncated ? Reason.TOO_LARGE : Reason.LEXICAL_DOUBT;
    StatementKind kind = StatementKind.UNKNOWN;
    if (text.statements == 1 && text.firstWordEnd > 0) {
      String word =
          Ascii.upper(
              new String(
                  text.digest, text.firstWordStart, text.firstWordEnd - text.firstWordStart));
      switch (word) {
        case "INSERT":
        case "UPDATE":
        case "DELETE":
        case "REPLACE":
        case "MERGE":
          kind = StatementKind.DML;
          break;
        case "SELECT":
        case "WITH":
        case "VALUES":
          if (mayChangeSession(Ascii.lower(new String(text.digest, 0, text.length)))) {
            return unknown(reason, Pin.ANY);
          }
          break;
        default:
          return unknown(reason, Pin.ANY);
      }
      boolean left = SessionBody.holdsAny(new String(text.digest, 0, text.length), LEAVING_CALLS);
      return unknown(kind, reason, left ? Pin.ANY : Pin.NONE);
    }
    return unknown(reason, Pin.ANY);
  }

  private static Classification unknown(Reason reason, Pin pin) {
    return unknown(StatementKind.UNKNOWN, reason, pin);
  }

  private static Classification unknown(StatementKind kind, Reason reason, Pin pin) {
    return new Classification.Builder(kind, reason).pin(pin, null).build();
  }

  private static Classification fixed(StatementKind kind, Reason reason) {
    return new Classification.Builder(kind, reason).build();
  }

  private static Classification withHint(Classification c, Hint hint) {
    return hint.isNone() ? c : c.withHint(hint);
  }

  private Classification submit(Proof proof, long waitMillis) {
    String key = new String(proof.key);
    Proof earlier = running.putIfAbsent(key, proof);
    Proof task = earlier != null ? earlier : proof;
    if (earlier == null && !begin(key, task)) {
      if (!parser.isUsable()) {
        task.prove(null);
        return task.result;
      }
      return withHint(fixed(StatementKind.UNKNOWN, Reason.CLASSIFYING), proof.hint);
    }
    if (waitMillis > 0 && !task.await(Math.min(waitMillis, ParserThread.PARSE_MILLIS + 1))) {
      parser.checkOverdue();
      task.await(waitMillis - ParserThread.PARSE_MILLIS);
    }
    Classification c = task.result;
    if (c == null && task.isDone() && task.result == null) {
      // A fault has ended it without an answer: the next to ask tries anew.
      running.remove(key, task);
    }
    return c != null ? c : withHint(fixed(StatementKind.UNKNOWN, Reason.CLASSIFYING), proof.hint);
  }

  private boolean begin(String key, Proof task) {
    boolean queued = false;
    try {
      queued = parser.submit(task);
      return queued;
    } finally {
      if (!queued) {
        running.remove(key, task);
      }
    }
  }

  /** One digest on its way through the parser. */
  private final class Proof extends ParserThread.Task {
    private final String digest;
    private final TokenProof tokens;
    private final char[] key;
    private final int hash;
    private final Hint hint;
    private final int depth;
    private volatile Classification result;

    Proof(String digest, TokenProof tokens, char[] key, int hash, Hint hint, int depth) {
      this.depth = depth;
      this.digest = digest;
      this.tokens = tokens;
      this.key = key;
      this.hash = hash;
      this.hint = hint;
    }

    @Override
    void run(ParserThread.Parse parse) {
      String text = dialect.isSqlite() ? ParserText.of(Tokens.of(digest)) : digest;
      Statement tree = parse.parse(text, depth);
      if (tree == null && parse.isCutOff() && !dialect.hasTokenProof()) {
        cutOff(true);
      } else {
        prove(tree);
      }
    }

    /** Decides by the tree, or by the tokens alone when there is none. */
    private void prove(Statement tree) {
      Classification.Builder b;
      if (tree == null) {
        b =
            dialect.hasTokenProof()
                ? new Classification.Builder(StatementKind.READ, Reason.PROVEN_READ)
                    .detail("by its tokens")
                    .mayWrite(false)
                : new Classification.Builder(StatementKind.UNKNOWN, Reason.UNPARSEABLE);
      } else {
        TreeProof proof = new TreeProof(dialect, tokens.unknownFunctions());
        proof.run(tree);
        if (proof.objection() == null) {
          proof.tables().addAll(tokens.tablesAfterIn());
          b =
              new Classification.Builder(StatementKind.READ, Reason.PROVEN_READ)
                  .mayWrite(false)
                  .tables(proof.tables(), true);
        } else {
          b =
              new Classification.Builder(StatementKind.UNKNOWN, Reason.UNKNOWN_SYNTAX)
                  .detail(proof.objection());
        }
      }
      Classification c = b.functions(tokens.functions()).names(tokens.names()).build();
      finish(withHint(tokens.isPureBut() ? conditional(c) : c, hint));
    }

    /** A read under the condition that the functions in no table are pure. */
    private Classification conditional(Classification c) {
      return new Classification.Builder(StatementKind.UNKNOWN, Reason.UNKNOWN_FUNCTION)
          .detail(tokens.detail())
          .functions(tokens.functions())
          .ifPure(tokens.unknownFunctions(), c.isRead() ? c : null)
          .build();
    }

    @Override
    void cutOff(boolean again) {
      String text = new String(key);
      if (again && overdue.cutOff(text, System.nanoTime())) {
        result = overdue(key, hint);
        running.remove(text, this);
      } else {
        finish(withHint(fixed(StatementKind.UNKNOWN, Reason.UNPARSEABLE), hint));
      }
    }

    private void finish(Classification c) {
      String text = new String(key);
      overdue.decided(text);
      result = remember(key, hash, c);
      running.remove(text, this);
    }
  }
}
