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

  /**
   * A view.
   *
   * @param url without secrets
   * @param position in the server's own words; null when it is not known
   * @param lag unknown for a master
   * @param inService true when reads may be sent to it as to a replica
   * @param standing why, or why not, for people
   * @param traits null of a master that cannot become a replica
   */
  public ServerView(
      String name,
      String url,
      Role role,
      String position,
      Lag lag,
      boolean inService,
      String standing,
      ReplicaTraits traits) {
    this.name = name;
    this.url = url;
    this.role = role;
    this.position = position;
    this.lag = lag;
    this.inService = inService;
    this.standing = standing;
    this.traits = traits;
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

  @Override
  public String toString() {
    return name + ": " + role + ", " + lag + ", " + standing;
  }
}
