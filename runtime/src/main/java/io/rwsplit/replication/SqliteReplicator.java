package io.rwsplit.replication;

import io.rwsplit.topology.Lag;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Keeps SQLite replicas equal to a master by shipping its write-ahead log, inside this JVM.
 *
 * <p>Guarantees: a replica in state {@link FeedState#STREAMING} is a whole commit of the master at
 * every instant, for readers of every process; nothing unverified reaches it; kill -9 at any moment
 * harms neither it nor the master; a commit whose ticket is {@linkplain
 * ReplicationTickets#appliedTicket reached} is in it. Not guaranteed: anything after a loss of
 * power until the replica was compared again; replicas are not synced to disk.
 *
 * <p>Thread-safe. All work is done in daemon threads; no method but {@link #stepAside}, {@link
 * #beginCheckpoint} and {@link #close} blocks.
 */
public final class SqliteReplicator {
  /** The master is looked at every 15 ms at least; older than this, the thread is held up. */
  private static final long OLD_SAMPLE = 100_000_000;

  private final Tickets tickets = new Tickets();
  private final Roles roles = new Roles(tickets);
  private final Leadership leadership;
  private final Capture capture;
  private final MasterSamples samples;
  private final ReplicationTickets reached;
  private final List<ReplicaFeed> feeds = new CopyOnWriteArrayList<ReplicaFeed>();
  private final List<Publications> publications = new CopyOnWriteArrayList<Publications>();
  private final List<ReplicaFile> files;
  private final Path master;
  private final ReplicationListener listener;
  private final ReplicationSettings settings;
  private final SqliteConnections connections;
  private final Retention retention;
  private final ThreadPoolExecutor workers = Workers.checkpointers();

  /** Null while nobody waits for replicas. */
  private Runnable progressed;

  /**
   * A replicator that does nothing yet.
   *
   * @param master the master's file; need not exist
   * @param replicas in the order of their indexes, from 0
   */
  public SqliteReplicator(
      Path master,
      List<ReplicaFile> replicas,
      SqliteConnections connections,
      ReplicationListener listener,
      ReplicationSettings settings) {
    Path path = master.toAbsolutePath().normalize();
    this.master = path;
    this.listener = Objects.requireNonNull(listener);
    this.settings = settings;
    this.connections = connections;
    this.files = new CopyOnWriteArrayList<ReplicaFile>(replicas);
    for (ReplicaFile replica : replicas) {
      if (replica.index() != feeds.size()) {
        throw new IllegalArgumentException("replica " + replica + " is out of order");
      }
      Publications shown = new Publications();
      publications.add(shown);
      feeds.add(feed(replica, shown));
    }
    this.retention = new Retention(publications);
    MasterFile file = new MasterFile(path, settings.walMode(), settings.gate());
    leadership = new Leadership(file, roles, feeds);
    capture =
        new Capture(file, tickets, leadership, connections, settings, feeds, retention, workers);
    samples = capture.samples();
    reached = new ReplicationTickets(roles, samples, feeds);
  }

  /**
   * Before {@link #start}: commits of the application wait for replicas, so all is done at once.
   *
   * @param action called on threads of the replicator, often, whenever a replica's applied ticket
   *     or state may have changed; must not block
   */
  public void whenProgressed(Runnable action) {
    progressed = action;
    capture.hurry();
  }

  private ReplicaFeed feed(ReplicaFile replica, Publications shown) {
    return new ReplicaFeed(replica, master, connections, listener, settings, shown, workers);
  }

  /** Starts the threads and returns at once. */
  public void start() {
    for (ReplicaFeed feed : feeds) {
      start(feed);
    }
    capture.start();
  }

  private void start(ReplicaFeed feed) {
    Runnable wake =
        new Runnable() {
          @Override
          public void run() {
            capture.wake();
          }
        };
    Runnable nothing =
        new Runnable() {
          @Override
          public void run() {}
        };
    feed.start(wake, progressed == null ? nothing : progressed);
  }

  /**
   * Feeds one replica more, with the next index; or, after {@link #leaves}, that of its index
   * again, perhaps under other terms. Blocks until the capture thread has taken it in, some
   * milliseconds as a rule. Used by one thread at a time, after {@link #start}.
   *
   * @param limit how long that may take
   * @throws IOException when that was in vain: the reason; nothing has changed then
   */
  public void joins(ReplicaFile replica, Duration limit) throws IOException {
    int index = replica.index();
    if (index < feeds.size() && !isOver(index, limit)) {
      throw new IOException("its feed has not ended yet");
    }
    Publications shown = new Publications();
    ReplicaFeed fresh = feed(replica, shown);
    boolean done =
        capture.asks(
            new Runnable() {
              @Override
              public void run() {
                start(fresh);
                capture.joins(index, fresh, shown);
                // The feeds last: how many there are says which indexes may be asked for.
                if (index == feeds.size()) {
                  publications.add(shown);
                  files.add(replica);
                  feeds.add(fresh);
                } else {
                  publications.set(index, shown);
                  files.set(index, replica);
                  feeds.set(index, fresh);
                }
              }
            },
            limit);
    if (!done) {
      throw new IOException("the thread that follows the master is busy");
    }
  }

  /**
   * Feeds a replica no more. Its file stays a whole commit of the master, and can be taken up again
   * where it is. Returns before its thread has ended. Used by one thread at a time.
   *
   * @param limit how long it may take to be heard
   * @throws IOException when that was in vain: the reason; nothing has changed then
   */
  public void leaves(int replica, Duration limit) throws IOException {
    ReplicaFeed feed = feeds.get(replica);
    boolean done =
        capture.asks(
            new Runnable() {
              @Override
              public void run() {
                feed.end();
              }
            },
            limit);
    if (!done) {
      throw new IOException("the thread that follows the master is busy");
    }
  }

  /** True for a replica that {@link #leaves}, until it joins again. */
  public boolean hasLeft(int replica) {
    return feeds.get(replica).hasLeft();
  }

  /**
   * To be asked before and after a reader's connection to a replica is opened; for any thread.
   *
   * @throws SQLException when somebody has put another file in the replica's place
   */
  public void requireInPlace(int replica) throws SQLException {
    feeds.get(replica).fed().requireInPlace();
  }

  boolean isClosing() {
    return capture.isClosing();
  }

  private boolean isOver(int replica, Duration limit) {
    try {
      return feeds.get(replica).awaitEnd(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The tickets of this JVM's writes and reads. */
  public ReplicationTickets tickets() {
    return reached;
  }

  /** How far the replica is kept behind on purpose, in nanoseconds. */
  public long delayNanos(int replica) {
    Follower follower = roles.follower();
    return follower == null ? feeds.get(replica).delayNanos() : follower.delayNanos(replica);
  }

  /** What may be asked of this replication while it runs. */
  public ReplicationOperations operations() {
    return new ReplicationOperations(this);
  }

  /** How many replicas there are, with those that have left; their indexes count from 0. */
  public int replicas() {
    return feeds.size();
  }

  List<ReplicaFile> files() {
    return files;
  }

  ReplicaFeed feed(int replica) {
    return feeds.get(replica);
  }

  CheckReport check(int replica, CheckOptions options, long limitNanos) {
    ReplicaFeed feed = feeds.get(replica);
    return new ReplicaCheck(capture, feed, files.get(replica), connections, options, limitNanos)
        .run();
  }

  Retention retention() {
    return retention;
  }

  /** A place to note what one more connection to the replica is reading. */
  public OpenRead openRead(int replica) {
    return retention.openRead(replica);
  }

  /**
   * Writes a commit that an open read shows to a database file of its own, from the master.
   *
   * @param limit how long this may take
   * @return the file, beside the replica's, to be deleted by the caller
   * @throws IOException when it cannot be had: the reason
   */
  public Path writePast(OpenRead read, PublishedCommit commit, Duration limit) throws IOException {
    Path beside = MasterFile.real(files.get(read.replica).path());
    long deadline = System.nanoTime() + limit.toNanos();
    return new PastImage(retention, read, commit, deadline).writeBeside(beside);
  }

  /** What the replica's feed is doing. */
  public FeedState state(int replica) {
    Follower follower = roles.follower();
    return follower == null ? feeds.get(replica).state() : follower.state(replica);
  }

  /**
   * True when another JVM that feeds the replica was found a moment ago: its state is not known.
   */
  public boolean isSettling(int replica) {
    Follower follower = roles.follower();
    return follower != null && follower.isSettling(replica);
  }

  /** How far the replica is behind; unknown unless it streams. */
  public Lag lag(int replica) {
    Follower follower = roles.follower();
    if (follower != null) {
      return follower.lag(replica);
    }
    Lag lag = feeds.get(replica).lag();
    long age = samples.age();
    return lag.isUpToDate() && age > OLD_SAMPLE ? Lag.behind(0, age) : lag;
  }

  /** State, reason and counters, for reports. */
  public FeedStatus status(int replica) {
    return feeds.get(replica).status();
  }

  /**
   * Somebody saw the replica fail in a way that hints at damage. It is not streaming from this call
   * on, until it was compared with the master and repaired, or built anew.
   *
   * @param cause what was seen; may be null
   */
  public void suspect(int replica, Throwable cause) {
    Follower follower = roles.follower();
    if (follower != null) {
      follower.suspect(replica);
    } else {
      feeds.get(replica).suspect("a read failed: " + (cause == null ? "unknown" : cause));
    }
  }

  /**
   * The application has written to the replica's file itself: it is not streaming from this call
   * on, until it was compared with the master and repaired. One that does not stream is looked at
   * before it does.
   */
  public void writtenByApplication(int replica) {
    feeds.get(replica).suspect("the application has written to its file");
  }

  /**
   * Lets go of the master, because the application is about to do what only a sole user of the file
   * can: leave WAL mode, take it exclusively. All replicas are {@link FeedState#SUSPENDED}.
   *
   * @param reason shown as the replicas' reason
   * @return true once all connections are closed; false when that took more than three seconds
   */
  public boolean stepAside(String reason) {
    try {
      return capture.aside().ask(Objects.requireNonNull(reason), 3000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The application is about to run a checkpoint that waits for readers of the log, and keeps
   * writers out meanwhile: until {@link #endCheckpoint}, no reader of ours stays in its way.
   *
   * @param millis how long to wait for a copy, or for a replica that needs the log
   * @return false when one still does; then nothing is to be ended
   */
  public boolean beginCheckpoint(long millis) {
    try {
      return capture.aside().beginCheckpoint(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      capture.aside().endCheckpoint();
      return false;
    }
  }

  /** The application's checkpoint has ended. */
  public void endCheckpoint() {
    capture.aside().endCheckpoint();
  }

  /** Attaches again after {@link #stepAside}, unless the master was taken out of WAL mode. */
  public void resume() {
    capture.aside().resume();
  }

  /** The application has asked for WAL mode itself: the master is not switched back at the end. */
  public void keepWal() {
    capture.keepWal();
  }

  /**
   * Lets go of the master and switches it back to the journal mode it was in before it was switched
   * to WAL, if it was and nobody else has it open; the log says which. Where that was done, the
   * master is left in that mode until the application changes it. Blocks for some seconds at most.
   */
  public void undoWal() {
    capture.undoWal();
    boolean unused = stepAside("the journal mode is switched back on request");
    resume();
    keepJournalMode("was switched back to its journal mode on request");
  }

  /**
   * The application has chosen a journal mode other than WAL: the master is left in it until the
   * application puts it into WAL mode itself.
   *
   * @param why continues a sentence that names the master
   */
  public void keepJournalMode(String why) {
    capture.aside().choose(Objects.requireNonNull(why));
  }

  /**
   * Ends: ships what is committed, checkpoints, closes all own connections, leaves resumable
   * replicas. May be called in a shutdown hook while the application still writes.
   *
   * @param limit how long this call may take; what is not done by then is left undone, safely
   */
  public void close(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      for (ReplicaFeed feed : feeds) {
        feed.hurry();
      }
      capture.close();
      capture.awaitEnd(millisUntil(deadline));
      for (ReplicaFeed feed : feeds) {
        feed.close();
      }
      for (ReplicaFeed feed : feeds) {
        feed.awaitEnd(millisUntil(deadline));
      }
      if (capture.awaitEnd(1)) {
        // Not before the replicas are closed: whoever leads next wants them.
        leadership.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.shutdown();
  }

  private static long millisUntil(long deadline) {
    return (deadline - System.nanoTime()) / 1_000_000;
  }
}
