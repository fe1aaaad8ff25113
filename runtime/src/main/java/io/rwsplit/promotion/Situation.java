package io.rwsplit.promotion;

import java.util.List;

/** All that a decision depends on. Immutable. */
final class Situation {
  /** Every configured node, the dead ones too. */
  final List<Candidate> nodes;

  /** Index of the node that is the master by what is known; negative when there is none. */
  final int master;

  /** Since the master changed, in nanoseconds; negative when it never did. */
  final long sinceChangeNanos;

  Situation(List<Candidate> nodes, int master, long sinceChangeNanos) {
    this.nodes = nodes;
    this.master = master;
    this.sinceChangeNanos = sinceChangeNanos;
  }

  /** How many nodes are a majority of those that are configured. */
  int majority() {
    return nodes.size() / 2 + 1;
  }

  int answering() {
    int answering = 0;
    for (Candidate node : nodes) {
      answering += node.report.answered ? 1 : 0;
    }
    return answering;
  }
}
