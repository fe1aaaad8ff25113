package io.rwsplit.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.consistency.Lsn;
import io.rwsplit.consistency.MariadbGtids;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A node is written {@code state source position extra…}: state {@code dead}, {@code refuses},
 * {@code master}, {@code fenced} or {@code replica}; of a replica the source ({@code trying},
 * {@code connected}, {@code stopped}, {@code none}, {@code unknown}) and a position in hexadecimal.
 * Separated by slashes, the master last. Extras: {@code broken}, {@code paused}, {@code lag=12},
 * {@code line=2}, {@code silent=500} and {@code unseen} for the master.
 */
class DeciderTest {
  private static final long MILLI = 1_000_000;

  private static Candidate node(int index, String text) {
    String[] words = text.trim().split(" ", -1);
    NodeReport.Builder report = new NodeReport.Builder();
    long lag = 0;
    long silent = 5000;
    boolean seen = true;
    report.source = Source.NONE;
    report.line = 1;
    int options = 1;
    switch (words[0]) {
      case "master":
        report.writable = true;
        break;
      case "replica":
        report.source = Source.valueOf(words[1].toUpperCase(java.util.Locale.ROOT));
        report.held = new Lsn(Long.parseLong(words[2], 16));
        report.applied = report.held;
        report.sourceAddress = "master:1";
        options = 3;
        break;
      case "dead":
        report.answered = false;
        report.problem = "connection refused";
        break;
      case "refuses":
        report.answered = false;
        report.refused = true;
        report.problem = "too many connections";
        break;
      default:
        break;
    }
    for (int i = options; i < words.length; i++) {
      String[] option = words[i].split("=", -1);
      switch (option[0]) {
        case "broken":
          report.broken = "error 1062";
          break;
        case "paused":
          report.keptBack = "its replay is paused";
          break;
        case "lag":
          lag = Long.parseLong(option[1]) * 1000 * MILLI;
          break;
        case "line":
          report.line = Long.parseLong(option[1]);
          break;
        case "silent":
          silent = Long.parseLong(option[1]);
          break;
        case "from":
          report.sourceAddress = option[1];
          break;
        case "unseen":
          seen = false;
          break;
        default:
          throw new IllegalArgumentException(words[i]);
      }
    }
    return new Candidate(
        "n" + index, index, "node" + index + ":1", report.build(), silent * MILLI, seen, lag);
  }

