package io.rwsplit.patroni;

import java.util.List;

/** What several members' views of the cluster come to. Pure. */
final class Consensus {
  private final Member leader;
  private final boolean disagreed;
  private final boolean paused;

  private Consensus(Member leader, boolean disagreed, boolean paused) {
    this.leader = leader;
    this.disagreed = disagreed;
    this.paused = paused;
  }

  /**
   * All must say the same: for a moment after a change one of them may not know yet, and a member
   * that is cut off from the others may go on to tell what was.
   *
   * @param views what those said that answered lately; nothing is known without any
   */
  static Consensus of(List<ClusterView> views) {
    Member leader = null;
    boolean paused = false;
    for (int i = 0; i < views.size(); i++) {
      Member each = views.get(i).leader();
      if (i > 0 && !isSame(leader, each)) {
        return new Consensus(null, true, false);
      }
      leader = each;
      paused |= views.get(i).isPaused();
    }
    return new Consensus(leader, false, paused);
  }

  private static boolean isSame(Member one, Member other) {
    if (one == null || other == null) {
      return one == other;
    }
    return one.name().equals(other.name())
        && (one.host() == null ? other.host() == null : one.host().equals(other.host()));
  }

  /** Whom all call leader; null when there is nobody, or they do not agree. */
  Member leader() {
    return leader;
  }

  /** True when one of them says that Patroni is paused: then the lock decides nothing. */
  boolean isPaused() {
    return paused;
  }

  /** True when two views name different leaders. */
  boolean isDisagreed() {
    return disagreed;
  }
}
