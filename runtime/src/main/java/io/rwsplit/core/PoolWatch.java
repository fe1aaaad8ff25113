package io.rwsplit.core;

import io.rwsplit.config.Settings;
import io.rwsplit.log.ScopedLoggers;
import io.rwsplit.pool.PoolTrouble;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.topology.Replica;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Tells of replicas that pass their checks, over connections that are open, while no connection for
 * the application's reads can be opened: places that are used up, rights of another user. What
 * fails because a server is gone is for the checks to tell, so only what lasts while they pass is
 * told here. Used by one thread.
 */
final class PoolWatch {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LASTING_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Between two warnings of one replica and cause. */
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final int MOST_CAUSES = 32;

  private final Logger log = ScopedLoggers.of(PoolWatch.class);
  private final ReplicaPools pools;
  private final Nodes nodes;
  private final long lasting;
  private Seen[] seen = new Seen[0];
  private long lookedAt = System.nanoTime();

  /** What was seen of one replica. */
  private static final class Seen {
    /** True while it is in service with a pool that fails. */
    boolean fails;

    /** Since when, then. */
    long since;

    /** The causes that were told and are not over. */
    final Set<String> standing = new HashSet<>();

    /** When each cause was told last. */
    final Map<String, Long> told = new HashMap<>();
  }

  PoolWatch(ReplicaPools pools, Nodes nodes, Settings settings) {
    this.pools = pools;
    this.nodes = nodes;
    // A check that fails, too, has taken the replica out by then.
    this.lasting = LASTING_NANOS + settings.healthFailures() * settings.healthIntervalNanos();
  }

  /** Looks at all of them, unless it just has; what it has to tell is told. */
  void look() {
    if (System.nanoTime() - lookedAt < INTERVAL_NANOS) {
      return;
    }
    lookedAt = System.nanoTime();
    Replica[] replicas = nodes.get();
    if (seen.length < replicas.length) {
      seen = Arrays.copyOf(seen, replicas.length);
    }
    for (int i = 0; i < replicas.length; i++) {
      if (seen[i] == null) {
        seen[i] = new Seen();
      }
      look(replicas[i], seen[i], System.nanoTime());
    }
  }

  private void look(Replica replica, Seen known, long now) {
    PoolTrouble trouble = pools.trouble(replica.index(), now);
    boolean fails = trouble != null && replica.inService();
    if (fails && !known.fails) {
      known.since = now;
    }
    known.fails = fails;
    // A failure of before, when the server was not there, says nothing of one that is back.
    boolean lasts =
        fails
            && now - known.since >= lasting
            && trouble.newestNanos() - known.since > 0
            && trouble.isFresh(now);
    replica.openings(lasts ? trouble.text() : null, pools.failedOpenings(replica.index()));
    if (lasts) {
      tell(replica, known, trouble, now);
    } else if (trouble == null && !known.standing.isEmpty()) {
      known.standing.clear();
      log.info("{}: connections for reads can be opened again, or are not wanted", replica.name());
    }
  }

  private void tell(Replica replica, Seen known, PoolTrouble trouble, long now) {
    String cause = trouble.key();
    Long last = known.told.get(cause);
    boolean mayBeTold = last == null ? known.told.size() < MOST_CAUSES : now - last >= PAUSE_NANOS;
    if (mayBeTold && known.standing.add(cause)) {
      known.told.put(cause, now);
      log.warn(
          "{}: passes its checks, but connections for reads cannot be opened; reads that find none"
              + " go elsewhere: {}",
          replica.name(),
          trouble.text());
    }
  }
}
