package io.rwsplit.topology;

import java.util.List;

/** One database of the configuration as it is seen at a moment, for people and tools. Immutable. */
public final class ServerView {
  private final String name;
  private final String url;
  private final Role role;
  private final String position;
  private final Lag lag;
  private final boolean inService;
  private final String standing;
  private final ReplicaTraits traits;
  private final ReplicationState replication;
  private final String manager;

  /**
   * A view.
   *
   * @param url without secrets
   * @param position in the server's own words; null when it is not known
   * @param lag unknown for a master
   * @param inService true when reads may be sent to it as to a replica
   * @param standing why, or why not, for people
   * @param replication what it says of its own replication
   * @param traits null of a master that cannot become a replica
   * @param manager what says of it who manages the servers; null when nobody is asked, or says
   */
  public ServerView(
      String name,
      String url,
      Role role,
      String position,
      Lag lag,
      boolean inService,
      String standing,
      ReplicationState replication,
      ReplicaTraits traits,
      String manager) {
    this.name = name;
    this.url = url;
    this.role = role;
    this.position = position;
    this.lag = lag;
    this.inService = inService;
    this.standing = standing;
    this.replication = replication;
    this.traits = traits;
    this.manager = manager;
  }

  /** {@code replica1}, …, {@code first-master}; {@code master} where it never changes. */
  public String name() {
    return name;
  }

  /** JDBC URL without secrets. */
  public String url() {
    return url;
  }

  /** Master for the one that is written to, whoever else calls itself so. */
  public Role role() {
    return role;
  }

  /** How far it is, in its own words; null when that is not known. */
  public String position() {
    return position;
  }

  /** How far it is behind the master. */
  public Lag lag() {
    return lag;
  }

  /** True while reads may be sent to it as to a replica. */
  public boolean isInService() {
    return inService;
  }

  /** Why it is in service or not, for people. */
  public String standing() {
    return standing;
  }

  /** What it says of its own replication; unknown for files, and for a master. */
  public ReplicationState replication() {
    return replication;
  }

  /** Weight for {@code rwsplit.replicas.weight}; 0 of a master that cannot become a replica. */
  public int weight() {
    return traits == null ? 0 : traits.weight();
  }

  /** Rank by {@code rwsplit.replicas.priority}. */
  public int priority() {
    return traits == null ? 0 : traits.priority();
  }

  /** Its zone; empty when it has none. */
  public String zone() {
    return traits == null ? "" : traits.zone();
  }

  /** Its tags, unmodifiable. */
  public List<String> tags() {
    return traits == null
        ? java.util.Collections.<String>emptyList()
        : java.util.Collections.unmodifiableList(traits.tags());
  }

  /**
   * What Patroni told last of it: role, state, timeline, lag and tags in its own words; null when
   * it is not asked, or never told.
   */
  public String manager() {
    return manager;
  }

  @Override
  public String toString() {
    String view = name + ": " + role + ", " + lag + ", " + standing + "; " + replication;
    return manager == null ? view : view + "; Patroni: " + manager;
  }
}
