package io.rwsplit.core;

import io.rwsplit.config.Property;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.jdbc.RoutingContext;
import io.rwsplit.pool.ReplicaPool;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.report.RouteLog;
import io.rwsplit.topology.Replica;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies to a running group what of its configuration may change. A replica keeps its place, its
 * name and its positions from the start to the end of the JVM: one that is no longer configured
 * gets no more reads, and one that is configured again comes back. Used by one thread at a time.
 */
final class Adjustments {
  /** Why a replica is out of service that is to be left alone. */
  static final String DRAINED = "is drained (rwsplit.replicas.drain)";

  private static final int GONE = -1;

  private final Settings started;
  private final Replica[] replicas;
  private final ReplicaWatch[] watches;
  private final ReplicaPools pools;
  private final RouteLog log;
  private final LagLimits lags;
  private final RoutingContext routing;

  /** What was read last, whether it could be applied or not. */
  private Settings newest;

  private final boolean[] gone;

  Adjustments(
      Settings started,
      Replica[] replicas,
      ReplicaWatch[] watches,
      ReplicaPools pools,
      RouteLog log,
      LagLimits lags,
      RoutingContext routing) {
    this.started = started;
    this.newest = started;
    this.replicas = replicas;
    this.watches = watches;
    this.pools = pools;
    this.log = log;
    this.lags = lags;
    this.routing = routing;
    this.gone = new boolean[replicas.length];
  }

  /**
   * Applies what may change.
   *
   * @param said gets what has come of it, line by line, without secrets
   */
  void apply(Settings newer, List<String> said) {
    List<Property> changed = newest.differences(newer);
    newest = newer;
    if (changed.isEmpty()) {
      return;
    }
    int[] places = places(newer);
    boolean live = false;
    for (Property property : changed) {
      if (property == Property.REPLICAS) {
        live = true;
        sayNew(newer, said);
      } else if (property.isLive()) {
        live = true;
        said.add(newer.shown(property) + " holds from now on");
      } else {
        said.add(newer.shown(property) + " needs a restart");
      }
    }
    if (live) {
      for (int i = 0; i < replicas.length; i++) {
        adjust(i, places[i], newer, said);
      }
      routing.balance(Balancing.balancer(newer, replicas));
      if (changed.contains(Property.READ_PERCENT)) {
        routing.readPercent(newer.readPercent());
      }
      log.switchOn(newer.logRoutes());
      lags.set(newer);
    }
  }

  private void adjust(int replica, int place, Settings newer, List<String> said) {
    watches[replica].limits(newer, Math.max(0, place));
    if (place != GONE) {
      replicas[replica].traits(Balancing.traits(newer, place));
    }
    String name = replicas[replica].name();
    if (place == GONE && !gone[replica]) {
      gone[replica] = true;
      watches[replica].drain("is no longer configured");
      for (ReplicaPool unused : pools.retire(replica)) {
        // Its connections are closed when the reads under way have ended.
      }
      said.add(name + " gets no more reads: it is no longer configured");
    } else if (place != GONE && gone[replica]) {
      gone[replica] = false;
      pools.renew(replica);
      said.add(name + " is configured again");
    }
    if (place != GONE) {
      watches[replica].drain(newer.balance().isDrained(name) ? DRAINED : null);
    }
  }

  /** Where each running replica stands in the new configuration. */
  private int[] places(Settings newer) {
    int[] places = new int[replicas.length];
    for (int i = 0; i < places.length; i++) {
      // The configured master, where it may be a replica, and what Patroni has named stay.
      boolean stays = i >= started.replicas().size() || newer.replicas().isEmpty();
      places[i] = stays ? i : place(started.replicas().get(i), newer.replicas());
    }
    return places;
  }

  private static int place(JdbcUrl url, List<JdbcUrl> among) {
    for (int i = 0; i < among.size(); i++) {
      if (among.get(i).sameDatabase(url)) {
        return i;
      }
    }
    return GONE;
  }

  private void sayNew(Settings newer, List<String> said) {
    List<String> unknown = new ArrayList<>();
    for (JdbcUrl url : newer.replicas()) {
      if (place(url, started.replicas()) == GONE) {
        unknown.add(url.withoutSecrets());
      }
    }
    if (!unknown.isEmpty()) {
      said.add("rwsplit.replicas: " + unknown + " need a restart to be added");
    }
  }
}
