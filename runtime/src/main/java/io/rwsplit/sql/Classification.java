package io.rwsplit.sql;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a SQL text is, why, and what it does to the state of its session. Immutable, shared between
 * threads and between all texts of the same shape.
 */
public final class Classification {
  private final StatementKind kind;
  private final Reason reason;
  private final String detail;
  private final boolean mayWrite;
  private final Set<String> tables;
  private final boolean tablesComplete;
  private final Set<String> functions;
  private final Set<String> names;
  private final Set<String> unknownFunctions;
  private final Classification ifPure;
  private final Hint hint;
  private final Pin pin;
  private final Pin unpin;
  private final String name;
  private final String value;
  private final boolean local;
  private final String settingByParameter;
  private final boolean localByParameter;
  private final JournalEffect journalEffect;
  private final List<Classification> parts;
  private final String digest;
  private final boolean feelsReads;

  private Classification(Builder b) {
    kind = b.kind;
    reason = b.reason;
    detail = b.detail;
    mayWrite = b.mayWrite;
    tables = b.tables;
    tablesComplete = b.tablesComplete;
    functions = b.functions;
    names = b.names;
    unknownFunctions = b.unknownFunctions;
    ifPure = b.ifPure;
    hint = b.hint;
    pin = b.pin;
    unpin = b.unpin;
    name = b.name;
    value = b.value;
    local = b.local;
    settingByParameter = b.settingByParameter;
    localByParameter = b.localByParameter;
    journalEffect = b.journalEffect;
    parts = b.parts;
    digest = b.digest;
    feelsReads = feels();
  }

  private boolean feels() {
    for (Classification part : parts) {
      if (part.feelsReads) {
        return true;
      }
    }
    switch (kind) {
      case ROLLBACK:
      case ROLLBACK_TO:
        return true;
      case DDL:
        return detail != null && (detail.startsWith("DROP") || detail.equals("VACUUM"));
      default:
        return journalEffect == JournalEffect.JOURNAL_MODE
            || journalEffect == JournalEffect.CHECKPOINT;
    }
  }

  /** What the text is. */
  public StatementKind kind() {
    return kind;
  }

  /** The rule that decided. */
  public Reason reason() {
    return reason;
  }

  /** True when the same text may be something else the next time it is asked for. */
  public boolean isPreliminary() {
    return reason == Reason.CLASSIFYING || reason == Reason.OVERDUE || reason == Reason.FAULT;
  }

  /** What the rule found (a function's name, a keyword), or null. */
  public String detail() {
    return detail;
  }

  /** True for {@link StatementKind#READ}: a replica that has the data may run it. */
  public boolean isRead() {
    return kind == StatementKind.READ;
  }

  /**
   * True unless the statement is known not to change data: after it, later reads of the session
   * must wait for the replica. Every doubt is true.
   */
  public boolean mayWrite() {
    return mayWrite;
  }

  /**
   * Names of tables and views in the text, in lower case without quotes, schema-qualified where the
   * text is; of a write the target only. See {@link #tablesComplete()}.
   */
  public Set<String> tables() {
    return tables;
  }

  /** True when {@link #tables()} holds every table the text names. */
  public boolean tablesComplete() {
    return tablesComplete;
  }

  /** Lower-case names of the functions the text calls, where it was examined that far. */
  public Set<String> functions() {
    return functions;
  }

  /**
   * Of a read: the lower-case names in the text that call nothing, those of all its tables and
   * views among them.
   */
  public Set<String> names() {
    return names;
  }

  /**
   * What it is when all of {@link #unknownFunctions()} are pure; null when they are not what keeps
   * it from being a read.
   */
  public Classification ifPure() {
    return ifPure;
  }

  /** Lower-case names, qualified where the text is, of the functions in no table of the dialect. */
  public Set<String> unknownFunctions() {
    return unknownFunctions;
  }

  /** A read that is none after all: the master runs it, and it may write. */
  public Classification refused(Reason why, String found) {
    Builder b = new Builder(StatementKind.UNKNOWN, why).detail(found).functions(functions);
    b.hint = hint;
    b.digest = digest;
    return b.build();
  }

  /** The same as a read that only the master can answer. */
  public Classification onMaster(Reason why, String found) {
    Builder b =
        new Builder(StatementKind.MASTER_READ, why)
            .detail(found)
            .mayWrite(false)
            .functions(functions);
    b.hint = hint;
    b.digest = digest;
    return b.build();
  }

  /** Advice in a comment; never null. */
  public Hint hint() {
    return hint;
  }

  /** The session state that running it sets up; {@link Pin#NONE} if none. */
  public Pin pin() {
    return pin;
  }

  /** The session state that running it ends; {@link Pin#NONE} if none. */
  public Pin unpin() {
    return unpin;
  }

  /**
   * Lower-case name of the savepoint, setting, cursor, temporary or attached object, or null. An
   * unpin without a name ends all of its kind.
   */
  public String name() {
    return name;
  }

  /** The value a setting is given, as written, or null. */
  public String value() {
    return value;
  }

  /** True when it gives a setting a value that is its only parameter. */
  public boolean isSettingByParameter() {
    return settingByParameter != null;
  }

  /**
   * The same with that parameter's value in place.
   *
   * @param literal a literal of SQL
   */
  public Classification withSetting(String literal) {
    return copy().setting(settingByParameter, literal).local(localByParameter).build();
  }

  /** True for a setting that ends with its transaction: SET LOCAL. */
  public boolean isLocal() {
    return local;
  }

