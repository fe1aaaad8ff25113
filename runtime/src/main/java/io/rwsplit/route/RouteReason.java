package io.rwsplit.route;

/** Why a statement went where it went. One constant per rule of the policy. */
public enum RouteReason {
  /** Served by a replica: a proven read outside of transactions and pins. */
  READ("a proven read", true),

  /** May write. */
  WRITE("may write", false),
  /** BEGIN, COMMIT, SET, PRAGMA and their kin. */
  CONTROL("controls the transaction or the session", false),
  /** Takes locks. */
  LOCKING_READ("takes locks", false),
  /** A read only the master, or this very session, can answer: SELECT 1, last_insert_rowid(). */
  MASTER_READ("a read only the master can answer", false),
  /** Not understood by the classifier. */
  UNKNOWN("not proven to be a read", false),
  /** Still in the parser when it was executed. */
  CLASSIFYING("still being classified", false),
  /**
   * executeUpdate, batches, generated keys, callable statements, updatable results; in a
   * transaction that may write, a fetch size.
   */
  FORM("executed in a form that belongs to the master", false),
  /** A parameter that can be set only once: a stream or a LOB. */
  PARAMETER("has a parameter that can be set only once", false),
  /** The application asked for the master in a comment. */
  HINT("asked for the master in a comment", false),
  /** A rule of the configuration: {@code rwsplit.strong.*}. */
  STRONG("a rule of the configuration asks for the master", false),
  /** Autocommit is off, or a transaction is open. */
  IN_TRANSACTION("inside a transaction", false),
  /** Several statements in one text: nobody knows whether a transaction is open. */
  TRANSACTION_UNCERTAIN("possibly inside a transaction", false),
  /** Serializable isolation, which spans one node only. */
  SERIALIZABLE("serializable isolation", false),
  /** The state of the session could not be set on a replica connection. */
  SESSION_STATE("its session state could not be set on a replica", false),
  /** The session holds state that only its master connection has. */
  PINNED("the session is pinned to its master connection", false),
  /** What the session or thread has written or read has not reached any replica. */
  READ_YOUR_WRITES("an own write or read has not reached a replica yet", false),
  /** Consistency {@code jvm} or {@code jvms}: a write of another session is on no replica. */
  JVM_WRITES("a write of another session has not reached a replica yet", false),
  /** No replica is fed, healthy and within the lag limit. */
  NO_REPLICA("no replica is in service", false),
  /** The master runs its share of what replicas might serve. */
  MASTER_SHARE("the master's share of reads", false),
  /** Not among the part of the reads that may use replicas. */
  READ_PERCENT("beyond rwsplit.read.percent", false),
  /** Those in service serve only reads that ask for them. */
  RESERVED("the replicas in service are reserved", false),
  /** All connections to eligible replicas are in use. */
  NO_CONNECTION("no replica connection was free", false),
  /** A replica failed; the master ran the statement. */
  REPLICA_FAILED("a replica failed", false),
  /** A replica refused the statement as a write, whatever the classifier had said. */
  REFUSED("a replica refused it as a write", false),
  /** A result is open whose snapshot is too old for this read. */
  OLD_SNAPSHOT("an open result holds an older snapshot", false),
  /** The statement or its connection is closed: the driver says so. */
  CLOSED("already closed", false),
  /** The connection was opened by a second copy of the driver. */
  OTHER_DRIVER("opened by another copy of the driver", false),
  /** The connection is one of an XA data source, whether or not a branch is open. */
  DISTRIBUTED("a connection of an XA data source", false),
  /** The connection was open when the agent came into the JVM. */
  BEFORE_AGENT("opened before the agent was attached", false),
  /** A replica would have served it; {@code rwsplit.mode=observe} routes nothing. */
  OBSERVED("only observed: a replica would serve it", false),
  /** Switched to pass-through. */
  SWITCHED_OFF("routing is switched off", false),
  /** Faults of rwsplit itself have opened the circuit. */
  CIRCUIT_OPEN("routing pauses after faults of its own", false),
  /** Routing is about to go on, once it is known what was written meanwhile. */
  UNSETTLED("routing is about to go on", false),
  /** A fault of rwsplit itself. */
  FAULT("an internal fault", false);

  private final String text;
  private final boolean replica;

  RouteReason(String text, boolean replica) {
    this.text = text;
    this.replica = replica;
  }

  /** A short text that completes "because: …". */
  public String text() {
    return text;
  }

  /** True for the reason of a statement that a replica served. */
  public boolean isReplica() {
    return replica;
  }
}
