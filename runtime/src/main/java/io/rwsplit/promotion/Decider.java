package io.rwsplit.promotion;

import io.rwsplit.consistency.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether a replica is to be promoted, and which. A pure function; see the README for the
 * rules it states, in their order.
 */
final class Decider {
  private final PromotionRules rules;

  Decider(PromotionRules rules) {
    this.rules = rules;
  }

  /** What is to be done without anybody asking for it. */
  Decision decide(Situation now) {
    Decision no = masterIsGone(now);
    if (no == null && now.sinceChangeNanos >= 0 && now.sinceChangeNanos < rules.freezeNanos) {
      no =
          Decision.standStill(
              "the master changed "
                  + seconds(now.sinceChangeNanos)
                  + " ago, and rwsplit.failover.freeze is "
                  + seconds(rules.freezeNanos));
    }
    if (no == null) {
      no = replicasSay(now);
    }
    if (no != null) {
      return no;
    }
    Decision best = best(now);
    if (!best.isPromotion()) {
      return best;
    }
    Candidate chosen = now.nodes.get(best.node());
    if (chosen.lagNanos < 0) {
      return Decision.standStill("how far " + chosen.name + " is behind cannot be told");
    }
    if (chosen.lagNanos > rules.lagMaxNanos) {
      return Decision.standStill(
          chosen.name
              + ", the furthest, lacks the last "
              + seconds(chosen.lagNanos)
              + ", and rwsplit.failover.lag-max is "
              + seconds(rules.lagMaxNanos));
    }
    return best;
  }

  /**
   * Whether somebody who asks for it may have this node promoted: it need not be the furthest, nor
   * anything be observed before, but nobody else may be a master, and a majority must answer.
   */
  Decision decideFor(Situation now, int target) {
    for (Candidate node : now.nodes) {
      if (node.report.answered && node.report.writable) {
        return Decision.standStill(
            node.name + " takes writes; stop it first, or ask for a switchover");
      }
    }
    Decision no = majority(now);
    if (no != null) {
      return no;
    }
    for (Candidate node : now.nodes) {
      if (node.report.source == Source.CONNECTED && !isFedByReplica(now, node)) {
        return Decision.standStill(stillConnected(node));
      }
    }
    Candidate chosen = now.nodes.get(target);
    String obstacle = obstacle(chosen);
    if (obstacle != null) {
      return Decision.standStill(chosen.name + " " + obstacle);
    }
    return Decision.promote(target, "asked for");
  }

  /** Null when the master is gone for long enough. */
  private Decision masterIsGone(Situation now) {
    if (now.master < 0) {
      return Decision.standStill("it is not known which node was the master");
    }
    Candidate master = now.nodes.get(now.master);
    NodeReport report = master.report;
    if (report.answered) {
      return report.writable
          ? Decision.none(master.name + " is the master")
          : Decision.standStill(master.name + " answers, and takes no writes");
    }
    if (report.refused) {
      return Decision.standStill(master.name + " runs, but refuses: " + report.problem);
    }
    for (Candidate node : now.nodes) {
      if (node.report.answered && node.report.writable) {
        return Decision.standStill(node.name + " takes writes already");
      }
    }
    if (!master.seenAsMaster) {
      return Decision.standStill(
          master.name + " was never seen as master by this JVM: " + report.problem);
    }
    if (master.silentNanos < rules.observationNanos) {
      return Decision.standStill(
          master.name
              + " does not answer ("
              + report.problem
              + "); observed for rwsplit.failover.observation="
              + seconds(rules.observationNanos));
    }
    return null;
  }

  private static Decision majority(Situation now) {
    if (now.answering() < now.majority()) {
      return Decision.standStill(
          "only "
              + now.answering()
              + " of "
              + now.nodes.size()
              + " nodes answer, and a majority is "
              + now.majority());
    }
    return null;
  }