  private static Situation situation(String text, long sinceChangeMillis) {
    List<Candidate> nodes = new ArrayList<>();
    String[] parts = text.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      nodes.add(node(i, parts[i]));
    }
    return new Situation(nodes, nodes.size() - 1, sinceChangeMillis * MILLI);
  }

  private static Decider decider() {
    return new Decider(new PromotionRules(3000 * MILLI, 10_000 * MILLI, 60_000 * MILLI));
  }

  private static void check(Decision decision, String expected, String because) {
    String outcome =
        decision.isPromotion()
            ? "promote " + decision.node()
            : decision.isCalm() ? "none" : "stand still";
    assertEquals(expected, outcome, decision::toString);
    assertTrue(decision.reason().contains(because), decision::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The master is gone, by all signals.
        "replica trying 10 / replica trying 20 / dead | promote 1 | holds most",
        "replica trying 20 / replica trying 10 / dead | promote 0 | holds most",
        "replica trying 20 / replica trying 20 / dead | promote 0 | holds most",
        "replica stopped 20 / replica trying 10 / dead | promote 0 | holds most",
        "replica none 20 / replica trying 10 / dead | promote 0 | holds most",
        "replica trying 1 / replica trying 2 / dead / replica trying 3 / dead | promote 3 | most",
        // It is not.
        "replica connected 10 / replica connected 10 / master | none | is the master",
        "replica trying 10 / replica trying 10 / master | none | is the master",
        "replica trying 10 / replica trying 10 / fenced | stand still | takes no writes",
        "replica trying 10 / replica trying 10 / refuses | stand still | too many connections",
        "replica trying 10 / replica connected 10 / dead | stand still | still has a connection",
        "replica stopped 10 / replica stopped 10 / dead | stand still | no replica says",
        "replica trying 10 / replica unknown 10 / dead | stand still | does not tell",
        "replica trying 10 / replica trying 10 / dead silent=2900 | stand still | observ",
        "replica trying 10 / replica trying 10 / dead unseen | stand still | never seen",
        "replica trying 10 / master / dead | stand still | takes writes already",
        // Nobody may decide.
        "replica trying 10 / dead / dead | stand still | only 1 of 3",
        "replica trying 10 / dead | stand still | only 1 of 2",
        "replica trying 10 / replica trying 10 / dead / dead | stand still | majority is 3",
        "replica trying 10 / replica trying 10 / dead / dead / dead | stand still | majority is 3",
        // Who may be promoted.
        "replica trying 10 / replica trying 20 broken / dead | promote 0 | error 1062",
        "replica trying 10 / replica trying 20 paused / dead | promote 0 | paused",
        "replica trying 9 broken / replica trying 9 paused / dead | stand still | no replica can",
        "replica trying 10 lag=9 / replica trying 9 / dead | promote 0 | most",
        "replica trying 10 lag=11 / replica trying 9 lag=12 / dead | stand still | lacks the last",
        "replica trying 10 lag=-1 / replica trying 9 / dead | stand still | cannot be told",
        "replica trying 90 / replica trying 10 line=2 / dead | promote 1 | earlier line",
        // Cascades: whoever follows another replica is no witness.
        "replica trying 10 / replica connected 10 from=node0:1 / dead | promote 0 | most",
        "replica connected 9 from=node1:1 / replica connected 9 / dead | stand still | still has",
      })
  void decides(String nodes, String expected, String because) {
    check(decider().decide(situation(nodes, -1)), expected, because);
  }

  @Test
  void aChangeIsNotFollowedByAnotherAtOnce() {
    String gone = "replica trying 10 / replica trying 20 / dead";
    check(decider().decide(situation(gone, 59_999)), "stand still", "freeze");
    check(decider().decide(situation(gone, 60_000)), "promote 1", "most");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replica trying 10 / replica trying 20 / dead silent=0 unseen | promote 0 | asked",
        "replica stopped 10 lag=99 / replica stopped 20 / dead | promote 0 | asked",
        "replica trying 10 / replica trying 20 / fenced | promote 0 | asked",
        "replica trying 10 / replica trying 20 / master | stand still | switchover",
        "replica trying 10 / replica connected 20 / dead | stand still | still has",
        "replica trying 10 / dead / dead | stand still | only 1 of 3",
        "replica trying 10 broken / replica trying 20 / dead | stand still | cannot apply",
        "dead / replica trying 20 / replica trying 20 | stand still | does not answer",
      })
  void decidesForSomebody(String nodes, String expected, String because) {
    check(decider().decideFor(situation(nodes, 0), 0), expected, because);
  }

  @Test
  void whoHasWhatTheOtherLacksIsNotChosenByChance() {
    List<Candidate> nodes = new ArrayList<>();
    for (String gtids : new String[] {"0-1-10,1-1-5", "0-1-9,1-1-6"}) {
      NodeReport.Builder report = new NodeReport.Builder();
      report.source = Source.TRYING;
      report.held = MariadbGtids.parse(gtids);
      report.applied = report.held;
      nodes.add(new Candidate("n" + nodes.size(), 0, "a:1", report.build(), 0, false, 0));
    }
    nodes.add(node(2, "dead"));
    check(decider().decide(new Situation(nodes, 2, -1)), "stand still", "neither of");
  }

  @Test
  void withoutAMasterNothingIsDecided() {
    Situation now = situation("replica trying 10 / replica trying 10 / dead", -1);
    check(decider().decide(new Situation(now.nodes, -1, -1)), "stand still", "not known");
  }
}
