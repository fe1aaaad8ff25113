package io.rwsplit.topology;

/** What is known of one replica at one moment, for those who ask from outside. Immutable. */
public final class ReplicaStatus {
  private final String name;
  private final String url;
  private final boolean inService;
  private final String standing;
  private final Lag lag;
  private final ReplicationState replication;

  private ReplicaStatus(Replica replica) {
    this.name = replica.name();
    this.url = replica.url();
    this.inService = replica.inService();
    this.standing = replica.standing();
    this.lag = replica.lag();
    this.replication = replica.replication();
  }

  /** As of now. */
  public static ReplicaStatus of(Replica replica) {
    return new ReplicaStatus(replica);
  }

  /** Name in logs, hints and metrics. */
  public String name() {
    return name;
  }

  /** JDBC URL without secrets. */
  public String url() {
    return url;
  }

  /** True while statements may be sent to it. */
  public boolean inService() {
    return inService;
  }

  /** Why it is in service or not, for people. */
  public String standing() {
    return standing;
  }

  /** How far it is behind. */
  public Lag lag() {
    return lag;
  }

  /** What its server says of its replication; unknown for files. */
  public ReplicationState replication() {
    return replication;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append(": ");
    text.append(inService ? "in service" : "out of service").append(", ").append(standing);
    return text.append("; lag: ").append(lag).append("; ").append(replication).toString();
  }
}
