package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Case;
import io.rwsplit.benchmarks.program.Engine;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables of one engine, and what they say of the aims. Used by one thread. */
final class StatementTables {
  private static final String BARE = Contender.BARE.title();
  private static final String ROUTE = Contender.ROUTE.title();

  private final Report report;
  private final Engine engine;
  private final List<Contender> contenders;
  private final Map<Case, Rounds> figures;

  StatementTables(
      Report report, Engine engine, List<Contender> contenders, Map<Case, Rounds> figures) {
    this.report = report;
    this.engine = engine;
    this.contenders = contenders;
    this.figures = figures;
  }

  /** How a cell is made. */
  private interface Cell {
    String of(Rounds rounds, String contender);
  }

  void print() {
    Rounds any = figures.values().iterator().next();
    report.line("### Statements on %s, %d rounds", engine.title(), any.count());
    report.line("");
    ratios("CPU of the application's threads", StatementRound.CPU);
    ratios("Time on the clock", StatementRound.WALL);
    ratios("CPU of the whole process", StatementRound.PROCESS);
    table(
        "Bytes allocated by the application's threads per operation, beyond bare",
        "bare, bytes",
        (rounds, contender) ->
            rounds.has(contender, StatementRound.BYTES)
                ? format("%,.0f", rounds.of(contender, StatementRound.BYTES).median())
                : "–",
        (rounds, contender) ->
            rounds.has(contender, StatementRound.BYTES)
                ? format("%+,.0f", rounds.difference(contender, StatementRound.BYTES).median())
                : "–");
    table(
        "Part that replicas served, in % (by the servers' count of looks into tables, else the"
            + " agent's of statements)",
        BARE, StatementTables::served, StatementTables::served);
    for (Map.Entry<Case, Rounds> each : figures.entrySet()) {
      report.record("statements " + engine.title(), each.getKey().name(), each.getValue());
      aims(each.getKey(), each.getValue());
    }
  }

  private void ratios(String title, String metric) {
    table(
        title + " per operation, ratio to bare",
        "bare, µs",
        (rounds, contender) ->
            rounds.has(contender, metric)
                ? format("%,.2f", rounds.of(contender, metric).median() / 1e3)
                : "–",
        (rounds, contender) ->
            rounds.hasRatio(contender, metric)
                ? rounds.ratio(contender, metric).format("%.2f")
                : "–");
  }

  private static String served(Rounds rounds, String contender) {
    for (String metric : new String[] {StatementRound.SERVED, StatementRound.ROUTED}) {
      if (rounds.has(contender, metric)) {
        return format("%.1f", 100 * rounds.of(contender, metric).median());
      }
    }
    return "–";
  }

  private static String format(String format, double figure) {
    return String.format(Locale.ROOT, format, figure);
  }

  private void table(String title, String first, Cell bare, Cell others) {
    report.line("%s:", title);
    report.line("");
    StringBuilder head = new StringBuilder("| case | ").append(first);
    StringBuilder rule = new StringBuilder("|---|---");
    for (Contender contender : contenders) {
      if (contender != Contender.BARE) {
        head.append(" | ").append(contender.title());
        rule.append("|---");
      }
    }
    report.out().println(head.append(" |"));
    report.out().println(rule.append("|"));
    for (Map.Entry<Case, Rounds> each : figures.entrySet()) {
      StringBuilder row = new StringBuilder("| `").append(each.getKey().name()).append("` | ");
      row.append(bare.of(each.getValue(), BARE));
      for (Contender contender : contenders) {
        if (contender != Contender.BARE) {
          row.append(" | ").append(others.of(each.getValue(), contender.title()));
        }
      }
      report.out().println(row.append(" |"));
    }
    report.line("");
  }

  private void aims(Case which, Rounds rounds) {
    // A server's answer takes longer than all that happens here: there the clock counts.
    String metric = engine == Engine.POSTGRESQL ? StatementRound.WALL : StatementRound.CPU;
    if (!rounds.hasRatio(ROUTE, metric)) {
      return;
    }
    Aims aims = report.aims();
    String where = engine.title();
    switch (which.name()) {
      case "prepared-select":
        if (engine == Engine.POSTGRESQL) {
          atMost("prepared read on a PostgreSQL replica ≤ 1.01", 1.01, rounds, metric);
        } else if (engine == Engine.SQLITE) {
          atMost("prepared read on a SQLite replica ≤ 1.03", 1.03, rounds, metric);
        }
        aims.atMost(
            "bytes allocated per prepared read beyond the driver's ≤ 0",
            0.5,
            where,
            rounds.difference(ROUTE, StatementRound.BYTES).median());
        break;
      case "select-in-tx":
        atMost("statement kept on the master ≤ 1.01", 1.01, rounds, metric);
        break;
      case "prepare-each-time":
        atMost("prepare, execute, close ≤ 1.05", 1.05, rounds, metric);
        break;
      case "adhoc-distinct":
        atMost("short texts, all distinct ≤ 1.05", 1.05, rounds, metric);
        break;
      default:
        // No aim.
    }
  }

  /** On servers also with one replica, and against who reads from two in turn by hand. */
  private void atMost(String aim, double limit, Rounds rounds, String metric) {
    Aims aims = report.aims();
    String one = Contender.ONE_REPLICA.title();
    String byHand = Contender.IN_TURN.title();
    String where = engine.title();
    aims.atMost(aim, limit, where, rounds.medianRatio(ROUTE, metric));
    aims.atMost(aim, limit, where + ", one replica", rounds.medianRatio(one, metric));
    aims.atMost(
        aim, limit, where + ", against " + byHand, rounds.medianRatio(ROUTE, byHand, metric));
  }
}
