package io.rwsplit.core;

import io.rwsplit.config.FailoverSettings;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.failover.Failover;
import io.rwsplit.failover.Node;
import io.rwsplit.failover.NodeState;
import io.rwsplit.jdbc.Destination;
import io.rwsplit.jdbc.LostMaster;
import io.rwsplit.jdbc.ManagedConnection;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.topology.MasterTerm;
import io.rwsplit.topology.Replica;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * The master where it may change: which server it is now, where connects of the application lead,
 * and what becomes of connections that lead elsewhere. Thread-safe.
 */
final class FollowedMaster implements Failover.Listener, AppDriver.MasterAddress {
  /** The first connect waits so long, at most, for the servers to tell their roles. */
  private static final long FIRST_ROLES_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** And so long again, when the configured master does not call itself one. */
  private static final long FIRST_MASTER_NANOS = TimeUnit.SECONDS.toNanos(8);

  /** A server that takes longer for such a question tells nothing of use. */
  private static final int PATIENCE_SECONDS = 2;

  /** Failed statements may be many. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** ER_OPTION_PREVENTS_STATEMENT: the server runs with --read-only. */
  private static final int READ_ONLY_SERVER = 1290;

  /** A write on a standby of PostgreSQL. */
  private static final String READ_ONLY_TRANSACTION = "25006";

  private final String group;
  private final FailoverSettings settings;
  private final AppDriver driver;
  private final Replica[] replicas;
  private final Failover failover;
  private final OpenedConnections connections = new OpenedConnections();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile Nodes nodes;
  private volatile ServerPositions positions;
  private volatile LongConsumer routing;

  /** Nodes that were not to be read, by index; used by the one thread at a time that tells. */
  private final boolean[] objected;

  /** The term whose master our own connections ask; a moment ahead of the application's. */
  private volatile MasterTerm observed;

