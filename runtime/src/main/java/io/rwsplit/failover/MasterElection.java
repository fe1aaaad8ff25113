package io.rwsplit.failover;

import io.rwsplit.topology.MasterTerm;
import io.rwsplit.topology.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which node is the master from what the servers say of themselves. Pure: the same states give
 * the same verdict.
 *
 * <p>The master stays the master while it answers as one and nobody has a better claim; a doubt
 * never moves writes to another node, and may leave nobody to write to.
 */
public final class MasterElection {
  /** Questions in a row that must fail, besides the time, before a silent master is given up. */
  private static final int FAILURES = 3;

  /** One failure may be that of an old connection. */
  private static final int SURELY_SILENT = 2;

  /** What was decided. Immutable. */
  public static final class Verdict {
    private final int node;
    private final boolean changed;
    private final String why;

    Verdict(int node, boolean changed, String why) {
      this.node = node;
      this.changed = changed;
      this.why = why;
    }

    /** The master, or {@link MasterTerm#NOBODY}. */
    public int node() {
      return node;
    }

    /** True when a new term begins with it. */
    public boolean isNewTerm() {
      return changed;
    }

    /** Why, for people; empty when all is as it should be. */
    public String why() {
      return why;
    }
  }

  private final List<NodeState> nodes;
  private final List<String> addresses;
  private final int leader;
  private final MasterTerm term;
  private final long silenceNanos;
  private final long now;

  private MasterElection(
      List<NodeState> nodes,
      List<String> addresses,
      int leader,
      MasterTerm term,
      long silenceNanos,
      long now) {
    this.nodes = nodes;
    this.addresses = addresses;
    this.leader = leader;
    this.term = term;
    this.silenceNanos = silenceNanos;
    this.now = now;
  }

  /**
   * Decides where every node has its own address.
   *
   * @param nodes by index
   * @param addresses {@code host:port} of each node, in the spelling of {@link NodeState#source}
   * @param leader what an outside manager says, or {@link OutsideOpinion#NONE}
   * @param term the current one
   * @param silenceNanos how long the master may be silent before it is none
   * @param now by {@link System#nanoTime()}
   */
  public static Verdict decide(
      List<NodeState> nodes,
      List<String> addresses,
      int leader,
      MasterTerm term,
      long silenceNanos,
      long now) {
    return new MasterElection(nodes, addresses, leader, term, silenceNanos, now).decide();
  }

  /**
   * Decides where the last node is a proxy, which leads to one of the others: that is the master,
   * whoever is behind it, unless that one is known to be none.
   */
  public static Verdict decideBehindProxy(
      List<NodeState> nodes, int leader, MasterTerm term, long silenceNanos, long now) {
    return new MasterElection(nodes, null, leader, term, silenceNanos, now).behindProxy();
  }

  /**
   * True when the master has not answered, and another node is it if that happens once more:
   * whoever has not been led anywhere yet had better wait for that. Parameters are those of {@link
   * #decide}.
   */
  public static boolean hangsOnOneSilence(
      List<NodeState> nodes,
      List<String> addresses,
      int leader,
      MasterTerm term,
      long silenceNanos,
      long now) {
    if (!term.hasMaster()) {
      return false;
    }
    NodeState current = nodes.get(term.node());
    if (current.isReachable() || !current.isAsked()) {
      return false;
    }
    List<NodeState> later = new ArrayList<>(nodes);
    later.set(term.node(), current.silent(current.problem(), now));
    Verdict then = decide(later, addresses, leader, term, silenceNanos, now);
    return then.isNewTerm()
        && then.node() != MasterTerm.NOBODY
        && !decide(nodes, addresses, leader, term, silenceNanos, now).isNewTerm();
  }

  private Verdict stay(String why) {
    return new Verdict(term.node(), false, why);
  }

  private Verdict elect(int node, String why) {
    return node == term.node() ? stay("") : new Verdict(node, true, why);
  }

  private Verdict nobody(String why) {
    return new Verdict(MasterTerm.NOBODY, term.hasMaster(), why);
  }

  private Verdict decide() {
    if (leader >= 0 && leader < nodes.size()) {
      return byLeader();
    }
    List<NodeState> claimants = claimants();
    NodeState current = term.hasMaster() ? nodes.get(term.node()) : null;
    if (highestTimeline() > 0) {
      return byTimeline(claimants, current);
    }
    return byClaim(claimants, current);
  }

  private Verdict byLeader() {
    if (nodes.get(leader).claimsMaster()) {
      return elect(leader, "the manager calls it leader, and it is writable");
    }
    if (term.node() != leader) {
      return nobody("the manager calls " + leader + " leader, which is not writable yet");
    }
    return silentOr(nodes.get(leader), "");
  }

  /** All that claim and are of the history of the others. */
  private List<NodeState> claimants() {
    String system = system();
    List<NodeState> claimants = new ArrayList<>();
    for (NodeState node : nodes) {
      boolean stranger = system != null && node.system() != null && !system.equals(node.system());
      if (node.claimsMaster() && !stranger) {
        claimants.add(node);
      }
    }
    return claimants;
  }

  /** The system of the master, or of the last to be it; null when it is not known. */
  private String system() {
    if (term.hasMaster() && nodes.get(term.node()).system() != null) {
      return nodes.get(term.node()).system();
    }
    String common = null;
    int most = 0;
    for (NodeState node : nodes) {
      int same = 0;
      for (NodeState other : nodes) {
        same += node.system() != null && node.system().equals(other.system()) ? 1 : 0;
      }
      if (same > most) {
        most = same;
        common = node.system();
      }
    }
    return common;
  }

