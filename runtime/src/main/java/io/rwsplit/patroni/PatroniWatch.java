package io.rwsplit.patroni;

import io.rwsplit.config.PatroniSettings;
import io.rwsplit.config.RestUrl;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.failover.Failover;
import io.rwsplit.failover.OutsideOpinion;
import io.rwsplit.topology.Replica;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Patroni says of the nodes, kept up to date by one thread for each of its members that are
 * asked. They take turns, so that all of them together ask once in an interval; when one tells
 * something new, all are asked at once. Thread-safe; every answer is at hand, nobody waits.
 */
public final class PatroniWatch implements OutsideOpinion {
  /** An answer counts for so long at least: a member may be slow for a moment. */
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Logger LOG = LoggerFactory.getLogger(PatroniWatch.class);

  private final NodeAddresses nodes;
  private final long freshNanos;
  private final Inquiry[] inquiries;

  /** What was told of each node last. */
  private final AtomicReferenceArray<Member> members;

  /** Replaced under this watch's lock, read without. */
  private volatile Answers answers;

  /** Guarded by this. */
  private final Set<String> strangers = new HashSet<>();

  /** What was logged and told last. Guarded by this. */
  private int told = NONE;

  private String toldLeader = "";
  private boolean toldDisagreement;
  private boolean toldPause;

  private volatile Runnable listener;

  /**
   * A watch that does not ask yet.
   *
   * @param nodes URLs of the nodes by index
   */
  public PatroniWatch(PatroniSettings settings, List<JdbcUrl> nodes, ThreadFactory threads) {
    this.nodes = new NodeAddresses(nodes);
    List<RestUrl> urls = settings.urls();
    this.answers = new Answers(urls.size());
    this.members = new AtomicReferenceArray<>(nodes.size());
    this.inquiries = new Inquiry[urls.size()];
    long round = settings.intervalNanos() * urls.size();
    this.freshNanos = Math.max(FRESH_NANOS, 5 * round);
    for (int i = 0; i < inquiries.length; i++) {
      RestClient client = new RestClient(settings, i);
      long interval = settings.intervalNanos();
      inquiries[i] = new Inquiry(this, i, client, interval, round, interval * i, threads);
    }
  }

  @Override
  public void changed(Runnable told) {
    listener = told;
  }

  /**
   * Begins to ask.
   *
   * @param failover who is to know what Patroni says of the leader; null for nobody
   */
  public void start(Failover failover) {
    if (failover != null) {
      failover.listenTo(this);
    }
    for (Inquiry inquiry : inquiries) {
      inquiry.start();
    }
  }

  /** Writes into the log what was told last of each node. */
  public void report(Replica[] replicas) {
    for (Replica replica : replicas) {
      Member member = member(replica.index());
      if (member != null) {
        LOG.info("Patroni says of {}: {}", replica.name(), member);
      }
    }
  }

  /** Ends it; what was known stays. */
  public void stop() {
    for (Inquiry inquiry : inquiries) {
      inquiry.stop();
    }
  }

  /**
   * Index of the node that holds the leader's lock; {@link #NONE} when nobody leads, it is not
   * known who, those asked disagree, the leader is none of the nodes, or Patroni is paused: an
   * operator may promote another then, while the lock of the old leader has not run out.
   */
  @Override
  public int leader() {
    return opinion(answers.consensus(freshNanos));
  }

  private int opinion(Consensus consensus) {
    return consensus.isPaused() ? NONE : nodes.indexOf(consensus.leader());
  }

  /** What Patroni told last of a node, however long ago; null when it never did. */
  public Member member(int node) {
    return members.get(node);
  }

  /** Why a node must not be read from; null when it may, and when nothing is known of it. */
  public String objection(int node) {
    Member member = member(node);
    return member != null && member.takesNoReads() ? "tagged noloadbalance in Patroni" : null;
  }

  /** True while all that answer agree on a leader: then there is no haste. */
  boolean isCalm() {
    return answers.consensus(freshNanos).leader() != null;
  }

  /**
   * One of those asked has answered, or not.
   *
   * @param view null when it has not
   * @param began when it was asked
   */
  void answered(int asked, ClusterView view, long began) {
    boolean news;
    boolean tell;
    synchronized (this) {
      Member before = answers.consensus(freshNanos).leader();
      answers = answers.with(asked, view, began);
      if (view != null) {
        learn(view);
      }
      Consensus now = answers.consensus(freshNanos);
      news = now.isDisagreed() ? !toldDisagreement : !name(now.leader()).equals(name(before));
      tell = say(now, view);
    }
    if (news) {
      for (Inquiry inquiry : inquiries) {
        inquiry.hurry();
      }
    }
    Runnable told = listener;
    if (tell && told != null) {
      told.run();
    }
  }

  private static String name(Member member) {
    return member == null ? "" : member.name();
  }

  private void learn(ClusterView view) {
    for (Member member : view.members()) {
      int node = nodes.indexOf(member);
      if (node >= 0) {
        members.set(node, member);
      } else if (strangers.add(member.name() + " at " + member.host())) {
        LOG.warn(
            "Patroni's member {} at {} is none of the configured servers",
            member.name(),
            member.host());
      }
    }
  }

  /** Logs what has changed, and says whether the leader has. */
  private boolean say(Consensus now, ClusterView newest) {
    if (now.isDisagreed() && !toldDisagreement) {
      LOG.debug("Patroni's members do not agree on who leads");
    }
    toldDisagreement = now.isDisagreed();
    if (newest != null && newest.isPaused() != toldPause) {
      toldPause = newest.isPaused();
      LOG.info("Patroni {}", toldPause ? "is paused" : "is not paused any more");
    }
    String leader = now.leader() == null ? "" : now.leader().name() + " at " + now.leader().host();
    if (!leader.isEmpty() && !leader.equals(toldLeader)) {
      toldLeader = leader;
      LOG.info("Patroni's leader is {}", leader);
    }
    int node = opinion(now);
    boolean changed = node != told;
    told = node;
    return changed;
  }
}
