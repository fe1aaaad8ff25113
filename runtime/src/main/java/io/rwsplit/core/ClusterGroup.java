package io.rwsplit.core;

import io.rwsplit.acknowledgement.Acknowledgement;
import io.rwsplit.catalog.Catalog;
import io.rwsplit.circuit.Circuit;
import io.rwsplit.compare.CompareReport;
import io.rwsplit.config.Settings;
import io.rwsplit.config.Transactions;
import io.rwsplit.engine.Engine;
import io.rwsplit.failover.Failover;
import io.rwsplit.jdbc.RoutingContext;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.log.OncePer;
import io.rwsplit.observe.ObserveReport;
import io.rwsplit.observe.Observer;
import io.rwsplit.operations.Group;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.promotion.PromotionManager;
import io.rwsplit.replication.ReplicationOperations;
import io.rwsplit.report.AssumedSession;
import io.rwsplit.report.Explain;
import io.rwsplit.report.History;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.route.ReadRules;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.topology.Replica;
import io.rwsplit.topology.ServerView;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A {@link Cluster} as it is seen from outside. Thread-safe. */
final class ClusterGroup extends Group {
  /** What it is made of. */
  static final class Parts {
    Settings settings;
    RoutingContext routing;
    Replica[] replicas;
    ReplicaWatch[] watches;
    RouteCounters counters;
    ReplicaPools pools;

    /** Null where it is not kept. */
    History history;

    OncePer faults;
    Supplier<List<ServerView>> servers;
    SqlClassifier classifier;
    ReadRules rules;

    LagLimits lags;

    /** Null for engines that are no servers. */
    ServerPositions positions;

    /** Null where nobody asks for it. */
    Catalog catalog;

    /** Null when somebody else feeds the replicas. */
    ReplicationFeed feed;

    /** Null where the configured master is the master. */
    FollowedMaster followed;

    /** Null where reads are routed. */
    Observer observer;

    /** Null where nobody is promoted. */
    PromotionManager promotion;

    /** Null where no reads are compared. */
    Comparing comparing;
  }

  private final Parts parts;
  private final List<Replica> replicas;

  ClusterGroup(Parts parts) {
    this.parts = parts;
    this.replicas = Collections.unmodifiableList(Arrays.asList(parts.replicas));
  }

  @Override
  public String name() {
    return parts.settings.group();
  }

  @Override
  public Engine engine() {
    return parts.settings.engine();
  }

  @Override
  public Map<String, String> configuration() {
    return parts.settings.shown();
  }

  @Override
  public List<ServerView> servers() {
    return parts.servers.get();
  }

  @Override
  public List<Replica> replicas() {
    return replicas;
  }

  @Override
  public RouteCounters counters() {
    return parts.counters;
  }

  @Override
  public History history() {
    return parts.history;
  }

  @Override
  public int[] poolUse(int replica) {
    return parts.pools.usage(replica);
  }

  @Override
  public long faults() {
    return parts.faults.total();
  }

  @Override
  public ReplicationOperations replication() {
    return parts.feed == null ? null : parts.feed.replicator().operations();
  }

  @Override
  public Acknowledgement acknowledgement() {
    return parts.feed == null ? null : parts.feed.acknowledgement();
  }

  @Override
  public Failover failover() {
    return parts.followed == null ? null : parts.followed.failover();
  }

  @Override
  public PromotionManager promotion() {
    return parts.promotion;
  }

  @Override
  public boolean isMasterGone() {
    return parts.followed != null && parts.followed.isGone();
  }

  @Override
  public boolean isMasterSilent() {
    return parts.positions != null && !parts.positions.masterAnswers();
  }

  @Override
  public long lagWarningNanos(int replica) {
    long warning = parts.lags.warning();
    return warning == 0 ? 0 : warning + parts.settings.replicationDelayNanos(replica);
  }

  @Override
  public long lagCriticalNanos() {
    return parts.lags.critical();
  }

  @Override
  public boolean isLeftAlone(int replica) {
    return parts.watches[replica].isLeftAlone();
  }

  @Override
  public boolean isRouting() {
    return parts.routing.passThrough().isEnabled();
  }

  @Override
  public String circuit() {
    Circuit circuit = parts.routing.passThrough().circuit();
    return circuit.look(System.nanoTime()) == Circuit.State.OPEN
        ? "the circuit is open, for the time no. " + circuit.opened()
        : null;
  }

  @Override
  public void route(boolean on) {
    parts.routing.passThrough().enable(on);
    FlightEvents.steered(name(), null, on ? "routing on" : "routing off: all goes to the master");
  }

  @Override
  public int readPercent() {
    return parts.routing.readPercent();
  }

  @Override
  public void readPercent(int hundredths) {
    parts.routing.readPercent(hundredths);
  }

  @Override
  public ObserveReport observed() {
    return parts.observer == null ? null : parts.observer.report();
  }

  @Override
  public CompareReport compared() {
    return parts.comparing == null ? null : parts.comparing.comparer.report();
  }

  @Override
  public boolean isDrained(int replica) {
    return parts.watches[replica].isDrainedByOperator();
  }

  @Override
  public void drain(int replica, boolean on) {
    parts.watches[replica].drainByOperator(on);
    FlightEvents.steered(
        name(), parts.replicas[replica].name(), on ? "drained" : "may serve again");
  }

  @Override
  public Explain explain(String sql, AssumedSession session) {
    boolean untilWrite = parts.settings.transactions() == Transactions.UNTIL_WRITE;
    return Explain.of(
        engine(),
        parts.classifier,
        parts.rules,
        parts.catalog == null ? null : parts.catalog.current(),
        sql,
        session.untilWrite(untilWrite));
  }
}