  /** The highest timeline that anybody of the system has said to be the master of. */
  private long highestTimeline() {
    String system = system();
    long highest = 0;
    for (NodeState node : nodes) {
      boolean same = system == null || node.system() == null || system.equals(node.system());
      if (same && node.hasClaimed()) {
        highest = Math.max(highest, node.timeline());
      }
    }
    return highest;
  }

  /** A promotion begins a timeline: who claims the highest is right, whatever the others say. */
  private Verdict byTimeline(List<NodeState> claimants, NodeState current) {
    long highest = highestTimeline();
    List<NodeState> best = new ArrayList<>();
    for (NodeState claimant : claimants) {
      if (claimant.timeline() >= highest) {
        best.add(claimant);
      }
    }
    boolean currentClaims = current != null && current.claimsMaster();
    if (best.size() == 1) {
      NodeState only = best.get(0);
      boolean silent = current != null && !current.claimsMaster() && role(current) == Role.UNKNOWN;
      if (silent && only != current && only.timeline() == current.timeline()) {
        return silentOr(current, "another node claims the same timeline as the silent master");
      }
      return elect(only.node(), "it is the master of timeline " + only.timeline());
    }
    if (best.size() > 1) {
      return currentClaims && best.contains(current)
          ? stay("several nodes claim timeline " + highest)
          : nobody("several nodes claim timeline " + highest);
    }
    if (current == null || currentClaims) {
      return nobody("nobody is the master of timeline " + highest);
    }
    return withoutClaim(current);
  }

  private static Role role(NodeState node) {
    return node.role();
  }

  private Verdict byClaim(List<NodeState> claimants, NodeState current) {
    if (current != null && current.claimsMaster()) {
      NodeState followed = onlyFollowed(claimants);
      if (followed != null && followed != current && followers(current) == 0) {
        return elect(followed.node(), "the other nodes replicate from it");
      }
      return stay(claimants.size() > 1 ? "several nodes claim to be the master" : "");
    }
    NodeState chosen = null;
    if (claimants.size() == 1 && isFree(current) && !isRival(claimants.get(0), current)) {
      chosen = claimants.get(0);
    } else if (!claimants.isEmpty()) {
      chosen = onlyFollowed(claimants);
    }
    if (chosen != null) {
      return elect(chosen.node(), "it alone is writable and replicates from nobody");
    }
    if (current == null) {
      return nobody(
          claimants.isEmpty() ? "no node is a master" : "several nodes may be the master");
    }
    return withoutClaim(current);
  }

  /** True when the present master is none any more, or is known not to answer. */
  private static boolean isFree(NodeState current) {
    return current == null
        || current.role() == Role.REPLICA
        || (!current.isReachable() && current.failures() >= SURELY_SILENT);
  }

  /**
   * True for a node that called itself master while the silent one did: it has not been promoted in
   * its place.
   */
  private static boolean isRival(NodeState claimant, NodeState current) {
    return current != null
        && current.role() == Role.UNKNOWN
        && current.hasClaimed()
        && claimant.claimsSince() - current.claimedLast() <= 0;
  }

  /** The only claimant that others replicate from; null when there is none, or several. */
  private NodeState onlyFollowed(List<NodeState> claimants) {
    NodeState found = null;
    for (NodeState claimant : claimants) {
      if (followers(claimant) > 0) {
        if (found != null) {
          return null;
        }
        found = claimant;
      }
    }
    return found;
  }

  private int followers(NodeState of) {
    int count = 0;
    for (NodeState node : nodes) {
      if (node != of
          && node.role() == Role.REPLICA
          && node.source() != null
          && node.source().equals(addresses.get(of.node()))) {
        count++;
      }
    }
    return count;
  }

  /** The master does not claim, and nobody else is to be believed. */
  private Verdict withoutClaim(NodeState current) {
    if (current.role() == Role.REPLICA) {
      return nobody("the master is none any more");
    }
    return silentOr(current, "");
  }

  /** A master that says nothing remains one for a time. */
  private Verdict silentOr(NodeState current, String remark) {
    if (current.role() == Role.REPLICA) {
      return nobody("the master is none any more");
    }
    boolean over =
        !current.isReachable()
            && current.isAsked()
            && current.failures() >= FAILURES
            && now - current.silentSince() >= silenceNanos;
    return over ? nobody("the master does not answer: " + current.problem()) : stay(remark);
  }

  private Verdict behindProxy() {
    int last = nodes.size() - 1;
    NodeState proxy = nodes.get(last);
    if (!proxy.claimsMaster()) {
      return term.hasMaster() ? withoutClaim(proxy) : stay("the proxy leads to no master");
    }
    if (proxy.timeline() > 0 && proxy.timeline() < highestTimeline()) {
      return nobody("the proxy leads to a master of an older timeline");
    }
    if (leader >= 0
        && leader < last
        && nodes.get(leader).server() != null
        && proxy.server() != null
        && !nodes.get(leader).server().equals(proxy.server())) {
      return nobody("the proxy leads to another server than the manager's leader");
    }
    boolean same = proxy.server() == null || proxy.server().equals(term.server());
    if (term.node() == last && (same || term.server() == null)) {
      return stay("");
    }
    return new Verdict(last, true, "the proxy leads to another server");
  }
}
