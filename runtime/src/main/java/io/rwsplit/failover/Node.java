package io.rwsplit.failover;

import io.rwsplit.engine.JdbcUrl;

/** One server of the configuration. Immutable. */
public final class Node {
  private final int index;
  private final String name;
  private final JdbcUrl url;

  /**
   * A server.
   *
   * @param index its place among the replicas; the configured master's is behind the last
   */
  public Node(int index, String name, JdbcUrl url) {
    this.index = index;
    this.name = name;
    this.url = url;
  }

  /** Its index, the same as of its replica slot. */
  public int index() {
    return index;
  }

  /** Its name in logs: {@code replica1}, …, {@code first-master}. */
  public String name() {
    return name;
  }

  /** Its URL as configured. */
  public JdbcUrl url() {
    return url;
  }

  @Override
  public String toString() {
    return name;
  }
}
