package io.rwsplit.replication;

/** What a replica's feed is doing. Only a {@link #STREAMING} replica may be routed to. */
public enum FeedState {
  /** The master does not exist yet, is empty, or is not in WAL mode. */
  WAITING_FOR_MASTER,
  /** Another JVM replicates this master; this one takes over when that one ends. */
  STANDBY,
  /** The replica gets its first copy, or an existing file is brought to equality. */
  INITIALISING,
  /** The replica is a whole commit of the master, and follows it. */
  STREAMING,
  /** Continuity was lost or damage was seen: the replica is compared, repaired or rebuilt. */
  RESYNCING,
  /** The replica cannot be fed; the reason names the file. Tried again with growing pauses. */
  FAILED,
  /** Replication stepped aside for the application, which wants the master for itself. */
  SUSPENDED,
  /** Replication has ended. */
  CLOSED
}
