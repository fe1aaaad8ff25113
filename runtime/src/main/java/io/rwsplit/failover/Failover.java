package io.rwsplit.failover;

import io.rwsplit.engine.Engine;
import io.rwsplit.topology.MasterTerm;
import io.rwsplit.topology.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the roles of all servers and knows which one is the master. Thread-safe.
 *
 * <p>Every answer of a server leads to an election at once, on the thread that got it; who listens
 * is called there, one call at a time, and must not block.
 */
public final class Failover {
  /** An answer so much older than the interval says nothing of the present. */
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Failed questions in a row after which a master counts as gone for new connections. */
  private static final int GONE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

  /** Opens connections for the questions. */
  public interface Opener {
    /**
     * A connection of our own that fails when the server does not answer in a short time.
     *
     * @param node index of the node; the proxy's own, where there is one, is the last
     */
    Connection open(int node) throws SQLException;
  }

  /** Who is told of what was found out; called by one thread at a time; must not block. */
  public interface Listener {
    /** A new term begins; {@link #term} says so only when all listeners have returned. */
    void termBegins(MasterTerm term);

    /** A node has been asked; also called after {@link #termBegins} for each node. */
    void nodeSeen(NodeState state, MasterTerm term);
  }

  private final List<Node> nodes;
  private final List<String> addresses = new ArrayList<>();
  private final long silenceNanos;
  private final long staleNanos;
  private final NodeState[] states;
  private final RoleProbe[] probes;
  private final ThreadFactory threads;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile OutsideOpinion outside;
  private volatile MasterTerm term;
  private volatile boolean proxy;
  private volatile boolean decided;
  private String said = "";

  /**
   * Watches nothing before {@link #start}.
   *
   * @param nodes by index; the configured master is the last
   * @param proxy true when the last is no server's own address
   * @param intervalNanos between two questions to a server
   * @param silenceNanos how long the master may be silent before it is none
   */
  public Failover(
      Engine engine,
      List<Node> nodes,
      boolean proxy,
      long intervalNanos,
      long silenceNanos,
      Opener opener,
      ThreadFactory threads) {
    this.nodes = Collections.unmodifiableList(new ArrayList<>(nodes));
    this.proxy = proxy;
    this.silenceNanos = silenceNanos;
    this.staleNanos = STALE_NANOS + intervalNanos;
    this.threads = threads;
    this.states = new NodeState[nodes.size()];
    this.probes = new RoleProbe[nodes.size()];
    this.term = MasterTerm.first(nodes.size() - 1);
    RoleProbe.Owner owner =
        new RoleProbe.Owner() {
          @Override
          public Connection open(int node) throws SQLException {
            return opener.open(node);
          }

          @Override
          public void found(NodeState state) {
            Failover.this.found(state);
          }
        };
    for (int i = 0; i < states.length; i++) {
      states[i] = NodeState.unknown(i);
      probes[i] = new RoleProbe(i, engine, owner, intervalNanos);
      addresses.add(Addresses.of(nodes.get(i).url()));
    }
  }

  /** Begins to ask. */
  public void start() {
    for (RoleProbe probe : probes) {
      probe.start(threads.newThread(probe));
    }
  }

  /** Asks no more; the newest term stays. */
  public void stop() {
    for (RoleProbe probe : probes) {
      probe.stop();
    }
  }

  /** Whom to tell from now on; those before start() miss nothing. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** A manager outside has a say in who is the master. */
  public void listenTo(OutsideOpinion opinion) {
    opinion.changed(
        new Runnable() {
          @Override
          public void run() {
            lookNow();
          }
        });
    outside = opinion;
    lookNow();
  }

  /** Asks all servers for their roles at once; does not wait for their answers. */
  public void lookNow() {
    for (RoleProbe probe : probes) {
      probe.wake();
    }
  }

  /** All servers by index; the configured master is the last. */
  public List<Node> nodes() {
    return nodes;
  }

  /** What is known of each server, by index. */
  public synchronized List<NodeState> states() {
    return new ArrayList<>(Arrays.asList(states));
  }

  /** Which node is the master now. */
  public MasterTerm term() {
    return term;
  }

  /** True when the address of the configured master is no server's own. */
  public boolean isProxy() {
    return proxy;
  }

  /** True while there is a master that answers, or did a moment ago. */
  public boolean hasLiveMaster() {
    MasterTerm now = term;
    return now.hasMaster() && state(now.node()).failures() < GONE;
  }

  /** What is known of one server. */
  public synchronized NodeState state(int node) {
    return states[node];
  }

  /**
   * Waits until every server has been asked once, or it is sure without the rest.
   *
   * @return false when the time was over first
   */
  public boolean awaitFirst(long nanos) {
    return decided || await(false, nanos);
  }

