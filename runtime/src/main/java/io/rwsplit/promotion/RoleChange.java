package io.rwsplit.promotion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What came of a promotion or a switchover, step by step. Immutable. */
public final class RoleChange {
  private final boolean done;
  private final String master;
  private final String summary;
  private final List<String> steps;
  private final Orphans orphans;

  RoleChange(boolean done, String master, String summary, List<String> steps, Orphans orphans) {
    this.done = done;
    this.master = master;
    this.summary = summary;
    this.steps = Collections.unmodifiableList(new ArrayList<String>(steps));
    this.orphans = orphans;
  }

  /** True when the master is another now. */
  public boolean isDone() {
    return done;
  }

  /** Name of the new master; null when nothing was changed. */
  public String master() {
    return master;
  }

  /** One sentence: what was done, or why nothing was. */
  public String summary() {
    return summary;
  }

  /** What was done, in its order; failures too. */
  public List<String> steps() {
    return steps;
  }

  /** What the old master was known to have and the new one has not; null when nothing was done. */
  public Orphans orphans() {
    return orphans;
  }

  @Override
  public String toString() {
    return (done ? "done: " : "not done: ") + summary + "; " + String.join("; ", steps);
  }
}
