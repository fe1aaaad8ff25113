package io.rwsplit.topology;

/**
 * One configured replica and whether it is in service. Written by the monitor and by the feed, read
 * by every routed statement. Thread-safe: the hot question is one volatile read.
 */
public final class Replica {
  private final int index;
  private final String name;
  private final String url;

  private volatile boolean inService;
  private volatile String standing = "not probed yet";
  private volatile Lag lag = Lag.unknown();

  /**
   * @param index position in the configuration, from 0
   * @param url its JDBC URL without secrets
   */
  public Replica(int index, String name, String url) {
    this.index = index;
    this.name = name;
    this.url = url;
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

  /** Takes the replica into service. */
  public void takeIn(String why) {
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
  }

  @Override
  public String toString() {
    return name;
  }
}
