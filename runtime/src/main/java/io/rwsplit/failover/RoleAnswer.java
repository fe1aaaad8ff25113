package io.rwsplit.failover;

import io.rwsplit.topology.Role;

/**
 * What a server said of itself when it was asked for its role. Immutable; texts are null and
 * numbers 0 where it does not say.
 */
public final class RoleAnswer {
  final Role role;
  final String system;
  final long timeline;
  final String server;
  final String source;
  final String position;
  final String remark;
  final boolean detached;

  /**
   * An answer.
   *
   * @param role what the server takes itself for
   * @param system what all servers of one history share (PostgreSQL's system identifier)
   * @param timeline a number that grows with each promotion (PostgreSQL's timeline)
   * @param server what tells this very server from others, whatever address it was reached by
   * @param source {@code host:port} it replicates from
   * @param position how far it is, in its own words
   * @param remark anything worth saying of its role
   */
  public RoleAnswer(
      Role role,
      String system,
      long timeline,
      String server,
      String source,
      String position,
      String remark) {
    this(role, system, timeline, server, source, position, remark, false);
  }

  private RoleAnswer(
      Role role,
      String system,
      long timeline,
      String server,
      String source,
      String position,
      String remark,
      boolean detached) {
    this.detached = detached;
    this.role = role;
    this.system = system;
    this.timeline = timeline;
    this.server = server;
    this.source = source;
    this.position = position;
    this.remark = remark;
  }

  /** What the server takes itself for. */
  public Role role() {
    return role;
  }

  /** The same with another role, for a source that knows better than the server's settings. */
  public RoleAnswer as(Role better, String why) {
    return new RoleAnswer(better, system, timeline, server, source, position, why, detached);
  }

  /** The same of a server that is known to replicate from nobody, and will never catch up. */
  public RoleAnswer asDetached() {
    return new RoleAnswer(role, system, timeline, server, source, position, remark, true);
  }
}
