package io.rwsplit.failover;

import io.rwsplit.topology.Role;

/**
 * What is known of one server from asking it for its role again and again. Immutable; a new answer
 * makes a new state. Times are of {@link System#nanoTime()}.
 */
public final class NodeState {
  private final int node;
  private final boolean asked;
  private final boolean reachable;
  private final RoleAnswer answer;
  private final String problem;
  private final int failures;
  private final long answeredAt;
  private final long silentSince;
  private final boolean claimed;
  private final long claimsSince;
  private final long claimedLast;

  private NodeState(
      int node,
      boolean asked,
      boolean reachable,
      RoleAnswer answer,
      String problem,
      int failures,
      long answeredAt,
      long silentSince,
      boolean claimed,
      long claimsSince,
      long claimedLast) {
    this.node = node;
    this.asked = asked;
    this.reachable = reachable;
    this.answer = answer;
    this.problem = problem;
    this.failures = failures;
    this.answeredAt = answeredAt;
    this.silentSince = silentSince;
    this.claimed = claimed;
    this.claimsSince = claimsSince;
    this.claimedLast = claimedLast;
  }

  /** A server that was not asked yet. */
  public static NodeState unknown(int node) {
    return new NodeState(node, false, false, null, "not asked yet", 0, 0, 0, false, 0, 0);
  }

  /**
   * The server has told its role.
   *
   * @param began when the question began
   */
  public NodeState answered(RoleAnswer fresh, long began) {
    boolean claims = fresh.role == Role.MASTER;
    long since = claims && role() == Role.MASTER ? claimsSince : began;
    return new NodeState(
        node,
        true,
        true,
        fresh,
        fresh.role == Role.UNKNOWN ? fresh.remark : null,
        0,
        began,
        0,
        claimed || claims,
        claims ? since : 0,
        claims ? began : claimedLast);
  }

  /**
   * The server was asked, and said something else: it is there, but its role is not known.
   *
   * @param began when the question began
   */
  public NodeState refused(String why, long began) {
    return new NodeState(
        node, true, true, answer, why, 0, began, 0, claimed, claimsSince, claimedLast);
  }

  /**
   * The server was asked, and did not answer.
   *
   * @param began when the question began
   */
  public NodeState silent(String why, long began) {
    return new NodeState(
        node,
        true,
        false,
        answer,
        why,
        failures + 1,
        answeredAt,
        failures == 0 ? began : silentSince,
        claimed,
        claimsSince,
        claimedLast);
  }

  /** The same, when the answer is older than a time: then nothing can be said of the present. */
  NodeState asOf(long now, long staleNanos) {
    if (!reachable || now - answeredAt <= staleNanos) {
      return this;
    }
    return new NodeState(
        node,
        true,
        false,
        answer,
        "has not answered lately",
        0,
        answeredAt,
        answeredAt,
        claimed,
        claimsSince,
        claimedLast);
  }

  /** Index of the node. */
  public int node() {
    return node;
  }

  /** True once it was asked, whatever came of it. */
  public boolean isAsked() {
    return asked;
  }

  /** True while it answers, if not with its role. */
  public boolean isReachable() {
    return reachable;
  }

  /** Its role by its newest answer; unknown while it does not answer or does not say. */
  public Role role() {
    return reachable && problem == null && answer != null ? answer.role : Role.UNKNOWN;
  }

  /** True while it says that it takes writes and replicates from nobody. */
  public boolean claimsMaster() {
    return role() == Role.MASTER;
  }

  /** What the servers of one history share; null when it never said. */
  public String system() {
    return answer == null ? null : answer.system;
  }

  /**
   * A number that grows with each promotion; 0 when it never said. Of a silent server, the last.
   */
  public long timeline() {
    return answer == null ? 0 : answer.timeline;
  }

  /** What tells the server from others, whatever its address; null when it never said. */
  public String server() {
    return answer == null ? null : answer.server;
  }

  /** {@code host:port} that it replicates from; null when it does not, or does not say. */
  public String source() {
    return answer == null || !reachable ? null : answer.source;
  }

  /** How far it was by its newest answer, in its own words; null when it never said. */
  public String position() {
    return answer == null ? null : answer.position;
  }

  /** True for a replica that is known to replicate from nobody. */
  public boolean isDetached() {
    return role() == Role.REPLICA && answer.detached;
  }

  /** What it said of its role by its newest answer; null when nothing. */
  public String remark() {
    return answer == null ? null : answer.remark;
  }

  /** Why its role is not known; null when it is. */
  public String problem() {
    return problem;
  }

  /** How many times in a row it has not answered. */
  public int failures() {
    return failures;
  }

  /** When the first question began that it did not answer since it last did; 0 while it does. */
  public long silentSince() {
    return silentSince;
  }

  /** True once it has claimed to be the master at any time. */
  public boolean hasClaimed() {
    return claimed;
  }

  /** Since when it claims to be the master without having said otherwise; 0 while it does not. */
  public long claimsSince() {
    return claimsSince;
  }

  /** When it was last seen to claim; only if {@link #hasClaimed}. */
  public long claimedLast() {
    return claimedLast;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("node ").append(node).append(": ");
    text.append(problem == null ? role() : problem);
    if (timeline() != 0) {
      text.append(", timeline ").append(timeline());
    }
    if (source() != null) {
      text.append(", from ").append(source());
    }
    return text.toString();
  }
}
