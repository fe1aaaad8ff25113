package io.rwsplit.it.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What MariaDB and MySQL have in common: replicas follow the master's binary log. */
abstract class BinlogCluster extends SteeredCluster {
  private final String kind;

  /** {@code kind}: as JDBC URLs name it. */
  BinlogCluster(String kind, int replicas) throws IOException {
    super(kind, replicas);
    this.kind = kind;
  }

  /** Once all are launched: waits for their answers, and for replicas that follow. */
  final void join() throws IOException, SQLException {
    for (int i = 0; i <= replicas(); i++) {
      awaitAnswer(i);
    }
    for (int i = 1; i <= replicas(); i++) {
      follow(i);
    }
    execute(MASTER, "CREATE TABLE app.made(a INT)", "DROP TABLE app.made");
    awaitReplicas();
  }

  /** Tells the replica whom to follow. */
  abstract void follow(int replica) throws SQLException;

  /** The program on a data directory, for chores as for a server. */
  final List<String> program(Path home, String program, Path data) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve(program).toString());
    command.add("--no-defaults");
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    command.add("--basedir=" + home);
    command.add("--lc-messages-dir=" + home.resolve("share"));
    command.add("--datadir=" + data);
    // Of its own: a server that starts deletes the temporary tables of all others in there.
    command.add(
        "--tmpdir=" + Files.createDirectories(directory.resolve("tmp-" + data.getFileName())));
    command.add("--innodb-buffer-pool-size=32M");
    command.add("--innodb-flush-log-at-trx-commit=2");
    return command;
  }

  /** Options of a node that listens and writes its logs. */
  final void listen(List<String> command, int node) {
    command.add("--bind-address=127.0.0.1");
    command.add("--port=" + port(node));
    command.add("--socket=" + directory.resolve("s" + node));
    command.add("--pid-file=" + home(node).resolve("node.pid"));
    command.add("--server-id=" + (node + 1));
    command.add("--character-set-server=utf8mb4");
    command.add("--skip-name-resolve");
    // Seconds that a busy machine may take to greet.
    command.add("--connect-timeout=120");
    command.add("--log-bin=binlog");
    command.add("--relay-log=relay");
  }

  private String server(int node) {
    return "jdbc:" + kind + "://127.0.0.1:" + port(node) + "/";
  }

  @Override
  public final String url(int node) {
    return server(node) + APP;
  }

  @Override
  String adminUser() {
    return "admin";
  }

  @Override
  Connection bootConnection(int node) throws SQLException {
    return DriverManager.getConnection(
        server(node) + "mysql" + adminParameters(), adminUser(), adminUser());
  }

  @Override
  public void logStatements(int node) throws SQLException {
    execute(
        node,
        "SET GLOBAL general_log_file = '" + statementLog(node) + "'",
        "SET GLOBAL general_log = ON");
  }

  @Override
  public String statements(int node) throws IOException {
    return Files.readString(statementLog(node));
  }

  @Override
  void makeAppAnew() throws SQLException {
    try (Connection connection = bootConnection(MASTER);
        Statement statement = connection.createStatement()) {
      String made =
          "SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN"
              + " ('mysql', 'information_schema', 'performance_schema', 'sys')";
      for (String database : column(statement, made)) {
        statement.execute("DROP DATABASE " + database);
      }
      statement.execute("CREATE DATABASE app CHARACTER SET utf8mb4");
    }
    for (int node = 0; node <= replicas(); node++) {
      try (Connection connection = bootConnection(node);
          Statement statement = connection.createStatement()) {
        statement.execute("SET GLOBAL general_log = OFF");
        statement.execute("SET GLOBAL log_bin_trust_function_creators = OFF");
      }
    }
  }

  @Override
  public final void allowRoutines() throws SQLException {
    for (int node = 0; node <= replicas(); node++) {
      execute(node, "SET GLOBAL log_bin_trust_function_creators = ON");
    }
  }

  private Path statementLog(int node) {
    return directory.resolve("statements" + node);
  }
}
