package io.rwsplit.it.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * PostgreSQL nodes under Patroni in synchronous mode, an etcd of one, and HAProxy in front: the
 * programs of Debian's packages {@code patroni}, {@code etcd-server}, {@code postgresql-15} and
 * {@code haproxy}. Tests that use it carry the tag {@code patroni}, which the Maven profile of that
 * name switches on; without the programs they fail.
 *
 * <p>Node 0 is the first leader. A node is a machine: {@link #kill} ends its PostgreSQL and its
 * Patroni, {@link #restart} starts its Patroni, which does the rest.
 */
public final class PatroniCluster extends ServerCluster {
  /**
   * Runs a program and collects processes that its children leave behind: Patroni lets go of the
   * PostgreSQL it starts, which would otherwise be nobody's descendant, and hard to find.
   */
  private static final String REAPER =
      """
      import ctypes, os, sys
      ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
      child = os.fork()
      if child == 0:
          os.execvp(sys.argv[1], sys.argv[1:])
      while True:
          ended, status = os.wait()
          if ended == child:
              sys.exit(status != 0)
      """;

  private final Path programs;
  private final List<String> launcher;
  private final String[] tags;
  private final int etcdPort;
  private final int etcdPeerPort;
  private final int proxyPort;
  private final int proxyReadPort;
  private final int[] restPorts;
  private final RestCalls rest = new RestCalls(PatroniFiles.REST, PatroniFiles.REST);
  private ServerProcess etcd;
  private ServerProcess proxy;

  private PatroniCluster(String... tags) throws IOException {
    super("patroni", tags.length - 1);
    this.tags = tags;
    programs = postgres();
    launcher = PostgresCluster.launcher();
    etcdPort = ServerProcess.freePort();
    etcdPeerPort = ServerProcess.freePort();
    proxyPort = ServerProcess.freePort();
    proxyReadPort = ServerProcess.freePort();
    restPorts = new int[tags.length];
    for (int i = 0; i < restPorts.length; i++) {
      restPorts[i] = ServerProcess.freePort();
    }
  }

  /**
   * Starts three nodes; returns once node 0 leads, one of the others is its synchronous standby,
   * and both stream.
   */
  public static PatroniCluster start() throws IOException, SQLException {
    return start("", "", "");
  }

  /**
   * The same with tags of Patroni.
   *
   * @param tags by node, such as {@code noloadbalance: true}; empty for none
   */
  public static PatroniCluster start(String... tags) throws IOException, SQLException {
    PatroniCluster cluster = new PatroniCluster(tags);
    try {
      cluster.startParts();
      return cluster;
    } catch (IOException | SQLException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void startParts() throws IOException, SQLException {
    etcd =
        ServerProcess.start(
            List.of(
                program("etcd"),
                "--name=one",
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=http://127.0.0.1:" + etcdPort,
                "--advertise-client-urls=http://127.0.0.1:" + etcdPort,
                "--listen-peer-urls=http://127.0.0.1:" + etcdPeerPort,
                "--initial-advertise-peer-urls=http://127.0.0.1:" + etcdPeerPort,
                "--initial-cluster=one=http://127.0.0.1:" + etcdPeerPort,
                "--unsafe-no-fsync"),
            directory.resolve("etcd.log"));
    await("etcd answers", this::etcdAnswers);
    for (int i = 0; i < ports.length; i++) {
      configure(i);
    }
    launch(MASTER);
    await("node 0 leads", () -> leader() == MASTER);
    for (int i = 1; i < ports.length; i++) {
      launch(i);
    }
    await("a database", () -> isWritable(MASTER));
    try (Connection connection = bootConnection(MASTER);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE app LOGIN PASSWORD 'app'");
      statement.execute("CREATE DATABASE app OWNER app");
    }
    await("all nodes stream", () -> isComplete(ports.length - 1));
    startProxy();
    awaitReplicas();
  }

  private boolean etcdAnswers() throws IOException {
    if (!etcd.isAlive()) {
      throw new IOException("etcd ended:\n" + etcd.logTail());
    }
    try {
      return rest.get("http://127.0.0.1:" + etcdPort + "/health").contains("true");
    } catch (IOException e) {
      return false;
    }
  }

  private static String program(String name) throws IOException {
    for (String folder : new String[] {"/usr/bin", "/usr/sbin", "/usr/local/bin"}) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program)) {
        return program.toString();
      }
    }
    throw new IOException(
        name
            + " is not installed: the profile patroni needs Debian's packages patroni, etcd-server,"
            + " postgresql-15 and haproxy");
  }

  /** Where the newest PostgreSQL of the system has its programs. */
  private static Path postgres() throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(versions)) {
      try (Stream<Path> each = Files.list(versions)) {
        List<Path> found =
            each.map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("pg_rewind")))
                .sorted()
                .collect(Collectors.toList());
        if (!found.isEmpty()) {
          return found.get(found.size() - 1);
        }
      }
    }
    return Path.of(program("postgres")).getParent();
  }

  private void configure(int node) throws IOException {
    Files.writeString(
        directory.resolve("node" + node + ".yml"),
        PatroniFiles.node(
            node, restPorts[node], etcdPort, port(node), home(node), programs, tags[node]));
    // Where it runs as another user, the files below must be that user's.
    PostgresCluster.own(launcher, Files.createDirectory(home(node)), chores());
    PostgresCluster.own(launcher, Files.createFile(Path.of(home(node) + ".pgpass")), chores());
    Files.setPosixFilePermissions(home(node), PosixFilePermissions.fromString("rwx------"));
  }

  private Path chores() {
    return directory.resolve("chores.log");
  }

  private void startProxy() throws IOException, SQLException {
    String text = PatroniFiles.proxy(proxyPort, proxyReadPort, ports, restPorts);
    Path file = Files.writeString(directory.resolve("haproxy.cfg"), text);
    proxy =
        ServerProcess.start(
            List.of(program("haproxy"), "-db", "-f", file.toString()),
            directory.resolve("haproxy.log"));
    await("the proxy leads to the leader", this::proxyLeadsToLeader);
  }

  private boolean proxyLeadsToLeader() throws IOException {
    if (!proxy.isAlive()) {
      throw new IOException("haproxy ended:\n" + proxy.logTail());
    }
    try (Connection connection =
            DriverManager.getConnection(proxyUrl() + adminParameters(), adminUser(), adminUser());
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
      return row.next() && !row.getBoolean(1);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  void launch(int node) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of(program("python3"), "-c", REAPER, program("patroni")));
    command.add(directory.resolve("node" + node + ".yml").toString());
    processes[node] = ServerProcess.start(command, log(node));
  }

  @Override
  boolean isUp(int node) {
    // Its Patroni may have to rebuild it first.
    return isRunning(node);
  }

  /** The proxy's JDBC URL, behind which is the leader. */
  public String proxyUrl() {
    return "jdbc:postgresql://127.0.0.1:" + proxyPort + "/" + APP;
  }

  /** The proxy's JDBC URL, behind which are the replicas. */
  public String proxyReadUrl() {
    return "jdbc:postgresql://127.0.0.1:" + proxyReadPort + "/" + APP;
  }

  /** The nodes' REST URLs, separated by commas. */
  public String restUrls() {
    StringBuilder urls = new StringBuilder();
    for (int i = 0; i < ports.length; i++) {
      urls.append(i == 0 ? "" : ",").append(restUrl(i));
    }
    return urls.toString();
  }

  private String restUrl(int node) {
    return "http://127.0.0.1:" + restPorts[node];
  }

  /** The node that holds the leader's lock, by the word of any Patroni; -1 when nobody says. */
  public int leader() {
    Matcher leader =
        Pattern.compile("\"name\": \"node(\\d+)\", \"role\": \"leader\"").matcher(members());
    return leader.find() ? Integer.parseInt(leader.group(1)) : -1;
  }

  /** True when there is a leader, and so many replicas that stream, one of them synchronous. */
  public boolean isComplete(int replicas) {
    String members = members();
    // Until version 3.0.3 a standby that streams is "running" like any other.
    Matcher running =
        Pattern.compile(
                "\"role\": \"(?:sync_standby|replica)\", \"state\": \"(?:running|streaming)\"")
            .matcher(members);
    return running.results().count() == replicas
        && members.contains("\"role\": \"sync_standby\"")
        && leader() >= 0;
  }

  /** The node that has every commit of the leader, by Patroni's word; -1 when there is none. */
  public int synchronous() {
    Matcher standby =
        Pattern.compile("\"name\": \"node(\\d+)\", \"role\": \"sync_standby\"").matcher(members());
    return standby.find() ? Integer.parseInt(standby.group(1)) : -1;
  }

  /** What {@code GET /cluster} answers; empty when nobody answers. */
  public String members() {
    for (int i = 0; i < ports.length; i++) {
      String answer = isRunning(i) ? membersBy(i) : "";
      if (!answer.isEmpty()) {
        return answer;
      }
    }
    return "";
  }

  private String membersBy(int node) {
    try {
      return rest.get(restUrl(node) + "/cluster");
    } catch (IOException e) {
      return "";
    }
  }

  /** True when a node takes a write now. */
  public boolean isWritable(int node) {
    try (Connection connection = bootConnection(node);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
      return row.next() && !row.getBoolean(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Asks Patroni to move the leadership; returns when it has begun or is done.
   *
   * @param to the next leader; negative for whichever Patroni chooses
   */
  public void switchover(int from, int to) throws IOException {
    String next = to < 0 ? "" : ", \"candidate\": \"node" + to + "\"";
    rest.send(
        restUrl(from) + "/switchover", "POST", "{\"leader\": \"node" + from + "\"" + next + "}");
  }

  /** Keeps Patroni from acting by itself, or ends that. */
  public void pause(boolean paused) throws IOException {
    rest.send(restUrl(leader()) + "/config", "PATCH", "{\"pause\": " + paused + "}");
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

  /** Waits until every running node holds all that the leader has committed by now. */
  @Override
  public void awaitReplicas() throws SQLException, IOException {
    int leader = leader();
    String reached = ask(leader, "SELECT pg_current_wal_flush_lsn()");
    for (int i = 0; i < ports.length; i++) {
      int node = i;
      if (node != leader && isRunning(node)) {
        await(
            "node " + node + " has replayed " + reached,
            () -> "t".equals(ask(node, "SELECT pg_last_wal_replay_lsn() >= '" + reached + "'")));
      }
    }
  }

  @Override
  void closeOthers() throws IOException {
    for (ServerProcess each : new ServerProcess[] {proxy, etcd}) {
      if (each != null) {
        each.kill();
      }
    }
  }
}