  /**
   * Waits until there is a master that answers.
   *
   * @return false when the time was over first
   */
  public boolean awaitMaster(long nanos) {
    return await(true, nanos);
  }

  private synchronized boolean await(boolean master, long nanos) {
    long deadline = System.nanoTime() + nanos;
    try {
      while (!(master ? hasLiveMaster() : decided)) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        wait(left / 1_000_000 + 1);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized void found(NodeState state) {
    NodeState before = states[state.node()];
    states[state.node()] = state;
    if (before.role() != state.role() || before.isReachable() != state.isReachable()) {
      LOG.debug("{} ({})", state, nodes.get(state.node()));
    }
    recogniseProxy();
    long now = System.nanoTime();
    List<NodeState> fresh = new ArrayList<>(states.length);
    boolean all = true;
    for (NodeState each : states) {
      fresh.add(each.asOf(now, staleNanos));
      all &= each.isAsked();
    }
    OutsideOpinion opinion = outside;
    int leader = opinion == null ? OutsideOpinion.NONE : opinion.leader();
    MasterElection.Verdict verdict =
        proxy
            ? MasterElection.decideBehindProxy(fresh, leader, term, silenceNanos, now)
            : MasterElection.decide(fresh, addresses, leader, term, silenceNanos, now);
    // Before all have been asked, somebody may still have a better claim.
    if (verdict.isNewTerm() && (all || decided)) {
      begin(verdict);
    } else {
      if (!verdict.isNewTerm()) {
        say(verdict.why().isEmpty() ? unusual() : verdict.why());
      }
      learnServer();
      tell(state);
    }
    if (all && !decided) {
      decided =
          proxy
              || !MasterElection.hangsOnOneSilence(
                  fresh, addresses, leader, term, silenceNanos, now);
      if (!decided) {
        probes[term.node()].wake();
      }
    }
    notifyAll();
  }

  /** The configured master's address leads to a server that has an address of its own. */
  private void recogniseProxy() {
    int last = states.length - 1;
    String server = states[last].server();
    for (int i = 0; i < last && !proxy && server != null; i++) {
      if (server.equals(states[i].server())
          && states[i].isReachable()
          && states[last].isReachable()) {
        proxy = true;
        LOG.info(
            "rwsplit.master leads to {}: it is taken for a proxy's address, and connections to the"
                + " master are not redirected",
            nodes.get(i));
      }
    }
  }

  private void learnServer() {
    String server = states[states.length - 1].server();
    if (proxy && term.server() == null && term.hasMaster() && server != null) {
      term = new MasterTerm(term.node(), term.number(), term.since(), term.why(), server);
    }
  }

  private void begin(MasterElection.Verdict verdict) {
    int node = verdict.node();
    String server = proxy && node != MasterTerm.NOBODY ? states[node].server() : null;
    MasterTerm next =
        new MasterTerm(node, term.number() + 1, System.nanoTime(), verdict.why(), server);
    if (next.hasMaster()) {
      LOG.warn("{} is the master now: {}", nodes.get(node), verdict.why());
    } else {
      LOG.warn("there is no master: {}", verdict.why());
    }
    said = "";
    for (Listener listener : listeners) {
      try {
        listener.termBegins(next);
      } catch (RuntimeException | LinkageError e) {
        LOG.error("a listener failed", e);
      }
    }
    term = next;
    for (NodeState state : states) {
      tell(state);
    }
  }

  private void tell(NodeState state) {
    for (Listener listener : listeners) {
      try {
        listener.nodeSeen(state, term);
      } catch (RuntimeException | LinkageError e) {
        LOG.error("a listener failed", e);
      }
    }
  }

  /** What an operator should know although it decides nothing; empty when nothing. */
  private String unusual() {
    MasterTerm now = term;
    if (proxy || !now.hasMaster()) {
      return "";
    }
    if (states[now.node()].failures() >= GONE) {
      return nodes.get(now.node()) + ", the master, does not answer";
    }
    for (NodeState state : states) {
      if (state.node() != now.node() && state.claimsMaster()) {
        return nodes.get(state.node())
            + " calls itself a master too: it gets nothing, but may take writes of others";
      }
    }
    return "";
  }

  private void say(String why) {
    if (!why.equals(said)) {
      said = why;
      if (!why.isEmpty()) {
        LOG.warn("{}", why);
      }
    }
  }

  /**
   * Why reads must not go to a node because of its role; null when they may.
   *
   * @param state the node's
   * @param term the current one
   */
  public String objection(NodeState state, MasterTerm term) {
    int node = state.node();
    if (proxy && node == nodes.size() - 1) {
      return "is the way to the master";
    }
    if (node == term.node()) {
      return "is the master";
    }
    if (state.role() == Role.MASTER) {
      return "calls itself a master";
    }
    if (!state.isDetached()) {
      return null;
    }
    return state.remark() == null ? "replicates from nobody" : state.remark();
  }
}
