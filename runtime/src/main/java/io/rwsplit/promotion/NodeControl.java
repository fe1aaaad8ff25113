package io.rwsplit.promotion;

import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;

/**
 * One session on one server, which asks it and may command it. Every statement is short: what takes
 * time is waited for by asking again. Used by one thread at a time.
 *
 * <p>Whatever changes the server is only to be called while this very session holds the server's
 * lock ({@link #tryLock}); the server gives it back when the session ends, however it does.
 */
abstract class NodeControl implements AutoCloseable {
  /** Of the lock that whoever changes roles holds on each server, and of the table of terms. */
  static final String LOCK = "rwsplit.failover";

  static final long LOOK_NANOS = 10_000_000;

  private final Connection connection;
  private final Statement statement;

  NodeControl(Connection connection) throws SQLException {
    this.connection = connection;
    this.statement = connection.createStatement();
  }

  /** The control for the server that the connection leads to; closes it when it fails. */
  static NodeControl of(Engine engine, Connection connection) throws SQLException {
    try {
      connection.setAutoCommit(true);
      if (engine == Engine.POSTGRESQL) {
        return new PostgresControl(connection);
      }
      try (Statement asked = connection.createStatement();
          ResultSet version = asked.executeQuery("SELECT VERSION()")) {
        version.next();
        return version.getString(1).contains("MariaDB")
            ? new MariadbControl(connection)
            : new MysqlControl(connection);
      }
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What the server says of itself now. */
  abstract NodeReport look() throws SQLException;

  /** Takes the server's lock for this session, unless another session has it. */
  abstract boolean tryLock() throws SQLException;

  /** True when this session has the lock; asks the server. */
  abstract boolean holdsLock() throws SQLException;

  /** The server's clock plus some time, as it writes it; to be given back to it only. */
  abstract String clockIn(long millis) throws SQLException;

  /** Why this session may not do what a promotion and what follows it need; null when it may. */
  abstract String lacksRights() throws SQLException;

  /** Receives no more from its master, and goes on applying what it has. */
  abstract void stopReceiving() throws SQLException, ControlFailure;

  /** Undoes {@link #stopReceiving}, and what a promotion that failed may have done after it. */
  abstract void replicateAgain() throws SQLException;

  /** True when all that has been received is applied; nothing must be received any more. */
  abstract boolean isDrained() throws SQLException;

  /** Makes on a master, while it takes writes, what a promotion of its replicas will need. */
  void prepare() throws SQLException {
    // Nothing.
  }

  /**
   * Makes a drained replica the master, unless the server's clock has passed the deadline: then
   * nothing happens, however late the server reads this.
   *
   * @param deadline from {@link #clockIn}
   * @param line the new line of history, where the server does not count them itself
   * @return where its history leaves the old master's
   * @throws ControlFailure when it has not become master, and is what it was
   */
  abstract Fork promote(String deadline, long line, Address address)
      throws SQLException, ControlFailure;

  /**
   * Makes a replica follow another master, with the credentials it has.
   *
   * @param of a session on that master
   */
  abstract void follow(Address master, NodeControl of) throws SQLException, ControlFailure;

  /**
   * Makes a former master, fenced and without orphans, a replica.
   *
   * @param like another replica of the same master, whose settings it takes; null without one
   */
  abstract void become(Address master, Credentials credentials, NodeControl like)
      throws SQLException, ControlFailure;

  /** Takes no more writes of the application, and ends its sessions. */
  abstract void fence() throws SQLException, ControlFailure;

  /** Takes writes again. */
  abstract void unfence() throws SQLException;

  /** What the fence does not cover, in one sentence for people. */
  abstract String fenceLimits();

  /**
   * What this server, a former master, has and the new one has not. Both must be reachable.
   *
   * @param master the new one
   */
  abstract Orphans orphans(NodeControl master) throws SQLException;

  /**
   * What a master was last seen to have and this server has not; a lower bound of what is lost when
   * it is promoted.
   *
   * @param last of the master, while it answered
   */
  abstract Orphans lacks(NodeReport last) throws SQLException;

  /** True when {@link #become} can work at all. */
  abstract boolean canBecomeReplica();

  /** Writes down a promotion where {@link #promote} could not; may fail without harm. */
  void remember(Fork fork, Address address) throws SQLException {
    // It is part of the promotion.
  }

  /** Runs a statement without a result. */
  final int execute(String sql) throws SQLException {
    return statement.execute(sql) ? 0 : statement.getUpdateCount();
  }

  /** The first column of the first row; null when there is none. */
  final String ask(String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  /** The first row; the caller closes it before the next question. */
  final ResultSet row(String sql) throws SQLException {
    ResultSet row = statement.executeQuery(sql);
    if (!row.next()) {
      row.close();
      throw new SQLException("no row");
    }
    return row;
  }

  final Statement statement() {
    return statement;
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static void pause() {
    LockSupport.parkNanos(LOOK_NANOS);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // The server drops it, or has done so.
      return;
    }
  }
}
