package io.rwsplit.core;

import io.rwsplit.engine.Engine;
import io.rwsplit.jdbc.FailureCause;
import io.rwsplit.log.LogScope;
import io.rwsplit.log.OncePer;
import io.rwsplit.log.ScopedLoggers;
import java.sql.SQLException;
import org.slf4j.Logger;

/** What follows from what a server or file has failed: words, and a closer look. Thread-safe. */
final class ReplicaFailures {
  private final String scope = LogScope.current();
  private final Logger log = ScopedLoggers.of(ReplicaFailures.class);
  private final OncePer said = new OncePer(log);
  private final Engine engine;
  private final Nodes nodes;

  /** Null when somebody else feeds the replicas. */
  private final ReplicationFeed feed;

  ReplicaFailures(Engine engine, Nodes nodes, ReplicationFeed feed) {
    this.engine = engine;
    this.nodes = nodes;
    this.feed = feed;
  }

  /** A replica has failed a read; returns what that speaks of. */
  FailureCause failed(int replica, SQLException failure) {
    FailureCause cause = ReplicaErrors.cause(engine, failure);
    String name = nodes.replica(replica).name();
    switch (cause) {
      case STATEMENT:
        log.debug("{}: a read failed; the master runs it", name, failure);
        break;
      case REFUSED:
        said.warn(
            name + " refused",
            name + ": a read was refused as a write; such statements stay on the master",
            failure);
        break;
      default:
        String other = engine.isServer() ? "another server" : "the master";
        said.warn(name, name + ": a read failed; " + other + " serves it", failure);
    }
    if (feed != null && ReplicaErrors.isDamage(failure)) {
      String before = LogScope.enter(scope);
      try {
        feed.replicator().suspect(replica, failure);
      } finally {
        LogScope.leave(before);
      }
    }
    if (ReplicaErrors.asksForProbe(engine, failure)) {
      nodes.watch(replica).suspect();
    }
    if (ReplicaErrors.isAnswer(engine, failure)) {
      nodes.watch(replica).readFailed(failure.getMessage());
    }
    return cause;
  }

  /** The master has failed a statement. */
  void ofMaster(Throwable failure) {
    if (feed != null && ReplicaErrors.isMasterDamage(failure)) {
      said.warn(
          "master",
          "the master answers as if it were damaged: "
              + failure.getMessage()
              + "; replicas may still hold what it has lost: copy them before they are compared with"
              + " it again",
          null);
    }
  }

  /**
   * A replica has failed in the middle of a result.
   *
   * @param how the rest was had all the same; null when it was not
   * @param why it was not; null otherwise
   */
  void midway(int replica, String how, Throwable why) {
    String name = nodes.replica(replica).name();
    if (how != null) {
      log.info("{} failed in the middle of a result: the rest is read {}", name, how);
    } else {
      log.warn("{} failed in the middle of a result, the rest is lost: {}", name, why.toString());
    }
  }
}
