package io.rwsplit.core;

import io.rwsplit.replication.ReplicationOperations;

/** Where those find the running replication who come from outside: command line, HTTP, tests. */
public final class Operations {
  private static volatile ReplicationOperations running;

  private Operations() {}

  /** Set once, when the first connection of the application starts its cluster. */
  static void started(ReplicationOperations replication) {
    running = replication;
  }

  /** The replication of this JVM; null before the first connection, and where it feeds nothing. */
  public static ReplicationOperations replication() {
    return running;
  }
}