  /** Null when enough other servers have lost the master, too. */
  private static Decision replicasSay(Situation now) {
    Decision no = majority(now);
    if (no != null) {
      return no;
    }
    boolean lost = false;
    for (int i = 0; i < now.nodes.size(); i++) {
      Candidate node = now.nodes.get(i);
      if (i == now.master || !node.report.answered || isFedByReplica(now, node)) {
        continue;
      }
      if (node.report.source == Source.CONNECTED) {
        return Decision.standStill(stillConnected(node));
      }
      if (node.report.source == Source.UNKNOWN) {
        return Decision.standStill(
            node.name
                + " does not tell whether it has a connection to its master: "
                + node.report.problem);
      }
      lost |= node.report.source == Source.TRYING;
    }
    return lost ? null : Decision.standStill("no replica says that it has lost its master");
  }

  private static String stillConnected(Candidate node) {
    return node.name + " still has a connection to its master";
  }

  /** True when it replicates from another replica, and so is no witness of the master's death. */
  private static boolean isFedByReplica(Situation now, Candidate node) {
    if (node.report.sourceAddress == null) {
      return false;
    }
    for (int i = 0; i < now.nodes.size(); i++) {
      if (i != now.master && now.nodes.get(i).address.equals(node.report.sourceAddress)) {
        return true;
      }
    }
    return false;
  }

  /** The replica that holds most; by priority among equals. */
  private static Decision best(Situation now) {
    long line = 0;
    for (Candidate node : now.nodes) {
      line = node.report.answered ? Math.max(line, node.report.line) : line;
    }
    List<String> obstacles = new ArrayList<>();
    int best = -1;
    for (int i = 0; i < now.nodes.size(); i++) {
      Candidate node = now.nodes.get(i);
      if (i == now.master) {
        continue;
      }
      String obstacle = obstacle(node);
      if (obstacle == null && node.report.line < line) {
        obstacle = "is on an earlier line of history";
      }
      if (obstacle != null) {
        obstacles.add(node.name + " " + obstacle);
      } else if (best < 0) {
        best = i;
      } else {
        int order = compare(node, now.nodes.get(best));
        if (order == DIVERGED) {
          return Decision.standStill(
              "neither of "
                  + now.nodes.get(best).name
                  + " and "
                  + node.name
                  + " has all that the other has");
        }
        best = order < 0 ? i : best;
      }
    }
    if (best < 0) {
      return Decision.standStill("no replica can be promoted: " + String.join("; ", obstacles));
    }
    Candidate chosen = now.nodes.get(best);
    String others = obstacles.isEmpty() ? "" : "; " + String.join("; ", obstacles);
    return Decision.promote(
        best,
        now.nodes.get(now.master).name
            + " has been silent for "
            + seconds(now.nodes.get(now.master).silentNanos)
            + ", its replicas have lost it, and "
            + chosen.name
            + " holds most ("
            + chosen.report.held
            + ")"
            + others);
  }

  private static final int DIVERGED = 2;

  /** Negative when the first is the better one. */
  private static int compare(Candidate one, Candidate other) {
    Position first = one.report.held;
    Position second = other.report.held;
    boolean has = first.includes(second);
    boolean lacks = !has || second.includes(first);
    if (!has && !second.includes(first)) {
      return DIVERGED;
    }
    if (!has || !lacks) {
      return has ? -1 : 1;
    }
    return one.priority < other.priority ? -1 : 1;
  }

  /** Why a node cannot be promoted, continuing a sentence; null when it can. */
  private static String obstacle(Candidate node) {
    NodeReport report = node.report;
    if (!report.answered) {
      return "does not answer: " + report.problem;
    }
    if (report.held == null || report.applied == null) {
      return "does not tell its position: " + report.problem;
    }
    if (report.broken != null) {
      return "cannot apply what it has received: " + report.broken;
    }
    return report.keptBack == null ? null : "is kept back: " + report.keptBack;
  }

  static String seconds(long nanos) {
    long millis = nanos / 1_000_000;
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
