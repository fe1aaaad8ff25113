package io.rwsplit.route;

import io.rwsplit.topology.Replica;
import java.util.concurrent.ThreadLocalRandom;

/** Each as often as its weight says, which lag lowers: in turn, or by chance. */
final class Weighted extends Chooser {
  private final Replica[] replicas;

  /** Null: by chance. */
  private final Turn turn;

  Weighted(Replica[] replicas, boolean inTurn) {
    this.replicas = replicas;
    this.turn = inTurn ? new Turn() : null;
  }

  @Override
  int choose(long eligible, Balancer.Load load) {
    double total = 0;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      total += weight(Bits.first(rest));
    }
    double point = turn == null ? ThreadLocalRandom.current().nextDouble() : turn.next();
    double left = point * total;
    int chosen = 0;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      chosen = Bits.first(rest);
      left -= weight(chosen);
      if (left < 0) {
        return chosen;
      }
    }
    // Weights changed meanwhile, or the sum was rounded.
    return chosen;
  }

  private double weight(int replica) {
    Replica of = replicas[replica];
    return of.traits().share() * of.freshness();
  }

  @Override
  double promised(int replica, long eligible) {
    double total = 0;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      total += weight(Bits.first(rest));
    }
    return weight(replica) / total;
  }

  @Override
  public String toString() {
    return turn == null ? "random" : "weighted_round_robin";
  }
}
