package io.rwsplit.core;

import io.rwsplit.config.Settings;
import io.rwsplit.log.OncePer;
import io.rwsplit.patroni.PatroniWatch;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.report.Summary;
import io.rwsplit.topology.Replica;
import org.slf4j.Logger;

/** The summary of a cluster that is logged from time to time and at the end. Stateless. */
final class ClusterReport {
  private ClusterReport() {}

  /**
   * Logs it.
   *
   * @param feed null when somebody else feeds the replicas
   * @param patroni null where it is not asked
   * @param comparing null where no reads are compared
   */
  static void say(
      Logger log,
      Settings settings,
      RouteCounters counters,
      Replica[] replicas,
      ReplicaPools pools,
      OncePer faults,
      long circuitOpened,
      ReplicationFeed feed,
      PatroniWatch patroni,
      Comparing comparing) {
    for (String line :
        Summary.of(
            counters, replicas, pools.usage(), faults.total(), settings.reportStatements())) {
      log.info("{}", line);
    }
    if (circuitOpened > 0) {
      log.info("the circuit was opened {} times", circuitOpened);
    }
    if (feed != null && feed.acknowledgement() != null) {
      log.info("{}", feed.acknowledgement().summary());
    }
    if (patroni != null) {
      patroni.report(replicas);
    }
    if (comparing != null) {
      comparing.comparer.say();
    }
  }
}
