package io.rwsplit.it.servers;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A cluster whose replication and settings are the test's own affair, and no manager's. */
public abstract class SteeredCluster extends ServerCluster {
  SteeredCluster(String kind, int replicas) throws IOException {
    super(kind, replicas);
  }

  /**
   * Makes the application's database anew, on every node; ends pauses, and the writing down of
   * statements.
   *
   * @throws IOException also when a node does not run
   */
  final void renew() throws SQLException, IOException {
    for (int node = 0; node <= replicas(); node++) {
      if (!isRunning(node)) {
        throw new IOException("node " + node + " does not run");
      }
    }
    for (int i = 1; i <= replicas(); i++) {
      resumeReplay(i);
    }
    makeAppAnew();
    execute(MASTER, "CREATE TABLE renewed(a INT)");
    for (int i = 1; i <= replicas(); i++) {
      int node = i;
      await("node " + node + " has the new database", () -> isRenewed(node));
    }
    execute(MASTER, "DROP TABLE renewed");
    awaitReplicas();
  }

  private boolean isRenewed(int node) {
    try (Connection connection = admin(node);
        Statement statement = connection.createStatement()) {
      return statement.execute("SELECT a FROM renewed");
    } catch (SQLException e) {
      return false;
    }
  }

  /** Drops what tests may have made on the master, and makes an empty database. */
  abstract void makeAppAnew() throws SQLException, IOException;

  /** The first columns of all rows. */
  static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        values.add(result.getString(1));
      }
    }
    return values;
  }

  /** Lets the application's user make functions and triggers. */
  public abstract void allowRoutines() throws SQLException;

  /** Stops the replica's replay, which goes on receiving; returns once nothing is replayed. */
  public abstract void pauseReplay(int replica) throws SQLException, IOException;

  /** Ends {@link #pauseReplay}. */
  public abstract void resumeReplay(int replica) throws SQLException, IOException;

  /** From now on a node writes down every statement it is asked to run. */
  public abstract void logStatements(int node) throws SQLException, IOException;

  /** What a node has written down since {@link #logStatements}, perhaps among other things. */
  public abstract String statements(int node) throws IOException;
}
