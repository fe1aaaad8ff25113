package io.rwsplit.it.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * MySQL 8.0.33 as a group of three with one primary (Group Replication); node 0 is the first. The
 * group replaces a dead primary by itself. A node that starts again is writable and in no group
 * until it is told to {@link #join}: the worst that a site can set up.
 *
 * <p>Tagged {@code mysql} like all tests on MySQL. The program's archive is named by the system
 * property {@code rwsplit.it.mysql.dist}.
 */
public final class GroupReplicationCluster extends ServerCluster {
  private static final String NAME = "6b4ba7b4-7f0e-4c3e-9f35-3a7b3a1f6c01";

  private final Path program;
  private final int[] groupPorts;

  private GroupReplicationCluster(int nodes) throws IOException {
    super("group", nodes - 1);
    Path archive = Path.of(System.getProperty("rwsplit.it.mysql.dist", ""));
    if (!Files.isRegularFile(archive)) {
      throw new IOException("no archive of MySQL; the profile mysql gives one: " + archive);
    }
    program = ServerFiles.unpacked(archive, GroupReplicationCluster::isWanted);
    groupPorts = new int[nodes];
    for (int i = 0; i < nodes; i++) {
      groupPorts[i] = ServerProcess.freePort();
    }
  }

  private static boolean isWanted(String entry) {
    return entry.equals("bin/mysqld")
        || entry.equals("lib/plugin/group_replication.so")
        || entry.startsWith("lib/private/lib")
        || entry.startsWith("share/english/")
        || entry.startsWith("share/charsets/")
        || (entry.startsWith("share/") && entry.endsWith(".txt"));
  }

  /** Starts three nodes; returns once all are in the group, node 0 as its primary. */
  public static GroupReplicationCluster start() throws IOException, SQLException {
    GroupReplicationCluster cluster = new GroupReplicationCluster(3);
    try {
      Path template = ServerFiles.madeOnce(cluster.program.resolve("data"), cluster::initialise);
      for (int i = 0; i < cluster.ports.length; i++) {
        // A server makes its own UUID when it finds none.
        ServerFiles.copy(
            template,
            cluster.home(i),
            path -> !path.endsWith("auto.cnf") && !path.endsWith(ServerFiles.DONE));
        cluster.launch(i);
      }
      for (int i = 0; i < cluster.ports.length; i++) {
        cluster.awaitAnswer(i);
      }
      cluster.execute(
          MASTER,
          "SET GLOBAL group_replication_bootstrap_group = ON",
          "START GROUP_REPLICATION USER='admin', PASSWORD='admin'",
          "SET GLOBAL group_replication_bootstrap_group = OFF");
      cluster.await("node 0 is online", () -> cluster.state(MASTER).equals("ONLINE PRIMARY"));
      for (int i = 1; i < cluster.ports.length; i++) {
        cluster.join(i);
      }
      cluster.awaitReplicas();
      return cluster;
    } catch (IOException | SQLException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** Makes the files that every node begins with. */
  private void initialise(Path data) throws IOException {
    String sql =
        """
        CREATE DATABASE app CHARACTER SET utf8mb4;
        CREATE USER admin@'%' IDENTIFIED WITH mysql_native_password BY 'admin';
        GRANT ALL PRIVILEGES ON *.* TO admin@'%' WITH GRANT OPTION;
        CREATE USER app@'%' IDENTIFIED BY 'app';
        GRANT ALL PRIVILEGES ON app.* TO app@'%';
        GRANT SELECT ON performance_schema.replication_group_members TO app@'%';
        """;
    List<String> command = base(data);
    command.add("--initialize-insecure");
    command.add("--skip-log-bin");
    Path input = directory.resolve("users.sql");
    command.add("--init-file=" + Files.writeString(input, sql, StandardCharsets.UTF_8));
    ServerProcess.run(command, null, directory.resolve("chores.log"));
  }

  private List<String> base(Path data) {
    List<String> command = new ArrayList<>();
    command.add(program.resolve("bin/mysqld").toString());
    command.add("--no-defaults");
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    command.add("--basedir=" + program);
    command.add("--lc-messages-dir=" + program.resolve("share"));
    command.add("--plugin-dir=" + program.resolve("lib/plugin"));
    command.add("--datadir=" + data);
    command.add("--auto-generate-certs=OFF");
    command.add("--tls-version=");
    command.add("--innodb-buffer-pool-size=32M");
    command.add("--innodb-redo-log-capacity=8M");
    command.add("--innodb-flush-log-at-trx-commit=2");
    command.add("--innodb-flush-method=nosync");
    return command;
  }

  @Override
  void launch(int node) throws IOException {
    List<String> command = base(home(node));
    command.add("--bind-address=127.0.0.1");
    command.add("--port=" + port(node));
    command.add("--report-host=127.0.0.1");
    command.add("--report-port=" + port(node));
    command.add("--mysqlx=OFF");
    command.add("--socket=" + directory.resolve("s" + node));
    command.add("--pid-file=" + home(node).resolve("node.pid"));
    command.add("--server-id=" + (node + 1));
    command.add("--character-set-server=utf8mb4");
    command.add("--skip-name-resolve");
    command.add("--log-bin=binlog");
    command.add("--sync-binlog=0");
    command.add("--gtid-mode=ON");
    command.add("--enforce-gtid-consistency=ON");
    command.add("--relay-log=relay");
    command.add("--max-connections=200");
    command.add("--plugin-load-add=group_replication.so");
    command.add("--group-replication-group-name=" + NAME);
    command.add("--group-replication-start-on-boot=OFF");
    command.add("--group-replication-local-address=127.0.0.1:" + groupPorts[node]);
    StringBuilder seeds = new StringBuilder();
    for (int port : groupPorts) {
      seeds.append(seeds.length() == 0 ? "" : ",").append("127.0.0.1:").append(port);
    }
    command.add("--group-replication-group-seeds=" + seeds);
    command.add("--group-replication-member-expel-timeout=0");
    command.add("--group-replication-recovery-reconnect-interval=1");
    processes[node] = ServerProcess.start(command, log(node));
  }

  /** Makes a running node a member of the group; returns once it is a secondary. */
  public void join(int node) throws SQLException, IOException {
    execute(node, "START GROUP_REPLICATION USER='admin', PASSWORD='admin'");
    await("node " + node + " has joined", () -> state(node).equals("ONLINE SECONDARY"));
  }

  /** State and role of a node by its own word, such as {@code ONLINE PRIMARY}. */
  public String state(int node) throws SQLException {
    String state =
        ask(
            node,
            "SELECT CONCAT(MEMBER_STATE, ' ', MEMBER_ROLE)"
                + " FROM performance_schema.replication_group_members"
                + " WHERE MEMBER_ID = @@server_uuid");
    return state == null ? "OFFLINE" : state;
  }

  /** The node that takes writes as the group's primary; -1 when there is none now. */
  public int primary() {
    for (int i = 0; i < ports.length; i++) {
      if (isRunning(i) && isPrimary(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isPrimary(int node) {
    try {
      return state(node).equals("ONLINE PRIMARY")
          && "0".equals(ask(node, "SELECT @@GLOBAL.super_read_only"));
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public String url(int node) {
    return "jdbc:mysql://127.0.0.1:" + port(node) + "/" + APP;
  }

  @Override
  public String appUrl() {
    return url() + "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
  }

  @Override
  String adminUser() {
    return "admin";
  }

  @Override
  String adminParameters() {
    return "?sslMode=DISABLED&allowPublicKeyRetrieval=true"
        + "&connectTimeout=5000&socketTimeout=60000";
  }

  @Override
  Connection bootConnection(int node) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + port(node) + "/mysql" + adminParameters(),
        adminUser(),
        adminUser());
  }

  @Override
  public void awaitReplicas() throws SQLException, IOException {
    int primary = primary();
    String reached = ask(primary, "SELECT @@GLOBAL.gtid_executed");
    for (int i = 0; i < ports.length; i++) {
      int node = i;
      if (isRunning(node)) {
        await(
            "node " + node + " has applied " + reached,
            () ->
                "1"
                    .equals(
                        ask(
                            node,
                            "SELECT GTID_SUBSET('" + reached + "', @@GLOBAL.gtid_executed)")));
      }
    }
  }
}
