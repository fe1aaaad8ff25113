package io.rwsplit.promotion;

import java.sql.SQLException;

/** Makes the replicas whose locks are held follow a new master. Used by one thread. */
final class Repointing {
  private final PromotionSettings settings;
  private final Steps steps;

  Repointing(PromotionSettings settings, Steps steps) {
    this.settings = settings;
    this.steps = steps;
  }

  void run(Lease lease, int master, NodeControl of) {
    for (int i = 0; i < settings.nodes(); i++) {
      NodeControl session = lease.session(i);
      if (i != master && session != null) {
        one(i, session, master, of);
      }
    }
  }

  private void one(int node, NodeControl session, int master, NodeControl of) {
    String name = settings.names.get(node);
    try {
      NodeReport report = session.look();
      if (!report.isReplica()) {
        return;
      }
      if (report.held != null && !of.look().held.includes(report.held)) {
        steps.warn(
            "orphans: "
                + name
                + " has more than "
                + settings.names.get(master)
                + " ("
                + report.held
                + ") and cannot follow it; it must be built anew");
        return;
      }
      session.follow(settings.addresses.get(master), of);
      steps.add(name + " was told to follow " + settings.names.get(master));
    } catch (SQLException | ControlFailure | RuntimeException e) {
      steps.warn(name + " could not be made to follow: " + e.getMessage());
    }
  }
}
