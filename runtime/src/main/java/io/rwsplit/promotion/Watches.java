package io.rwsplit.promotion;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** All that this JVM knows of the servers, and how it comes to know it. Thread-safe. */
final class Watches {
  private final PromotionSettings settings;
  private final Servers servers;
  private final NodeWatch[] watches;
  private final MasterHistory history;
  private final Leadership leadership = new Leadership();

  /** The last node that was known as the master. */
  private int master = -1;

  /** When another node became the master; 0 when none did. */
  private long changedAt;

  private boolean changed;

  Watches(PromotionSettings settings, Servers servers) {
    this.settings = settings;
    this.servers = servers;
    // Only differences up to the most that is allowed matter.
    this.history = new MasterHistory(settings.rules.lagMaxNanos);
    this.watches = new NodeWatch[settings.nodes()];
    for (int i = 0; i < watches.length; i++) {
      watches[i] = new NodeWatch(i, settings.engine, servers, settings.intervalNanos, history);
    }
  }

  void start(ThreadFactory threads) {
    for (NodeWatch watch : watches) {
      watch.start(threads.newThread(watch));
    }
  }

  void stop() {
    for (NodeWatch watch : watches) {
      watch.stop();
    }
  }

  /** Looks at all servers at once, and not only when it is time. */
  void lookNow() {
    for (NodeWatch watch : watches) {
      watch.wake();
    }
  }

  /** True once every server was asked. */
  boolean isComplete() {
    for (NodeWatch watch : watches) {
      if (!watch.isAsked()) {
        return false;
      }
    }
    return true;
  }

  NodeReport report(int node) {
    return watches[node].report();
  }

  /** The newest that the node has answered; null when it never did. */
  NodeReport lastAnswer(int node) {
    return watches[node].lastAnswer();
  }

  /** The rightful master by the lines of history, or {@link Leadership#NONE}. */
  int leader() {
    boolean complete = isComplete();
    List<NodeReport> reports = new ArrayList<>();
    for (NodeWatch watch : watches) {
      reports.add(watch.report());
    }
    int leader = leadership.leader(reports);
    // Who was not asked yet may be the one: only a leader that answers as such is sure.
    boolean sure = complete || (leader >= 0 && reports.get(leader).writable);
    return sure ? leader : Leadership.NONE;
  }

  long line() {
    return leadership.line();
  }

  /** The node that is the master, or was the last; negative when it is not known. */
  synchronized int master() {
    int now = leader();
    if (now < 0) {
      now = servers.master();
    }
    if (now >= 0 && now != master) {
      if (master >= 0) {
        changed = true;
        changedAt = System.nanoTime();
        history.clear();
      }
      master = now;
    }
    return master;
  }

  /** What is known now. */
  Situation situation() {
    return situation(null);
  }

  /**
   * What is known now, with the servers whose locks are held asked anew.
   *
   * @param lease may be null
   */
  Situation situation(Lease lease) {
    int now = master();
    List<Candidate> nodes = new ArrayList<>();
    for (int i = 0; i < watches.length; i++) {
      NodeReport report = watches[i].report();
      NodeControl session = lease == null ? null : lease.session(i);
      if (session != null) {
        try {
          report = session.look();
        } catch (SQLException e) {
          report = NodeReport.silent(e.getMessage());
        }
      }
      nodes.add(
          new Candidate(
              settings.names.get(i),
              settings.priorities.get(i),
              settings.addresses.get(i).toString(),
              report,
              watches[i].silentNanos(),
              watches[i].seenAsMaster(),
              history.lagNanos(report.held)));
    }
    long since;
    synchronized (this) {
      since = changed ? System.nanoTime() - changedAt : -1;
    }
    return new Situation(nodes, now, since);
  }

  /** Nodes that answered the last time. */
  List<Integer> answering() {
    List<Integer> answering = new ArrayList<>();
    for (int i = 0; i < watches.length; i++) {
      if (watches[i].report().answered) {
        answering.add(i);
      }
    }
    return answering;
  }
}
