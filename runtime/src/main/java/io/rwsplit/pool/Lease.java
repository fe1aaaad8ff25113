package io.rwsplit.pool;

import io.rwsplit.session.SessionSettings;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One replica connection on loan from its pool, with the statements cached on it.
 *
 * <p>States: {@link #ACTIVE} – an application connection holds it; {@link #PARKED} – nobody does,
 * whoever moves it to ACTIVE by compare-and-set owns it, its last owner first; {@link #GONE} –
 * given back to the pool. Only the owner uses the connection, but a result of his may be read by
 * another thread, so what is common to both is thread-safe.
 */
public final class Lease {
  /** Who holds a lease. */
  public interface Holder {
    /**
     * To be called now and then while the lease is held, by a thread that must not wait.
     *
     * @param now by {@link System#nanoTime()}
     */
    void lookAfter(long now);
  }

  static final int PARKED = 0;
  static final int ACTIVE = 1;
  static final int GONE = 2;

  private final ReplicaPool pool;
  private final Connection pooled;
  private final Connection physical;
  private final AtomicInteger state = new AtomicInteger(ACTIVE);

  private final ShadowCache cache = new ShadowCache();

  /** What the owners have to remember of the connection; of the owner. */
  private volatile Object note;

  private final Mirror mirror = new Mirror();

  /**
   * Cleared when nobody has the owner any more; null while there is none. Written before the state
   * that lets another owner in, and read after the state.
   */
  private Reference<Holder> owner;

  /** Whether the owner waits for the server. */
  private final Waiting waiting = new Waiting();

  private final AtomicBoolean aborted = new AtomicBoolean();

  /** Shadows that their results have let go of while somebody else may use the connection. */
  private final Queue<Shadow> unwanted = new ConcurrentLinkedQueue<>();

  /** Open results that are the application's though the lease is not: closing would end them. */
  private final AtomicInteger left = new AtomicInteger();

  private volatile ResultSet closedResult;
  private volatile boolean broken;

  /** Executions; of the owner, whom the next one follows by {@link #state}. */
  private int uses;

  /** Set by every execution, cleared by the sweeper, which tells idle leases by it. */
  private volatile boolean used = true;

  Lease(ReplicaPool pool, Connection pooled, Connection physical) {
    this.pool = pool;
    this.pooled = pooled;
    this.physical = physical;
  }

  /** What an owner has noted of the connection; null at first. */
  public Object note() {
    return note;
  }

  /** Notes something of the connection, for later owners too. */
  public void note(Object newNote) {
    note = newNote;
  }

  /** False once its pool was retired: the connection may read a file that was replaced. */
  public boolean isCurrent() {
    return pool.isCurrent(this);
  }

  /**
   * A connection like this one, with the same URL parameters and properties, to another file.
   *
   * @param file a database file of the replica's engine
   */
  public Connection openOther(Path file) throws SQLException {
    return pool.connector().open(file);
  }

  /**
   * Has the owner look whether he still needs it; takes it back from one that was dropped without
   * being closed, as nobody can use its results any more.
   */
  void lookAfter(long now) {
    if (state.get() != ACTIVE) {
      return;
    }
    Reference<Holder> last = owner;
    Holder known = last == null ? null : last.get();
    if (known != null) {
      known.lookAfter(now);
    } else if (last != null) {
      broken = true;
      park();
    }
  }

  /** The pool it is on loan from. */
  public ReplicaPool pool() {
    return pool;
  }

  /** Takes a parked lease; false when somebody else did, or it is gone. */
  public boolean tryActivate() {
    if (state.get() != PARKED || !state.compareAndSet(PARKED, ACTIVE)) {
      return false;
    }
    try {
      return activated();
    } catch (Throwable t) {
      // Nobody has it, and the next one who wants it gives it up. Fields: a call could fail, too.
      broken = true;
      state.set(PARKED);
      throw t;
    }
  }

  private boolean activated() {
    if (!broken && pool.isCurrent(this)) {
      return true;
    }
    giveUp();
    return false;
  }

  /** True while an application connection holds it. */
  boolean isActive() {
    return state.get() == ACTIVE;
  }

  /** True once its connection was given back to its pool, which may close it. */
  public boolean isGone() {
    return state.get() == GONE;
  }

  /** Who has it on loan: it is taken back when that was collected. */
  public void ownedBy(Reference<Holder> newOwner) {
    owner = newOwner;
  }

  /** The owner needs it no more: parks it, or gives it back when it is broken or outdated. */
  public void park() {
    owner = null;
    try {
      if (broken || !pool.isCurrent(this)) {
        giveUp();
        return;
      }
    } catch (Throwable t) {
      // Nobody has it, and the next one who wants it gives it up. Fields: a call could fail, too.
      broken = true;
      state.set(PARKED);
      throw t;
    }
    state.set(PARKED);
    if (!pool.isCurrent(this)) {
      // Whoever closes the pool says so first and then takes what is parked: one of the two has it.
      boolean unused = retire();
    }
  }

  /** Marks the connection as unfit: it is closed instead of parked. */
  public void markBroken() {
    broken = true;
  }

  /**
   * Gives the connection the state of the session that is about to use it, where it has another.
   *
   * @throws SQLException when it cannot be given: the connection is broken then
   */
  public void adopt(SessionSettings desired) throws SQLException {
    if (!mirror.has(desired)) {
      SessionSettings before = mirror.applied();
      waiting.asks();
      try {
        mirror.apply(physical, desired);
        if (!desired.sameDatabase(before)) {
          discardPlain();
        }
      } catch (SQLException | RuntimeException e) {
        broken = true;
        throw e;
      } finally {
        waiting.answered();
      }
    }
  }

  /** The owner is about to wait for the server. */
  public void asks() {
    waiting.asks();
  }

  /** The owner waits no more; to be called before the lease may have another owner. */
  public void answered() {
    waiting.answered();
  }

  /** How long the owner has waited, by the watcher's clock; 0 once the connection is broken. */
  long silentNanos(long now) {
    long nanos = waiting.nanos(now);
    return aborted.get() ? 0 : nanos;
  }

  /** True when the connection was broken because its server did not answer. */
  public boolean isAborted() {
    return aborted.get();
  }

  /**
   * MySQL's driver gives a statement the database its connection had when it was made, and switches
   * to that whenever it runs ({@code StatementImpl.executeQuery}).
   */
  private void discardPlain() {
    Shadow idle = cache.takePlain();
    if (idle != null) {
      idle.discard();
    }
  }

  /** The session state the connection has. */
  public SessionSettings adopted() {
    return mirror.applied();
  }

  /** A rollback on the connection has undone what it was given since. */
  public void rolledBackTo(SessionSettings earlier) {
    mirror.rolledBackTo(earlier);
  }

  /** The connection itself, for the transaction its owner runs on it. */
  public Connection connection() {
    return physical;
  }

  /**
   * A closed result of the driver's whose statement is open; null for drivers that make a new
   * result for each execution. Called by the owner.
   */
  public ResultSet closedResult() {
    // Twice: that of the pool, whose statement is closed as well, is only nearly as good.
    for (int tries = 0; tries < 2 && closedResult == null && pool.closedResult() != null; tries++) {
      try {
        closedResult = ReusedResult.closed(physical);
      } catch (SQLException e) {
        if (tries > 0) {
          return pool.closedResult();
        }
      }
    }
    return closedResult;
  }

  /** A number that each execution changes. Called by the owner. */
  public int uses() {
    return uses;
  }

  /**
   * A result stays open on the connection when the lease is parked, which is then kept from its
   * pool: some drivers close results with their connection. Of each, {@link #resultEnded} tells the
   * end.
   */
  public void resultLeft() {
    left.incrementAndGet();
  }

  /** A result that was left is closed, or nobody has it any more. */
  public void resultEnded(Shadow shadow) {
    discardLater(shadow);
    left.decrementAndGet();
  }

  /**
   * Nothing but its result keeps the shadow from now on: who has that may have forgotten it, and
   * then the collector finds all of it. The lease stays with whom it is lent to.
   */
  public void letGo(Shadow shadow) {
    cache.forget(shadow);
    shadow.letGo();
  }

  /** Takes a shadow back from any thread: it is closed by the next one that uses the connection. */
  public void discardLater(Shadow shadow) {
    unwanted.add(shadow);
    if (state.get() == GONE) {
      discardUnwanted();
    }
  }

  private void discardUnwanted() {
    for (Shadow shadow = unwanted.poll(); shadow != null; shadow = unwanted.poll()) {
      cache.forget(shadow);
      shadow.discard();
    }
  }

  /** A statement on this connection for the text, from the cache or new. */
  public Shadow prepared(String sql, StatementSettings settings, int resultSetType)
      throws SQLException {
    markUsed();
    discardUnwanted();
    Shadow.Key key = cache.key(sql, settings, resultSetType, mirror.applied());
    Shadow cached = cache.take(key);
    if (cached != null) {
      cache.unused(key);
      return cached;
    }
    PreparedStatement statement =
        resultSetType == ResultSet.TYPE_FORWARD_ONLY
            ? physical.prepareStatement(sql)
            : physical.prepareStatement(sql, resultSetType, ResultSet.CONCUR_READ_ONLY);
    return settled(new Shadow(statement, key), settings);
  }

  /** A plain statement on this connection. */
  public Shadow plain(StatementSettings settings, int resultSetType) throws SQLException {
    markUsed();
    discardUnwanted();
    if (!settings.isDefault() || resultSetType != ResultSet.TYPE_FORWARD_ONLY) {
      Statement statement = physical.createStatement(resultSetType, ResultSet.CONCUR_READ_ONLY);
      return settled(Shadow.forOneExecution(statement), settings);
    }
    Shadow idle = cache.takePlain();
    return idle != null ? idle : new Shadow(physical.createStatement(), null);
  }

  private static Shadow settled(Shadow shadow, StatementSettings settings) throws SQLException {
    try {
      settings.apply(shadow.statement());
      return shadow;
    } catch (SQLException | RuntimeException e) {
      shadow.discard();
      throw e;
    }
  }

  /**
   * Takes a shadow back whose result is closed.
   *
   * @param reusable false when its execution failed
   */
  public void giveBack(Shadow shadow, boolean reusable) {
    boolean kept = reusable && shadow.isReusable() && state.get() != GONE && !broken;
    if (!kept) {
      cache.forget(shadow);
      shadow.discard();
      return;
    }
    Shadow unwanted = cache.keep(shadow);
    if (unwanted != null) {
      unwanted.discard();
    }
    if (state.get() == GONE) {
      // Whoever gives the connection up says so first and then empties the cache.
      discardCached();
    }
  }

  /** Reads before it writes: most executions find the mark set, and need no memory barrier. */
  private void markUsed() {
    uses++;
    if (!used) {
      used = true;
    }
  }

  /** True when the lease is parked and was not used since the last call. */
  boolean isIdle() {
    boolean idle = state.get() == PARKED && !used && left.get() == 0;
    used = false;
    return idle;
  }

  /** Takes a parked lease out of circulation and gives its connection back to the pool. */
  boolean retire() {
    if (!state.compareAndSet(PARKED, ACTIVE)) {
      return false;
    }
    try {
      giveUp();
    } catch (Throwable t) {
      // Nobody has it, and the next one who wants it gives it up. Fields: a call could fail, too.
      broken = true;
      state.set(PARKED);
      throw t;
    }
    return true;
  }

  /**
   * The application has aborted its connection: whatever the owner waits for on this one ends, too,
   * and rows that were not read are not read to their end (MariaDB's {@code Result.close}). Called
   * by any thread. May block.
   */
  public void abortForOwner() {
    if (beginAbort()) {
      abort();
    }
  }

  /** True for the first caller, who is to {@link #abort} it. */
  boolean beginAbort() {
    broken = true;
    return aborted.compareAndSet(false, true);
  }

  /** Breaks the connection, whatever its owner is waiting for. May block. */
  void abort() {
    broken = true;
    Sockets.close(physical);
    try {
      physical.abort(
          new Executor() {
            @Override
            public void execute(Runnable closing) {
              closing.run();
            }
          });
    } catch (SQLException | RuntimeException | LinkageError e) {
      // Of the driver's making; the connection is not used again all the same.
      broken = true;
    }
  }

  private void giveUp() {
    state.set(GONE);
    try {
      discardCached();
    } finally {
      pool.takeBack(this, pooled, broken);
    }
  }

  private void discardCached() {
    for (Shadow shadow : cache.clear()) {
      shadow.discard();
    }
    discardUnwanted();
  }
}
