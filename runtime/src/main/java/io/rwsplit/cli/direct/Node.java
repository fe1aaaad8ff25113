package io.rwsplit.cli.direct;

import io.rwsplit.engine.JdbcUrl;

/** One database of a group. Immutable. */
public final class Node {
  private final String name;
  private final JdbcUrl url;
  private final boolean master;

  Node(String name, JdbcUrl url, boolean master) {
    this.name = name;
    this.url = url;
    this.master = master;
  }

  /** As the agent names it: {@code master}, {@code replica1}. */
  public String name() {
    return name;
  }

  /** Where it is. */
  public JdbcUrl url() {
    return url;
  }

  /** True for the one that {@code rwsplit.master} names. */
  public boolean isMaster() {
    return master;
  }

  @Override
  public String toString() {
    return name;
  }
}