  /** What it does to SQLite's journal. */
  public JournalEffect journalEffect() {
    return journalEffect;
  }

  /** True when it, or a statement of its text, does something to SQLite's journal. */
  public boolean touchesJournal() {
    if (parts.isEmpty()) {
      return journalEffect != JournalEffect.NONE;
    }
    for (Classification part : parts) {
      if (part.touchesJournal()) {
        return true;
      }
    }
    return false;
  }

  /**
   * True for what SQLite refuses while a read of the same connection is under way, and for what may
   * end such a read: DROP of a table or index, VACUUM, {@code PRAGMA journal_mode = …} and {@code
   * wal_checkpoint}; ROLLBACK of a transaction that has changed the schema. Tried on versions from
   * 3.36 to 3.54.
   */
  public boolean feelsReads() {
    return feelsReads;
  }

  /**
   * The statements of a {@link StatementKind#MULTI} text in order; of a SET with several
   * assignments each as a SET of its own; else empty.
   */
  public List<Classification> parts() {
    return parts;
  }

  /**
   * The text with {@code ''} and {@code 1} for its literals, white space evened out and comments
   * left out ({@link SqlScanner}); null for texts that have none, such as very long ones.
   */
  public String digest() {
    return digest;
  }

  /** The same, which also ties its session to the master, by what it calls. */
  public Classification pinning(Pin newPin, String called) {
    Builder b = copy().pin(newPin, called);
    return b.build();
  }

  /** The same, which also gives up what ties its session to the master. */
  Classification unpinning(Pin oldPin, String called) {
    return copy().unpin(oldPin, called).build();
  }

  /** The same with another hint. */
  Classification withHint(Hint newHint) {
    Builder b = copy();
    b.hint = newHint;
    b.ifPure = ifPure == null ? null : ifPure.withHint(newHint);
    return b.build();
  }

  /** The same with a digest. */
  Classification withDigest(String newDigest) {
    Builder b = copy();
    b.digest = newDigest;
    b.ifPure = ifPure == null ? null : ifPure.withDigest(newDigest);
    return b.build();
  }

  private Builder copy() {
    Builder b = new Builder(kind, reason).mayWrite(mayWrite).detail(detail);
    b.tables = tables;
    b.tablesComplete = tablesComplete;
    b.functions = functions;
    b.names = names;
    b.unknownFunctions = unknownFunctions;
    b.ifPure = ifPure;
    b.hint = hint;
    b.pin = pin;
    b.unpin = unpin;
    b.name = name;
    b.value = value;
    b.local = local;
    b.settingByParameter = settingByParameter;
    b.localByParameter = localByParameter;
    b.journalEffect = journalEffect;
    b.parts = parts;
    b.digest = digest;
    return b;
  }

  @Override
  public String toString() {
    return kind + " (" + reason.text() + (detail == null ? "" : ": " + detail) + ")";
  }

  /** Collects the parts of one classification; not thread-safe. */
  static final class Builder {
    private final StatementKind kind;
    private final Reason reason;
    private String detail;
    private boolean mayWrite = true;
    private Set<String> tables = Collections.emptySet();
    private boolean tablesComplete;
    private Set<String> functions = Collections.emptySet();
    private Set<String> names = Collections.emptySet();
    private Set<String> unknownFunctions = Collections.emptySet();
    private Classification ifPure;
    private Hint hint = Hint.NONE;
    private Pin pin = Pin.NONE;
    private Pin unpin = Pin.NONE;
    private String name;
    private String value;
    private boolean local;
    private String settingByParameter;
    private boolean localByParameter;
    private JournalEffect journalEffect = JournalEffect.NONE;
    private List<Classification> parts = Collections.emptyList();
    private String digest;

    Builder(StatementKind kind, Reason reason) {
      this.kind = kind;
      this.reason = reason;
    }

    Builder detail(String newDetail) {
      detail = newDetail;
      return this;
    }

    Builder mayWrite(boolean newMayWrite) {
      mayWrite = newMayWrite;
      return this;
    }

    Builder tables(Collection<String> newTables, boolean complete) {
      tables = copy(newTables);
      tablesComplete = complete;
      return this;
    }

    Builder functions(Collection<String> newFunctions) {
      functions = copy(newFunctions);
      return this;
    }

    Builder names(Collection<String> newNames) {
      names = copy(newNames);
      return this;
    }

    Builder ifPure(Collection<String> newFunctions, Classification newIfPure) {
      unknownFunctions = copy(newFunctions);
      ifPure = newIfPure;
      return this;
    }

    Builder pin(Pin newPin, String newName) {
      pin = newPin;
      name = newName;
      return this;
    }

    Builder unpin(Pin newUnpin, String newName) {
      unpin = newUnpin;
      name = newName;
      return this;
    }

    Builder setting(String newName, String newValue) {
      name = newName;
      value = newValue;
      return this;
    }

    Builder local(boolean newLocal) {
      local = newLocal;
      return this;
    }

    Builder settingByParameter(String newName, boolean newLocal) {
      settingByParameter = newName;
      localByParameter = newLocal;
      return this;
    }

    Builder journalEffect(JournalEffect newEffect) {
      journalEffect = newEffect;
      return this;
    }

    Builder parts(List<Classification> newParts) {
      parts = Collections.unmodifiableList(newParts);
      return this;
    }

    Classification build() {
      return new Classification(this);
    }

    private static Set<String> copy(Collection<String> names) {
      return names.isEmpty()
          ? Collections.<String>emptySet()
          : Collections.unmodifiableSet(new TreeSet<>(names));
    }
  }
}
