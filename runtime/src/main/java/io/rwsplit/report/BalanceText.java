package io.rwsplit.report;

import io.rwsplit.route.Balancer;
import io.rwsplit.topology.Replica;
import java.util.ArrayList;
import java.util.List;

/** Says in words how a replica is chosen, and what each has to expect. Stateless. */
public final class BalanceText {
  private BalanceText() {}

  /**
   * How a read's replica would be chosen now: a line for the strategy, one for each replica.
   *
   * @param eligible the replicas that may serve it, one per bit
   * @param asked the replicas it asks for
   * @param load connections in use
   */
  public static List<String> lines(
      Balancer balancer, Replica[] replicas, long eligible, long asked, Balancer.Load load) {
    List<String> lines = new ArrayList<>();
    String strategy = "strategy: " + balancer;
    if (balancer.masterShare() != 0 && (eligible & asked) == 0) {
      strategy += "; the master takes " + percent(balancer.masterShare()) + " of the reads";
    }
    lines.add(strategy);
    for (Replica replica : replicas) {
      StringBuilder line = new StringBuilder(replica.name()).append(": ");
      long bit = 1L << replica.index();
      if (!replica.inService()) {
        line.append("out of service: ").append(replica.standing());
      } else if ((eligible & bit) == 0) {
        line.append("may not serve this read now");
      } else {
        expectation(line, balancer, replica, eligible, asked, load);
      }
      if ((asked & bit) != 0) {
        line.append("; asked for");
      }
      if (balancer.isNear(replica.index())) {
        line.append("; own zone");
      }
      lines.add(traits(line, replica).toString());
    }
    return lines;
  }

  private static void expectation(
      StringBuilder line,
      Balancer balancer,
      Replica replica,
      long eligible,
      long asked,
      Balancer.Load load) {
    int index = replica.index();
    double promised = balancer.promised(index, eligible, asked);
    double score = balancer.score(index, load);
    if (promised == 0) {
      line.append("not chosen while others may serve");
    } else if (Double.isNaN(promised)) {
      line.append("compared by score");
    } else {
      line.append(percent(promised)).append(" of the reads");
    }
    if (!Double.isNaN(score)) {
      line.append("; score ").append(hundredths(score));
    }
    double warmth = balancer.warmth(index);
    if (warmth < 1) {
      line.append("; has returned, and gets ").append(percent(warmth)).append(" of its part");
    }
  }

  /** Appends what the configuration says of a replica and what was measured, if it matters. */
  static StringBuilder traits(StringBuilder line, Replica replica) {
    int weight = replica.traits().weight();
    if (weight != 1) {
      line.append("; weight ").append(weight);
    }
    if (replica.freshness() < 0.995) {
      line.append(", ").append(percent(replica.freshness())).append(" of it by its lag");
    }
    if (!replica.traits().zone().isEmpty()) {
      line.append("; zone ").append(replica.traits().zone());
    }
    if (!replica.traits().tags().isEmpty()) {
      line.append("; tags ").append(String.join("+", replica.traits().tags()));
    }
    double nanos = replica.latency().nanos();
    if (nanos != 0) {
      line.append("; ").append(hundredths(nanos / 1e6)).append(" ms to the first row");
    }
    return line;
  }

  private static String percent(double part) {
    return Figures.percent(Math.round(part * 1000), 1000);
  }

  private static String hundredths(double number) {
    long hundredths = Math.round(number * 100);
    String rest = String.valueOf(hundredths % 100);
    return hundredths / 100 + (rest.length() == 1 ? ".0" : ".") + rest;
  }
}
