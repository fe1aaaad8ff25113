package io.rwsplit.patroni;

import java.util.ArrayList;
import java.util.List;

/** What each of those that are asked said last, and when it was asked. Immutable. */
final class Answers {
  private final ClusterView[] views;
  private final long[] askedAt;

  /** Nobody has said anything. */
  Answers(int asked) {
    this(new ClusterView[asked], new long[asked]);
  }

  private Answers(ClusterView[] views, long[] askedAt) {
    this.views = views;
    this.askedAt = askedAt;
  }

  /**
   * The same with a newer answer.
   *
   * @param view null when there was none
   * @param began when it was asked for, by {@link System#nanoTime()}
   */
  Answers with(int asked, ClusterView view, long began) {
    ClusterView[] newer = views.clone();
    long[] newerAt = askedAt.clone();
    newer[asked] = view;
    newerAt[asked] = began;
    return new Answers(newer, newerAt);
  }

  /**
   * What they come to now.
   *
   * @param freshNanos how long an answer counts
   */
  Consensus consensus(long freshNanos) {
    List<ClusterView> fresh = new ArrayList<>();
    long now = System.nanoTime();
    for (int i = 0; i < views.length; i++) {
      if (views[i] != null && now - askedAt[i] <= freshNanos) {
        fresh.add(views[i]);
      }
    }
    return Consensus.of(fresh);
  }
}
