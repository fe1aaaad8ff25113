package io.rwsplit.core;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.catalog.Catalog;
import io.rwsplit.circuit.CircuitRules;
import io.rwsplit.config.Settings;
import io.rwsplit.config.Transactions;
import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.jdbc.Destination;
import io.rwsplit.jdbc.MasterGate;
import io.rwsplit.jdbc.RoutingContext;
import io.rwsplit.jdbc.UnfollowedConnection;
import io.rwsplit.observe.Observer;
import io.rwsplit.operations.ReloadReport;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.report.RouteLog;
import io.rwsplit.route.Balancer;
import io.rwsplit.route.ReadRules;
import io.rwsplit.route.RouteReason;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.topology.Replica;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * One master of the application's as long as its connections are managed: routed, or observed.
 * Thread-safe.
 */
abstract class ManagedGroup extends RoutingContext {
  private final AppDriver driver;

  ManagedGroup(
      Settings settings,
      AppDriver driver,
      SqlClassifier classifier,
      Balancer balancer,
      Replica[] replicas,
      RouteCounters counters,
      MasterGate gate,
      WriteTracker tracker,
      ReadRules rules,
      Catalog catalog,
      CircuitRules circuit,
      Observer observer) {
    super(
        settings.engine(),
        classifier,
        balancer,
        replicas,
        counters,
        new RouteLog(settings.logRoutes(), settings.group()),
        gate,
        tracker,
        rules,
        catalog,
        circuit,
        observer);
    this.driver = driver;
    readPercent(settings.readPercent());
  }

  /** With what all is done that is done beside the application. */
  final AppDriver driver() {
    return driver;
  }

  /** The copy of the driver with which all is done. */
  final DriverCopy copy() {
    return driver.copy();
  }

  /** The hook of a connection to the master that a fault keeps from being managed. */
  final ConnectionHook unfollowed() {
    return UnfollowedConnection.of(this);
  }

  /** Something may have been written that no ticket covers: nothing is routed until one does. */
  final void missed() {
    passThrough().missed();
  }

  /** Looks from time to time whether the copy of the driver is needed any more. */
  abstract void whileUsed(Runnable look);

  /** A session as it is when its connection is first seen. */
  static SessionState session(Connection connection, Settings settings) throws SQLException {
    return new SessionState(
        settings.engine(),
        connection.getAutoCommit(),
        connection.isReadOnly(),
        settings.transactions() == Transactions.UNTIL_WRITE);
  }

  /**
   * The session of a connection that was open when the agent came, which is asked for nothing: it
   * may be in the middle of a result, and its driver may have to ask the server. None of its reads
   * leaves the master.
   */
  static SessionState sessionOfBefore(Connection connection, Settings settings)
      throws SQLException {
    return new SessionState(settings.engine(), connection.getAutoCommit(), false, false);
  }

  /**
   * Why a new connection of the application stays on the master, whatever it does; null when its
   * reads may leave. Learns from it how the application opens the master.
   */
  final RouteReason barred(
      Connection connection, String url, Properties properties, Settings settings) {
    if (!driver.opened(connection)) {
      return RouteReason.OTHER_DRIVER;
    }
    driver.learn(url, properties);
    for (JdbcUrl replica : settings.replicas()) {
      if (!replica.beginsLike(JdbcUrl.parse(url))) {
        return RouteReason.SESSION_STATE;
      }
    }
    return null;
  }

  /** Applies what of newer settings may change, and says what has come of it. */
  abstract void adjust(Settings newer, ReloadReport said);

  /** Turns routing on or off for the whole group. */
  abstract void switchRouting(boolean on, ReloadReport said);

  /** Where a connect of the application to the master has to lead; null for as written. */
  abstract Destination destination(String url) throws SQLException;

  /**
   * The hook of a new connection of the application to the master.
   *
   * @param destination where its connect has led; null when that was as written
   */
  abstract ConnectionHook manage(
      Connection connection, String url, Properties properties, Destination destination)
      throws SQLException;

  /**
   * The hook of a connection of the application to the master that was open when the agent came:
   * nothing of it is routed.
   */
  abstract ConnectionHook openBefore(Connection connection, String url) throws SQLException;

  /** The hook of a connection of the application to a database other than the master. */
  abstract ConnectionHook replicaFile(String url);

  /**
   * Waits for what is about to be ready, so that the first reads of a short program find it;
   * bounded, and only when there is something to wait for.
   */
  abstract void awaitFirstVerdicts();

  /** The application's connect may do to the journal what its SQL could. */
  abstract void connecting(String url, Properties properties);

  /** That connect is over. */
  abstract void connectEnded();

  /** A database, perhaps the master, was restored from a backup by the driver's own means. */
  abstract void restored();

  /**
   * Ends while the JVM goes on, and lets go of the driver: connections of the application that are
   * still open stay on the master. Takes some seconds at most.
   *
   * @param why for people
   */
  abstract void end(String why);
}
