package io.rwsplit.core;

import io.rwsplit.config.Settings;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.patroni.Discovery;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the configuration by the replicas that Patroni names, where it has none of its own.
 * Used by one thread at a time.
 */
final class PatroniReplicas {
  /** Connects wait for an answer: not each of them for one that does not come. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Settings settings;
  private boolean failed;
  private long failedAt;

  PatroniReplicas(Settings settings) {
    this.settings = settings;
  }

  /**
   * Settings with replicas; null when Patroni cannot be asked, which is said. Connections that the
   * application opens meanwhile are left alone.
   */
  Settings complete() {
    if (failed && System.nanoTime() - failedAt < RETRY_NANOS) {
      return null;
    }
    Logger log = LoggerFactory.getLogger(PatroniReplicas.class);
    try {
      List<JdbcUrl> found =
          Discovery.replicas(settings.patroni(), settings.master(), new DaemonThreads("patroni"));
      log.info("Patroni names these replicas: {}", found);
      return settings.withReplicas(found);
    } catch (IOException e) {
      failed = true;
      failedAt = System.nanoTime();
      log.error(
          "{}. The replicas are not known: connections opened now are not split", e.getMessage());
      return null;
    }
  }
}