  /** When servers were last asked because of a failed statement. */
  private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - LOOK_NANOS);

  private volatile boolean gone;

  /** True when connections were led to replicas since the master was last seen. */
  private volatile boolean readersGiven;

  FollowedMaster(Settings settings, AppDriver driver, Replica[] replicas) {
    this.settings = settings.failover();
    this.group = settings.group();
    this.driver = driver;
    this.replicas = replicas;
    this.objected = new boolean[replicas.length];
    List<Node> nodes = new ArrayList<>();
    List<JdbcUrl> urls = settings.nodes();
    for (int i = 0; i < urls.size(); i++) {
      nodes.add(new Node(i, replicas[i].name(), urls.get(i)));
    }
    this.failover =
        new Failover(
            settings.engine(),
            nodes,
            this.settings.isProxy(),
            this.settings.intervalNanos(),
            this.settings.timeoutNanos(),
            new Failover.Opener() {
              @Override
              public Connection open(int node) throws SQLException {
                return driver.openForRole(node, PATIENCE_SECONDS);
              }
            },
            new DaemonThreads("role"));
    this.observed = failover.term();
  }

  /** Begins to ask the servers for their roles. */
  void start(Nodes watched, ServerPositions followedPositions, LongConsumer termBegins) {
    nodes = watched;
    positions = followedPositions;
    routing = termBegins;
    positions.mayChangeMaster();
    driver.follow(this);
    failover.listen(this);
    failover.start();
  }

  /** Waits, for some seconds at most, until the servers have told their roles. */
  void awaitFirst() {
    if (!failover.awaitFirst(FIRST_ROLES_NANOS)
        && !failover.state(replicas.length - 1).claimsMaster()) {
      // It would fail there; somebody who has not answered yet may be the master.
      boolean unused = failover.awaitFirst(FIRST_MASTER_NANOS);
    }
  }

  void stop() {
    failover.stop();
  }

  /** The roles of the servers, for those who know more of them, or change them. */
  Failover failover() {
    return failover;
  }

  @Override
  public void termBegins(MasterTerm term) {
    // First: who asks for positions in the new term must be led to its master.
    observed = term;
    positions.termBegins(term.number());
    routing.accept(term.number());
    connections.lose(term.number(), term.hasMaster());
    String master = term.hasMaster() ? replicas[term.node()].name() : null;
    FlightEvents.masterChanged(group, master, term.why());
  }

  @Override
  public void nodeSeen(NodeState state, MasterTerm term) {
    String objection = failover.objection(state, term);
    if (objection == null && objected[state.node()] && !state.isReachable()) {
      // It was the master, or called itself one; that it is silent now is no news that it is fit.
      objection = "has not answered since it was the master";
    }
    objected[state.node()] = objection != null;
    positions.exclude(state.node(), objection != null);
    nodes.watch(state.node()).feed(objection);
    gone = !failover.hasLiveMaster();
    if (readersGiven && state.node() == term.node() && state.claimsMaster()) {
      readersGiven = false;
      connections.lose(term.number(), true);
    }
  }

  /** True while there is no master that answers. */
  boolean isGone() {
    return gone;
  }

  /** A statement on the master has failed: when that speaks of the server, it is asked at once. */
  void masterFailed(SQLException failure) {
    String state = failure.getSQLState();
    boolean suspicious =
        failure.getErrorCode() == READ_ONLY_SERVER
            || (state != null
                && (state.startsWith("08")
                    || state.startsWith("57P")
                    || state.equals(READ_ONLY_TRANSACTION)));
    long now = System.nanoTime();
    long last = lookedAt.get();
    if (suspicious && now - last > LOOK_NANOS && lookedAt.compareAndSet(last, now)) {
      failover.lookNow();
    }
  }

  @Override
  public String masterUrl(String application) throws SQLException {
    MasterTerm term = observed;
    if (!term.hasMaster()) {
      throw LostMaster.nowhere(term.why());
    }
    return isAsWritten(term) ? application : driver.nodeUrl(term.node(), application);
  }

  private boolean isAsWritten(MasterTerm term) {
    return failover.isProxy() || term.node() == replicas.length - 1;
  }

  /** Where a connect of the application to the master has to lead. */
  Destination destination(String url) throws SQLException {
    if (!failover.hasLiveMaster() && !failover.awaitMaster(settings.connectWaitNanos())) {
      return withoutMaster(url);
    }
    // It may have ended by now; then its number must lead nowhere.
    MasterTerm term = failover.term();
    return term.hasMaster() ? toMaster(term, url) : withoutMaster(url);
  }

  private Destination toMaster(MasterTerm term, String url) {
    return isAsWritten(term)
        ? Destination.asWritten(term.number())
        : Destination.master(driver.nodeUrl(term.node(), url), term.number());
  }

  /** To a replica, for reads; where there is none, to whoever is master if he answers after all. */
  private Destination withoutMaster(String url) throws SQLException {
    MasterTerm term = failover.term();
    int from = turn.getAndIncrement() & 0xffff;
    for (int i = 0; i < replicas.length; i++) {
      int candidate = (from + i) % replicas.length;
      if (candidate != term.node() && replicas[candidate].inService()) {
        readersGiven = true;
        return Destination.replica(driver.nodeUrl(candidate, url));
      }
    }
    if (!term.hasMaster()) {
      throw LostMaster.nowhere(term.why());
    }
    return toMaster(term, url);
  }

  /** The term of a connection that was opened by the way of a destination. */
  long termOf(Destination destination) {
    if (destination != null) {
      return destination.term();
    }
    // Opened past every connect that could have been led elsewhere: to the configured address.
    MasterTerm term = failover.term();
    return term.hasMaster() && isAsWritten(term) ? term.number() : Destination.NO_TERM;
  }

  /** A connection of the application is managed from now on. */
  void opened(ManagedConnection managed, Connection connection) {
    connections.add(managed, connection);
    long term = failover.term().number();
    boolean reader = managed.term() == Destination.NO_TERM;
    // What has changed while it was opened has not met it.
    if (reader ? failover.hasLiveMaster() : managed.term() != term) {
      connections.lose(term, reader);
    }
  }

  /** True for the slot of the node that is the master. */
  boolean isMaster(int replica) {
    return failover.objection(failover.state(replica), failover.term()) != null;
  }
}
