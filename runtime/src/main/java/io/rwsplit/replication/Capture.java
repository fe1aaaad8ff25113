package io.rwsplit.replication;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that follows one master: it notices commits, reads and verifies their frames, hands
 * them to the feeds, lets feeds join, and keeps the log from growing.
 *
 * <p>Tickets: the counter is read <em>before</em> the log's index is sampled. A commit that
 * returned before its ticket was drawn is therefore in the sample, and once a replica has
 * everything of the sample it has reached the ticket, whether the commit changed anything or not.
 *
 * <p>Any doubt about continuity ends in {@link #detach}: feeds lose their tickets first, and join
 * again by position or by comparing pages.
 */
final class Capture implements Runnable {
  private static final long FAULT_PAUSE_NANOS = 50_000_000;

  /** Before what follows a fault, which may fail before its first instruction. */
  private static final long ENTRY_PAUSE_NANOS = 1_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
  private static final long WATCH_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long STANDBY_PAUSE = 20;

  private final OwnedConnections connections;
  private final ReplicationSettings settings;
  private final List<ReplicaFeed> feeds;
  private final ExecutorService workers;
  private final Retention retention;
  private final MasterFile file;
  private final Tickets tickets;
  private final Leadership leadership;
  private final CapturePace pace = new CapturePace();
  private final Thread thread;
  private final Joins joins;
  private final MasterSamples samples;
  private final StepAside aside;
  private final Requests requests = new Requests();

  private volatile boolean parked;
  private volatile boolean closing;
  private volatile boolean undoAsked;

  private MasterLog log;
  private MasterCheckpoints checkpoints;
  private LogShipper shipper;
  private WalIndexHeader last;
  private long shippedTicket;

  private String lastLoss;

  /** True when a commit may not be found a moment late. */
  private boolean hurried;

  private long lastWatch = System.nanoTime();

  Capture(
      MasterFile file,
      Tickets tickets,
      Leadership leadership,
      SqliteConnections connections,
      ReplicationSettings settings,
      List<ReplicaFeed> feeds,
      Retention retention,
      ExecutorService workers) {
    this.retention = retention;
    this.file = file;
    this.tickets = tickets;
    this.leadership = leadership;
    this.connections = new OwnedConnections(connections);
    this.settings = settings;
    this.feeds = feeds;
    this.workers = workers;
    this.joins = new Joins(this, feeds, settings);
    this.thread = Workers.thread("capture", this);
    this.aside = new StepAside(thread);
    this.samples = new MasterSamples(this, tickets);
  }

  void start() {
    thread.start();
  }

  /** What is known of the master's commits. */
  MasterSamples samples() {
    return samples;
  }

  /** What others ask of the thread. */
  StepAside aside() {
    return aside;
  }

  /** Commits wait for replicas: before the start. */
  void hurry() {
    hurried = true;
  }

  /** Has the thread do something between two rounds; false when that was not within the limit. */
  boolean asks(Runnable what, Duration limit) {
    return requests.ask(what, thread, limit.toNanos());
  }

  /** A feed has taken its place among the others; the capture thread. */
  void joins(int index, ReplicaFeed feed, Publications shown) {
    leadership.joins(index, feed);
    retention.joins(shown);
    if (log != null) {
      feed.masterAttached();
    }
  }

  /** Ends the thread's pause; costs nothing while it is awake. */
  void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    for (Throwable fault = null; !closing; ) {
      try {
        if (fault != null) {
          LockSupport.parkNanos(ENTRY_PAUSE_NANOS);
          insist(fault);
          fault = null;
        }
        round();
      } catch (Throwable t) {
        // Whatever it is, and wherever, even as the handler begins: without this thread every write
        // would keep its reads on the master.
        fault = t;
      }
    }
    finish();
  }

  private void round() {
    try {
      requests.run();
      if (ready()) {
        cycle();
      }
    } catch (ContinuityException e) {
      lost(FeedState.RESYNCING, "the log of master " + file.path() + ": " + e.getMessage(), 0);
    } catch (SQLException e) {
      String text = SqliteSession.isBusy(e) ? "it is locked by another user" : e.toString();
      lost(FeedState.WAITING_FOR_MASTER, "master " + file.path() + ": " + text, 100);
    } catch (IOException | RuntimeException | InternalError e) {
      lost(FeedState.WAITING_FOR_MASTER, "master " + file.path() + ": " + e, 100);
    }
  }

  /** Nothing may be taken for what it was before the fault. */
  private void insist(Throwable fault) {
    for (boolean done = false; !done && !closing; ) {
      try {
        lost(FeedState.WAITING_FOR_MASTER, "master " + file.path() + ": " + fault, 100);
        done = true;
      } catch (Throwable t) {
        LockSupport.parkNanos(FAULT_PAUSE_NANOS);
      }
    }
  }

  /** Locked, not suspended, attached; else pauses and returns false. */
  private boolean ready() throws IOException, SQLException {
    String reason = aside.reason();
    if (reason != null) {
      if (log != null) {
        detach(FeedState.SUSPENDED, reason);
      }
      condition(FeedState.SUSPENDED, reason);
      undoOnRequest();
      aside.gone();
      aside.yielding(true);
      sleep(50);
      return false;
    }
    if (log != null) {
      return true;
    }
    if (aside.isCheckpointing()) {
      aside.yielding(true);
      sleep(1);
      return false;
    }
    if (!leadership.acquire()) {
      String why = "another JVM replicates master " + file.path() + "; it has the lock";
      condition(FeedState.STANDBY, why + leadership.obstacle());
      sleep(STANDBY_PAUSE);
      return false;
    }
    leadership.beat();
    String obstacle = file.obstacle();
    String choice = aside.journalChoice();
    if (obstacle == null) {
      obstacle = file.ensureWal(connections, choice);
      if (obstacle != null && !obstacle.equals(lastLoss)) {
        LOG.warn("{}; all statements stay on the master", obstacle);
        lastLoss = obstacle;
      }
    }
    if (obstacle != null) {
      condition(choice == null ? FeedState.WAITING_FOR_MASTER : FeedState.SUSPENDED, obstacle);
      sleep(20);
      return false;
    }
    attach();
    return true;
  }

  private void attach() throws IOException, SQLException {
    log = MasterLog.attach(connections, file.path());
    checkpoints = new MasterCheckpoints(log, this, workers, settings);
    samples.changedAt(tickets.newLabel());
    sampled(sampleSurely());
    shipper = new LogShipper(log, LogPosition.of(log.generation, last), feeds, retention);
    retention.attached(log, last);
    aside.choose(null);
    for (ReplicaFeed feed : feeds) {
      feed.masterAttached();
    }
    lastLoss = null;
    LOG.info("attached to master {} at {}", log.path, last);
  }

  private void cycle() throws IOException, SQLException {
    leadership.beat();
    long ticket = tickets.label();
    samples.looking();
    if (log.changedSince(last)) {
      // A ticket of the sample's own: positions of replicas tell commits of others apart too.
      ticket = tickets.newLabel();
      WalIndexHeader header = log.sample();
      if (header == null) {
        header = sampleSurely();
      }
      if (!header.sameLogState(last)) {
        pace.changed(header.change - last.change);
        samples.changedAt(ticket);
      }
      ship(header, ticket);
      sampled(header);
    }
    samples.covers(ticket);
    leadership.sampled(ticket, samples.changedAt());
    joins.tick(log, shipper, last, ticket);
    if (ticket != shippedTicket) {
      pace.wanted();
      for (ReplicaFeed feed : feeds) {
        feed.reach(ticket, shipper.position());
      }
      shippedTicket = ticket;
    }
    checkpoints();
    watch();
    idle(ticket);
  }

  private void checkpoints() throws IOException, SQLException {
    boolean mayAdvance = retention.beginAdvance();
    try {
      boolean held = joins.logHeld(last) || !mayAdvance;
      if (aside.isCheckpointing()) {
        aside.yielding(checkpoints.yieldTo(last, held, aside.isYielding()));
      } else {
        checkpoints.tick(last, pace.quiet(), held);
      }
    } finally {
      if (mayAdvance) {
        retention.endAdvance();
      }
    }
  }

  private void sampled(WalIndexHeader header) {
    last = header;
    samples.found(log, header);
    leadership.found(log, header, samples.changedAt());
  }

  private void idle(long ticket) {
    if (aside.isCheckpointing() || (!hurried && pace.isRush())) {
      if (!closing && aside.reason() == null) {
        LockSupport.parkNanos(CapturePace.RUSH_PAUSE);
      }
      return;
    }
    parked = true;
    if (tickets.isStill(ticket) && !closing && aside.reason() == null && !log.changedSince(last)) {
      LockSupport.parkNanos(pace.pause());
    }
    parked = false;
    pace.paused();
  }

  private WalIndexHeader sampleSurely() throws IOException {
    for (int i = 0; i < 500 && !closing; i++) {
      WalIndexHeader header = log.sample();
      if (header != null) {
        return header;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    throw new IOException("the wal-index is not readable");
  }

  private void ship(WalIndexHeader header, long ticket) throws IOException {
    if (shipper.ship(header, ticket)) {
      shippedTicket = Math.max(shippedTicket, ticket);
    }
  }

  /** Ships all there is; for callers that hold writers off. */
  WalIndexHeader shipNow() throws IOException {
    long ticket = 0;
    while (true) {
      WalIndexHeader header = sampleSurely();
      if (ticket != 0 || header.sameLogState(last)) {
        if (ticket != 0) {
          samples.changedAt(ticket);
        }
        ship(header, ticket);
        sampled(header);
        return header;
      }
      // Frames need a ticket that was drawn before they were sampled. Without frames none is
      // drawn: nobody would reach it until the checkpoint that follows is over.
      ticket = tickets.newLabel();
    }
  }

  /** See the invariants of {@link MasterLog}. */
  void advancePin() throws SQLException, IOException {
    log.beginNextPin();
    shipNow();
    retention.advance(shipper.position());
    log.endOldPin();
  }

  /**
   * Leaves the log without a pin for a moment.
   *
   * @throws ContinuityException when it was reset just then, so that frames may be gone unread
   */
  void liftPin(long nanos) throws SQLException, IOException {
    WalIndexHeader shipped = shipNow();
    retention.advance(shipper.position());
    log.liftPin(nanos);
    if (sampleSurely().salts != shipped.salts) {
      throw new ContinuityException("the log was reset beside a checkpoint of the application's");
    }
  }

  /** The log is about to be copied without a pin: with writers locked out, and all shipped. */
  void beforeUnpinned() throws IOException {
    retention.advance(shipper.position());
  }

  /** A ticket for a sample that is about to be taken. */
  long drawTicket() {
    return tickets.newLabel();
  }

  /** The feeds get all up to a pinned commit, which is covered by the ticket, and nothing more. */
  void shipTo(WalIndexHeader header, long drawn) throws IOException {
    if (!header.sameLogState(last)) {
      samples.changedAt(drawn);
    }
    ship(header, drawn);
    sampled(header);
  }

  /** See {@link Joins}. */
  Joins joins() {
    return joins;
  }

  private void watch() throws IOException {
    long now = System.nanoTime();
    if (now - lastWatch > WATCH_PAUSE) {
      lastWatch = now;
      if (log.isReplaced()) {
        throw new IOException("the database, its -wal or its -shm file was replaced or removed");
      }
      if (!leadership.isHeld()) {
        throw new IOException("a file that holds this JVM's lock was replaced or removed");
      }
      leadership.watch();
    }
  }

  private void lost(FeedState state, String reason, long pauseMillis) {
    if (!reason.equals(lastLoss)) {
      LOG.warn("replication has lost {}", reason);
      lastLoss = reason;
    }
    detach(state, reason);
    sleep(pauseMillis);
  }

  /** Withdraws every ticket, then lets go of the master. */
  private void detach(FeedState state, String reason) {
    retention.detached();
    samples.lost();
    leadership.lost();
    for (ReplicaFeed feed : feeds) {
      feed.masterLost(state, reason);
    }
    joins.breakOff();
    if (checkpoints != null) {
      checkpoints.stop();
      checkpoints = null;
    }
    if (log != null) {
      log.close();
      log = null;
    }
    connections.closeLeft();
  }

  private void condition(FeedState state, String reason) {
    for (ReplicaFeed feed : feeds) {
      feed.masterCondition(state, reason);
    }
  }

  private void sleep(long millis) {
    parked = true;
    if (!closing && millis > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
    parked = false;
  }

  /** See {@link SqliteReplicator#keepWal}. */
  void keepWal() {
    file.keepWal();
  }

  /** See {@link SqliteReplicator#undoWal}. */
  void undoWal() {
    undoAsked = true;
  }

  private void undoOnRequest() throws IOException {
    if (undoAsked && leadership.acquire()) {
      undoAsked = false;
      file.undoWal(connections);
    }
  }

  /** Asks the thread to ship what is committed, and to end. */
  void close() {
    closing = true;
    LockSupport.unpark(thread);
  }

  boolean isClosing() {
    return closing;
  }

  boolean awaitEnd(long millis) throws InterruptedException {
    thread.join(Math.max(1, millis));
    return !thread.isAlive();
  }

  private void finish() {
    try {
      if (log != null) {
        long ticket = tickets.label();
        ship(sampleNow(), ticket);
        for (ReplicaFeed feed : feeds) {
          feed.reach(ticket, shipper.position());
        }
        drainRanges();
        checkpoints.stop();
        retention.detached();
        log.endPins();
        checkpoints.atTheEnd();
      }
    } catch (Throwable e) {
      // Also of a driver whose web application was stopped and which may load nothing any more.
      LOG.debug("the last look at master {} failed", file.path(), e);
    } finally {
      for (ReplicaFeed feed : feeds) {
        feed.masterLeft();
      }
      detach(FeedState.CLOSED, null);
      if (settings.undoWal()) {
        file.undoWal(connections);
      }
    }
  }

  private WalIndexHeader sampleNow() {
    WalIndexHeader now = log.sample();
    return now == null ? last : now;
  }

  /** Feeds that read the log themselves get some time before the pins end. */
  private void drainRanges() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    while (joins.logHeld(last) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
