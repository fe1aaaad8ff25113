package io.rwsplit.it.servers;

import io.rwsplit.it.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A master and its replicas, streaming, on free ports of loopback. Node 0 is the master, node i the
 * i-th replica. Used by one thread at a time; close it.
 *
 * <p>Everything is for tests: nothing is synced to disk, so only kill -9 of processes is survived,
 * not a crash of the machine.
 */
public abstract class ServerCluster implements AutoCloseable {
  /** The master's number. */
  public static final int MASTER = 0;

  /** The application's user, its password, and the database it owns. */
  public static final String APP = "app";

  private static final long DEADLINE_SECONDS = 120;

  final Path directory;
  final int[] ports;
  final ServerProcess[] processes;

  /** Something that may hold. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws SQLException, IOException;
  }

  ServerCluster(String kind, int replicas) throws IOException {
    // Readable by all: a server may have to run as another user than root.
    directory =
        Files.createTempDirectory(
            "rwsplit-" + kind,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    ports = new int[replicas + 1];
    processes = new ServerProcess[replicas + 1];
    for (int i = 0; i < ports.length; i++) {
      ports[i] = ServerProcess.freePort();
    }
  }

  /** The master's JDBC URL, database {@link #APP}, without credentials. */
  public final String url() {
    return url(MASTER);
  }

  /** The JDBC URL of a node. */
  public abstract String url(int node);

  /** The master's JDBC URL as an application writes it, with what its driver needs. */
  public String appUrl() {
    return url();
  }

  /** User with all rights, on every node. */
  abstract String adminUser();

  /** The replicas' JDBC URLs. */
  public final List<String> replicaUrls() {
    List<String> urls = new ArrayList<>();
    for (int i = 1; i < ports.length; i++) {
      urls.add(url(i));
    }
    return urls;
  }

  /** Adds the agent, configured for this cluster. */
  public final ForkedJvm.Builder split(ForkedJvm.Builder app) {
    return app.agent()
        .property("rwsplit.master", url())
        .property("rwsplit.replicas", String.join(",", replicaUrls()));
  }

  /** How many replicas there are. */
  public final int replicas() {
    return ports.length - 1;
  }

  /** The port a node listens on. */
  public final int port(int node) {
    return ports[node];
  }

  /** The node whose port this is. */
  public final int nodeOfPort(int port) {
    for (int i = 0; i < ports.length; i++) {
      if (ports[i] == port) {
        return i;
      }
    }
    throw new IllegalArgumentException("no node has port " + port);
  }

  /** A connection with all rights. */
  public final Connection admin(int node) throws SQLException {
    return DriverManager.getConnection(url(node) + adminParameters(), adminUser(), adminUser());
  }

  /** Parameters for the tests' own connections, with the leading question mark. */
  abstract String adminParameters();

  /** A connection of the application's user. */
  public final Connection app(int node) throws SQLException {
    return DriverManager.getConnection(url(node) + adminParameters(), APP, APP);
  }

  /** Runs statements with all rights. */
  public final void execute(int node, String... statements) throws SQLException {
    try (Connection connection = admin(node);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Runs statements on the master as the application's user, and waits for the replicas. */
  public final void make(String... statements) throws SQLException, IOException {
    try (Connection connection = app(MASTER);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    awaitReplicas();
  }

  /** The first column of the first row, asked with all rights; null when there is no row. */
  public final String ask(int node, String sql) throws SQLException {
    try (Connection connection = admin(node);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : null;
    }
  }

  /** Waits until every running replica holds all that the master has committed by now. */
  public abstract void awaitReplicas() throws SQLException, IOException;

  /** kill -9 of a node and all its processes. */
  public final void kill(int node) throws IOException {
    processes[node].kill();
  }

  /** SIGSTOP: the node's connections stay open, and nothing answers. */
  public final void freeze(int node) throws IOException {
    processes[node].freeze();
  }

  /** SIGCONT. */
  public final void thaw(int node) throws IOException {
    processes[node].thaw();
  }

  /** Starts a killed node again, on its port and its files, and waits until it answers. */
  public final void restart(int node) throws IOException, SQLException {
    if (processes[node] != null && processes[node].isAlive()) {
      throw new IllegalStateException("node " + node + " is running");
    }
    launch(node);
    awaitAnswer(node);
  }

  /** Starts the program of a node. */
  abstract void launch(int node) throws IOException;

  final Path home(int node) {
    return directory.resolve("node" + node);
  }

  final Path log(int node) {
    return directory.resolve("node" + node + ".log");
  }

  final void awaitAnswer(int node) throws IOException, SQLException {
    await(
        "node " + node + " answers",
        () -> {
          if (!processes[node].isAlive()) {
            throw new IOException("node " + node + " ended:\n" + processes[node].logTail());
          }
          return isUp(node);
        });
  }

  /** True when a started node can be used. */
  boolean isUp(int node) {
    try (Connection connection = bootConnection(node)) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  /** A connection that works before the application's database exists. */
  abstract Connection bootConnection(int node) throws SQLException;

  /** Waits for a condition, at most a minute. */
  public final void await(String what, Condition condition) throws SQLException, IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        StringBuilder logs = new StringBuilder();
        for (int i = 0; i < processes.length; i++) {
          String tail = processes[i] == null ? "(not started)" : processes[i].logTail();
          logs.append("\n--- node ").append(i).append('\n').append(tail);
        }
        throw new IOException("not within " + DEADLINE_SECONDS + " s: " + what + logs);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** The process ids of a node's main process and of all others, as they are now. */
  public final List<Long> pids(int node) {
    return processes[node].pids();
  }

  /** True while the node's program runs. */
  public final boolean isAlive(int node) {
    return isRunning(node);
  }

  final boolean isRunning(int node) {
    return processes[node] != null && processes[node].isAlive();
  }

  /** Ends all nodes and deletes their files. */
  @Override
  public final void close() throws IOException {
    for (ServerProcess process : processes) {
      if (process != null) {
        process.kill();
      }
    }
    closeOthers();
    ServerFiles.delete(directory);
  }

  /** Ends what runs beside the nodes. */
  void closeOthers() throws IOException {}
}
