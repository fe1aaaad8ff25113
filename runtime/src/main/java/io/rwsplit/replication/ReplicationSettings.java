package io.rwsplit.replication;

import java.time.Duration;
import java.util.Objects;

/** What may be tuned. Immutable. */
public final class ReplicationSettings {
  /** What to do with a master that is not in WAL mode. */
  public enum WalMode {
    /** It is switched to WAL. */
    AUTO,
    /** It is left as it is, and not replicated. */
    OFF
  }

  private final WalMode walMode;
  private final Duration drainPatience;
  private final long queueBytes;
  private final long logBytes;
  private final Duration laggardTime;
  private final WriterGate gate;

  private ReplicationSettings(
      WalMode walMode,
      Duration drainPatience,
      long queueBytes,
      long logBytes,
      Duration laggardTime,
      WriterGate gate) {
    this.walMode = Objects.requireNonNull(walMode);
    this.drainPatience = Objects.requireNonNull(drainPatience);
    this.queueBytes = queueBytes;
    this.logBytes = logBytes;
    this.laggardTime = Objects.requireNonNull(laggardTime);
    this.gate = Objects.requireNonNull(gate);
  }

  /**
   * AUTO; 2 s for pools to drain; 8 MiB of queue in memory; 256 MiB of log, and 10 s, for a
   * laggard.
   */
  public static ReplicationSettings defaults() {
    return new ReplicationSettings(
        WalMode.AUTO,
        Duration.ofSeconds(2),
        8L << 20,
        256L << 20,
        Duration.ofSeconds(10),
        WriterGate.NONE);
  }

  /** The same with another WAL mode. */
  public ReplicationSettings withWalMode(WalMode mode) {
    return new ReplicationSettings(mode, drainPatience, queueBytes, logBytes, laggardTime, gate);
  }

  /** The same with another time for pools to drain before a replica's file is replaced. */
  public ReplicationSettings withDrainPatience(Duration patience) {
    return new ReplicationSettings(walMode, patience, queueBytes, logBytes, laggardTime, gate);
  }

  /**
   * The same with other bounds.
   *
   * @param queue bytes of frames waiting in memory per replica; what exceeds it waits in the log
   * @param log bytes of the master's log kept for a replica that does not get on with reading them,
   *     nor with its copy, for {@code laggard}; beyond it the replica is dropped to a resync
   */
  public ReplicationSettings withBounds(long queue, long log, Duration laggard) {
    return new ReplicationSettings(walMode, drainPatience, queue, log, laggard, gate);
  }

  /** The same with a gate before the writers of this JVM. */
  public ReplicationSettings withWriterGate(WriterGate newGate) {
    return new ReplicationSettings(
        walMode, drainPatience, queueBytes, logBytes, laggardTime, newGate);
  }

  WriterGate gate() {
    return gate;
  }

  WalMode walMode() {
    return walMode;
  }

  Duration drainPatience() {
    return drainPatience;
  }

  long queueBytes() {
    return queueBytes;
  }

  long laggardNanos() {
    return laggardTime.toNanos();
  }

  long logBytes() {
    return logBytes;
  }
}
