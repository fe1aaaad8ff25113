package io.rwsplit.core;

import io.rwsplit.config.Property;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.jdbc.RoutingContext;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.operations.ReloadReport;
import io.rwsplit.report.RouteLog;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * Applies to a running group what of its configuration may change. A replica keeps its place, its
 * name and its counters from its first day to the end of the JVM: one that is no longer configured
 * leaves, one that is configured again comes back, and a new one gets the next number. Used by one
 * thread at a time.
 */
final class Adjustments {
  /** Why a replica is out of service that is to be left alone. */
  static final String DRAINED = "is drained (rwsplit.replicas.drain)";

  private static final String AGAIN = "; it is tried when the configuration is read again";
  private static final int GONE = -1;

  private final Settings started;
  private final AppDriver driver;
  private final Nodes nodes;
  private final Places places;
  private final RouteLog log;
  private final LagLimits lags;
  private final RoutingContext routing;

  /** What was read last, whether it could be applied or not. */
  private Settings newest;

  /** Places of replicas that have left, or could not come back. */
  private final BitSet gone = new BitSet();

  /** True when something was in vain that a further look may bring, or is to say again. */
  private boolean unfinished;

  Adjustments(
      Settings started,
      AppDriver driver,
      Nodes nodes,
      Places places,
      RouteLog log,
      LagLimits lags,
      RoutingContext routing) {
    this.started = started;
    this.newest = started;
    this.driver = driver;
    this.nodes = nodes;
    this.places = places;
    this.log = log;
    this.lags = lags;
    this.routing = routing;
  }

  /**
   * Applies what may change.
   *
   * @param said gets what has come of it, line by line, without secrets
   */
  void apply(Settings newer, ReloadReport said) {
    List<Property> changed = newest.differences(newer);
    newest = newer;
    // Said each time: what is in the file and does not hold is not to be forgotten.
    for (Property property : started.differences(newer)) {
      if (property != Property.REPLICAS && !property.isLive()) {
        said.restart(newer.shown(property) + " needs a restart");
      }
    }
    if (changed.isEmpty() && !unfinished) {
      return;
    }
    boolean live = unfinished;
    for (Property property : changed) {
      if (property == Property.REPLICAS) {
        live = true;
      } else if (property.isLive()) {
        live = true;
        said.applied(newer.shown(property) + " holds from now on");
      }
    }
    if (live) {
      unfinished = false;
      adjustAll(newer, said);
      routing.balance(Balancing.balancer(newer, nodes.get()));
      if (changed.contains(Property.READ_PERCENT)) {
        routing.readPercent(newer.readPercent());
      }
      log.switchOn(newer.logRoutes());
      lags.set(newer);
    }
  }

  private void adjustAll(Settings newer, ReloadReport said) {
    int[] running = running(newer);
    for (int i = 0; i < running.length; i++) {
      adjust(i, running[i], newer, said);
    }
    for (int i = 0; i < newer.replicas().size(); i++) {
      JdbcUrl url = newer.replicas().get(i);
      // A place after these is of one that could not join.
      if (place(url, driver.nodes().subList(0, nodes.get().length)) == GONE) {
        add(url, newer, i, said);
      }
    }
  }

  private void adjust(int replica, int place, Settings newer, ReloadReport said) {
    if (place == GONE) {
      close(replica, said);
      return;
    }
    nodes.replica(replica).traits(Balancing.traits(newer, place));
    if (gone.get(replica)) {
      open(replica, place, newer, said);
      return;
    }
    nodes.watch(replica).limits(newer, place);
    boolean drained = newer.balance().isDrained(nodes.replica(replica).name());
    nodes.watch(replica).drain(drained ? DRAINED : null);
  }

  private void close(int replica, ReloadReport said) {
    if (gone.get(replica)) {
      return;
    }
    gone.set(replica);
    String name = nodes.replica(replica).name();
    said.applied(name + " gets no more reads: it is no longer configured");
    FlightEvents.steered(started.group(), name, "is no longer configured");
    try {
      places.close(replica);
    } catch (IOException e) {
      said.restart(name + " is still fed: " + e.getMessage());
    }
  }

  private void open(int replica, int place, Settings newer, ReloadReport said) {
    String name = nodes.replica(replica).name();
    try {
      places.open(replica, newer, place);
      gone.clear(replica);
      said.applied(name + " is configured again");
      FlightEvents.steered(started.group(), name, "is configured again");
    } catch (IOException e) {
      unfinished = true;
      said.later(name + " cannot come back yet: " + e.getMessage() + AGAIN);
    }
  }

  private void add(JdbcUrl url, Settings newer, int place, ReloadReport said) {
    String obstacle = places.obstacle(url);
    if (obstacle != null) {
      // To be said again.
      unfinished = true;
      said.restart("rwsplit.replicas: " + url.withoutSecrets() + " needs a restart: " + obstacle);
      return;
    }
    try {
      String name = places.add(newer, place);
      said.applied(name + " is new: " + url.withoutSecrets() + "; it serves once it is in service");
      FlightEvents.steered(started.group(), name, "is new");
    } catch (IOException e) {
      unfinished = true;
      said.later(url.withoutSecrets() + " cannot join yet: " + e.getMessage() + AGAIN);
    }
  }

  /** Where each running replica stands in the new configuration. */
  private int[] running(Settings newer) {
    int[] found = new int[nodes.get().length];
    int configured = started.replicas().size();
    boolean masterIsNode = started.nodes().size() > configured;
    for (int i = 0; i < found.length; i++) {
      // The configured master, where it may be a replica, and what Patroni has named stay.
      boolean stays = newer.replicas().isEmpty() || (masterIsNode && i == configured);
      found[i] = stays ? i : place(driver.nodes().get(i), newer.replicas());
    }
    return found;
  }

  private static int place(JdbcUrl url, List<JdbcUrl> among) {
    for (int i = 0; i < among.size(); i++) {
      if (among.get(i).sameDatabase(url)) {
        return i;
      }
    }
    return GONE;
  }
}
