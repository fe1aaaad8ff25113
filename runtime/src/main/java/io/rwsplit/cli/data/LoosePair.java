package io.rwsplit.cli.data;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Node;
import java.sql.SQLException;

/** Sides that each show what they have when they are asked. */
final class LoosePair extends Pair {
  private final Side master;
  private final Side replica;

  private LoosePair(Side master, Side replica) {
    this.master = master;
    this.replica = replica;
  }

  /**
   * Opens both.
   *
   * @throws SQLException with the name of the node that could not be opened
   */
  static LoosePair open(Databases databases, Dialect dialect, Node replica, int seconds)
      throws SQLException {
    Side ours = Side.open(databases, dialect, databases.nodes().get(0), seconds);
    try {
      return new LoosePair(ours, Side.open(databases, dialect, replica, seconds));
    } catch (SQLException | RuntimeException e) {
      ours.close();
      throw e;
    }
  }

  @Override
  Side master() {
    return master;
  }

  @Override
  Side replica() {
    return replica;
  }

  @Override
  boolean isExact() {
    return false;
  }

  @Override
  void begin() {}

  @Override
  void end() {}

  @Override
  public void close() {
    master.close();
    replica.close();
  }
}
