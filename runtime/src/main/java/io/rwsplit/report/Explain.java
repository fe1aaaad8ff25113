package io.rwsplit.report;

import io.rwsplit.catalog.CatalogSnapshot;
import io.rwsplit.engine.Engine;
import io.rwsplit.route.ReadRules;
import io.rwsplit.route.RoutePolicy;
import io.rwsplit.route.RouteReason;
import io.rwsplit.route.Tier;
import io.rwsplit.route.Tiers;
import io.rwsplit.session.Mode;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Hint;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.sql.StatementKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Where a SQL text would be run in a session of an assumed state, and why: the decision that
 * statements get, taken by the same rules, without running anything. Immutable.
 *
 * <p>Not taken into account, because they change from moment to moment: the replicas' health and
 * lag, free connections, and how the application executes the text.
 */
public final class Explain {
  private static final int PARSE_TRIES = 20;

  private final Classification statement;
  private final AssumedSession session;
  private final RouteReason reason;
  private final Tier tier;
  private final RouteReason ofSession;
  private final Mode mode;

  /** By-table consistency: what it can show; null when that cannot be told, or is not asked. */
  private final Set<String> shown;

  private final boolean byTable;

  private Explain(
      Classification statement,
      AssumedSession session,
      Tier tier,
      SessionState state,
      ReadRules rules,
      Set<String> shown) {
    this.statement = statement;
    this.session = session;
    this.tier = tier;
    this.ofSession = state.masterReason();
    this.mode = state.mode();
    this.byTable = rules.isByTable();
    this.shown = shown;
    RouteReason why = RoutePolicy.masterReason(statement, ofSession);
    if (why == null && tier == Tier.STRONG) {
      why = RouteReason.STRONG;
    }
    boolean eventual = tier == Tier.EVENTUAL && mode != Mode.READ_ONLY_TRANSACTION;
    if (why == null && !eventual && session.mustSee(mode, shown)) {
      why = RouteReason.READ_YOUR_WRITES;
    }
    this.reason = why == null ? RouteReason.READ : why;
  }

  /**
   * Explains a text. May wait for the parser, some seconds at the very worst.
   *
   * @param rules what the configuration asks of reads
   * @param catalog what is known of the schema; null: nothing, or the engine needs no look at it
   * @param sql as the application would write it
   */
  public static Explain of(
      Engine engine,
      SqlClassifier classifier,
      ReadRules rules,
      CatalogSnapshot catalog,
      String sql,
      AssumedSession session) {
    Classification statement = classifier.classify(sql);
    for (int i = 0; i < PARSE_TRIES && statement.reason() == Reason.CLASSIFYING; i++) {
      statement = classifier.classify(sql);
    }
    if (catalog != null) {
      statement = catalog.resolve(statement);
    }
    Tiers tiers = rules.tiers();
    Tier tier = statement.isRead() ? tiers.of(statement, sql, catalog) : Tier.CONFIGURED;
    Set<String> shown =
        rules.isByTable() && catalog != null ? catalog.tablesReadBy(statement) : null;
    return new Explain(statement, session, tier, session.state(engine, classifier), rules, shown);
  }

  /** What the text is. */
  public StatementKind kind() {
    return statement.kind();
  }

  /** True when a replica would be asked. */
  public boolean onReplica() {
    return reason.isReplica();
  }

  /** {@code master}, {@code replica}, or {@code replica=NAME} as a comment advises. */
  public String route() {
    if (!onReplica()) {
      return "master";
    }
    return statement.hint().replicaName() == null ? "replica" : statement.hint().toString();
  }

  /** The rule of the policy that decided. */
  public RouteReason reason() {
    return reason;
  }

  /** All that speaks for the route in words: the decisive one, the statement's, further ones. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    reasons.add(reason.text());
    String detail = statement.detail();
    reasons.add(statement.reason().text() + (detail == null ? "" : ": " + detail));
    if (ofSession != null && ofSession != reason) {
      reasons.add(ofSession.text());
    }
    if (reason != RouteReason.PINNED && !session.pins().isEmpty()) {
      reasons.add(RouteReason.PINNED.text());
    }
    if (statement.isRead() && statement.hint().isMaster() && reason != RouteReason.HINT) {
      reasons.add(RouteReason.HINT.text());
    }
    if (tier == Tier.STRONG && reason != RouteReason.STRONG) {
      reasons.add(RouteReason.STRONG.text());
    }
    if (onReplica() && mode == Mode.READ_ONLY_TRANSACTION) {
      reasons.add("one replica serves the whole of a read-only transaction");
    }
    if (onReplica() && mode == Mode.UNTIL_WRITE) {
      reasons.add("the transaction has not written yet");
    }
    if (tier == Tier.EVENTUAL) {
      reasons.add("a rule of the configuration lets any replica serve");
    }
    return Collections.unmodifiableList(reasons);
  }

  /** Tables and views the text names, in lower case; see {@link #tablesComplete()}. */
  public Set<String> tables() {
    return statement.tables();
  }

  /** True when {@link #tables()} are all that the text names. */
  public boolean tablesComplete() {
    return statement.tablesComplete();
  }

  /** Functions the text calls, in lower case, where it was examined that far. */
  public Set<String> functions() {
    return statement.functions();
  }

  /** The pin that running it would set; {@link Pin#NONE} if none. */
  public Pin pin() {
    return statement.pin();
  }

  /** The advice in its comments. */
  public Hint hint() {
    return statement.hint();
  }

  /** The text without literals and comments; null where there is none. */
  public String digest() {
    return statement.digest();
  }

  /** A line for each answer. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("route:     " + route());
    for (String each : reasons()) {
      lines.add("because:   " + each);
    }
    lines.add("kind:      " + kind() + (statement.mayWrite() ? ", may write" : ""));
    lines.add("session:   " + session);
    lines.add("tables:    " + list(tables()) + (tablesComplete() ? "" : " (perhaps more)"));
    if (byTable) {
      String bound = shown == null ? "any table" : list(shown);
      lines.add("waits for: " + (statement.isRead() ? "writes to " + bound : "nothing"));
    }
    lines.add("functions: " + list(functions()));
    lines.add("hint:      " + hint());
    lines.add("sets pin:  " + pin());
    lines.add("digest:    " + (digest() == null ? "none" : digest()));
    return lines;
  }

  /**
   * The same, and how one of the replicas is chosen where one is asked.
   *
   * @param choice of {@link BalanceText}
   */
  public List<String> lines(List<String> choice) {
    List<String> lines = lines();
    if (onReplica()) {
      for (String each : choice) {
        lines.add("choice:    " + each);
      }
    }
    return lines;
  }

  private static String list(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  @Override
  public String toString() {
    return String.join("\n", lines());
  }
}
