package io.rwsplit.topology;

/**
 * One configured replica and whether it is in service. Written by the monitor and by the feed, read
 * by every routed statement. Thread-safe: the hot question is one volatile read.
 */
public final class Replica {
  private final int index;
  private final String name;
  private final String url;
  private volatile ReplicaTraits traits;
  private final Latency latency = new Latency();

  private volatile boolean inService;

  /** True once it was in service: from then on it can return. */
  private volatile boolean served;

  /** True from its return on, until somebody has seen that it is long ago. */
  private volatile boolean returned;

  private volatile long returnedAt;
  private volatile double freshness = 1;
  private volatile String standing = "not probed yet";
  private volatile Lag lag = Lag.unknown();
  private volatile ReplicationState replication = ReplicationState.unknown();
  private volatile String poolProblem;
  private volatile long failedOpenings;

  /**
   * @param index position in the configuration, from 0
   * @param url its JDBC URL without secrets
   */
  public Replica(int index, String name, String url, ReplicaTraits traits) {
    this.index = index;
    this.name = name;
    this.url = url;
    this.traits = traits;
  }

  /** Position in the configuration, from 0. */
  public int index() {
    return index;
  }

  /** Name in logs, hints and metrics. */
  public String name() {
    return name;
  }

  /** JDBC URL without secrets. */
  public String url() {
    return url;
  }

  /** What the configuration says of it. */
  public ReplicaTraits traits() {
    return traits;
  }

  /** The configuration says something else of it from now on. */
  public void traits(ReplicaTraits changed) {
    traits = changed;
  }

  /** How long its reads take to the first row; measured only where a strategy asks. */
  public Latency latency() {
    return latency;
  }

  /** True while statements may be sent to it. */
  public boolean inService() {
    return inService;
  }

  /** Why it is in service or not, for people. */
  public String standing() {
    return standing;
  }

  /** How far it is behind, as of the newest sample. */
  public Lag lag() {
    return lag;
  }

  /** What its server says of its replication, as of the newest answer. */
  public ReplicationState replication() {
    return replication;
  }

  /** Records what its server says of its replication. */
  public void replication(ReplicationState state) {
    replication = state;
  }

  /**
   * Why no connections for the application's reads can be opened while its checks pass, without
   * secrets; null when they can, or that was not tried.
   */
  public String poolProblem() {
    return poolProblem;
  }

  /** How often such a connection could not be opened. */
  public long failedOpenings() {
    return failedOpenings;
  }

  /** Records how opening connections for reads goes. */
  public void openings(String problem, long failed) {
    poolProblem = problem;
    failedOpenings = failed;
  }

  /** What is left of its weight at its present lag, between a small part and 1. */
  public double freshness() {
    return freshness;
  }

  /** True when it has returned into service and {@link #settled} was not called since. */
  public boolean hasReturned() {
    return returned;
  }

  /** When it returned, by {@link System#nanoTime()}; only while {@link #hasReturned}. */
  public long returnedAt() {
    return returnedAt;
  }

  /** Its return was so long ago that it does not matter any more. */
  public void settled() {
    returned = false;
  }

  /** Takes the replica into service. */
  public void takeIn(String why) {
    if (served && !inService) {
      returnedAt = System.nanoTime();
      returned = true;
    }
    served = true;
    standing = why;
    inService = true;
  }

  /** Takes the replica out of service at once. */
  public void takeOut(String why) {
    inService = false;
    standing = why;
  }

  /** Records a sample of its lag. */
  public void lag(Lag sampled) {
    lag = sampled;
    freshness = traits.freshness(sampled);
  }

  @Override
  public String toString() {
    return name;
  }
}
