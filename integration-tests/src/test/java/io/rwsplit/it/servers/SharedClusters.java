package io.rwsplit.it.servers;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One cluster of each engine, a master and two replicas, for all tests that leave its servers as
 * they were: they run, the roles are the same, and what was set on them for longer than a session
 * is no other test's concern. Whoever takes one finds the application's database empty, and must
 * not close it. It ends with this JVM.
 *
 * <p>Tests that promote, or break servers for good, start a cluster of their own.
 */
public final class SharedClusters {
  private static final int REPLICAS = 2;

  private static final Map<Class<?>, SteeredCluster> RUNNING = new LinkedHashMap<>();

  /** Starts a cluster. */
  private interface Start<C> {
    C start(int replicas) throws IOException, SQLException;
  }

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SharedClusters::end, "shared-clusters-end"));
  }

  private SharedClusters() {}

  public static PostgresCluster postgres() throws IOException, SQLException {
    return take(PostgresCluster.class, PostgresCluster::start);
  }

  public static MariadbCluster mariadb() throws IOException, SQLException {
    return take(MariadbCluster.class, MariadbCluster::start);
  }

  public static MysqlCluster mysql() throws IOException, SQLException {
    return take(MysqlCluster.class, MysqlCluster::start);
  }

  private static synchronized <C extends SteeredCluster> C take(Class<C> kind, Start<C> how)
      throws IOException, SQLException {
    C running = kind.cast(RUNNING.get(kind));
    if (running != null) {
      try {
        running.renew();
        return running;
      } catch (IOException | SQLException e) {
        // Whoever had it before has failed, perhaps, and left it broken.
        System.out.println("servers are started anew: " + e);
        RUNNING.remove(kind);
        running.close();
      }
    }
    C started = how.start(REPLICAS);
    RUNNING.put(kind, started);
    return started;
  }

  private static synchronized void end() {
    for (SteeredCluster cluster : RUNNING.values()) {
      try {
        cluster.close();
      } catch (IOException e) {
        System.err.println("servers' files are left behind: " + e);
      }
    }
  }
}
