package io.rwsplit.it.servers;

import java.io.IOException;
import java.sql.SQLException;

/** A cluster whose replication and settings are the test's own affair, and no manager's. */
public abstract class SteeredCluster extends ServerCluster {
  SteeredCluster(String kind, int replicas) throws IOException {
    super(kind, replicas);
  }

  /** Stops the replica's replay, which goes on receiving; returns once nothing is replayed. */
  public abstract void pauseReplay(int replica) throws SQLException, IOException;

  /** Ends {@link #pauseReplay}. */
  public abstract void resumeReplay(int replica) throws SQLException, IOException;

  /** From now on a node writes down every statement it is asked to run. */
  public abstract void logStatements(int node) throws SQLException, IOException;

  /** What a node has written down since {@link #logStatements}, perhaps among other things. */
  public abstract String statements(int node) throws IOException;
}
