package io.rwsplit.replication;

/**
 * What this JVM is for one master: the leader, who feeds the replicas; a follower of another JVM
 * that does; or nothing yet. Set by the capture thread, asked by any.
 *
 * <p>A ticket belongs to the role it was drawn in. Who draws one looks at the role again after that
 * and draws anew when it has changed; the new role draws a ticket of its own after it was set, and
 * lets no replica count before it has reached that. So every older ticket of this JVM is covered.
 */
final class Roles {
  private final Tickets tickets;

  /** Null unless this JVM follows another. */
  private volatile Follower follower;

  /** The file this JVM has a slot in; null when there is none. */
  private volatile SharedPositions shared;

  /** Covers whatever was read on replicas in earlier roles. */
  private volatile long seenBefore;

  Roles(Tickets tickets) {
    this.tickets = tickets;
  }

  Follower follower() {
    return follower;
  }

  SharedPositions shared() {
    return shared;
  }

  long seenBefore() {
    return seenBefore;
  }

  /** Follows another JVM from now on. */
  void follow(Follower next) {
    forgetFollower();
    shared = next.shared();
    follower = next;
    next.open(tickets.newest() + 1);
    next.shared().wrote(next.shared().wanted());
  }

  /**
   * Leads from now on.
   *
   * @param positions null when nobody can be told
   */
  void lead(SharedPositions positions) {
    tickets.lead(positions);
    forgetFollower();
    seenBefore = tickets.newest();
    shared = positions;
    follower = null;
    if (positions != null) {
      positions.wrote(tickets.next());
    }
  }

  /** Neither leads nor follows. */
  void leave() {
    forgetFollower();
    tickets.stop();
    follower = null;
    shared = null;
  }

  /** Its numbers stay below those that come. */
  private void forgetFollower() {
    Follower old = follower;
    if (old != null) {
      tickets.raise(old.newestNumber() + 1);
      seenBefore = tickets.next();
    }
  }
}
