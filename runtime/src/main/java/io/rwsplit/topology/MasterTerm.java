package io.rwsplit.topology;

/**
 * From when on which node is the master. A new term begins whenever another node becomes it, when
 * nobody is it any more, and when somebody is again. Immutable.
 */
public final class MasterTerm {
  /** In place of a node: no node may be written to. */
  public static final int NOBODY = -1;

  private final int node;
  private final long number;
  private final long since;
  private final String why;
  private final String server;

  /**
   * A term.
   *
   * @param node index of the node, or {@link #NOBODY}
   * @param number grows from term to term; the first is 0
   * @param since its beginning, by {@link System#nanoTime()}
   * @param why for people
   * @param server what tells the server from others, where the node's address leads to changing
   *     ones; else null
   */
  public MasterTerm(int node, long number, long since, String why, String server) {
    this.node = node;
    this.number = number;
    this.since = since;
    this.why = why;
    this.server = server;
  }

  /** The first term, before anything was found out: the configured master. */
  public static MasterTerm first(int node) {
    return new MasterTerm(node, 0, System.nanoTime(), "configured", null);
  }

  /** Index of the node that is the master, or {@link #NOBODY}. */
  public int node() {
    return node;
  }

  /** True when some node may be written to. */
  public boolean hasMaster() {
    return node != NOBODY;
  }

  /** Its number; a later term has a greater one. */
  public long number() {
    return number;
  }

  /** When it began, by {@link System#nanoTime()}. */
  public long since() {
    return since;
  }

  /** Why it began, for people. */
  public String why() {
    return why;
  }

  /** Which server the master's address led to; null when that does not matter or is not known. */
  public String server() {
    return server;
  }

  @Override
  public String toString() {
    return "term " + number + ": " + (hasMaster() ? "node " + node : "nobody") + " (" + why + ")";
  }
}
