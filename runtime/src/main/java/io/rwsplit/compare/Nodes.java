package io.rwsplit.compare;

import java.sql.Connection;
import java.sql.SQLException;

/** Master and replicas of one group, as reads are compared on them. Called by one thread. */
public interface Nodes {
  /**
   * A connection of our own to the master that cannot write, as the application opens it.
   *
   * @return null while the application may want the master for itself
   */
  Connection openMaster(Way way) throws SQLException;

  /** The same to a replica. */
  Connection openReplica(int replica, Way way) throws SQLException;

  /** True for files: connections are not kept, since files are replaced. */
  boolean areFiles();

  /** A number that changes when another server has become the master. */
  long term();

  /** True while the replica may be asked. */
  boolean isAvailable(int replica);

  /**
   * Of files that the agent feeds: covers what a read on the master that has ended by now can have
   * seen. 0 where nothing tells that.
   */
  long ticket();

  /** True when the replica holds what the ticket covers. */
  boolean covers(int replica, long ticket);

  /** The replica's name. */
  String name(int replica);

  /** A fault of ours, which has cost one comparison. */
  void fault(Throwable fault);
}
