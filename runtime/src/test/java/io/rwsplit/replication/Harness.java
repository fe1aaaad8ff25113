package io.rwsplit.replication;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A master and its replicas in a directory of their own, replicated inside this JVM. */
class Harness implements AutoCloseable, SqliteConnections, ReplicationListener {
  final Path directory;
  final Path master;
  final List<Path> replicas = new ArrayList<>();
  final List<String> events = Collections.synchronizedList(new ArrayList<String>());
  SqliteReplicator replicator;
  private final List<Connection> connections = new ArrayList<>();

  Harness(int replicaCount) throws IOException {
    this(Files.createTempDirectory("rwsplit-replication"), replicaCount);
  }

  Harness(Path directory, int replicaCount) {
    this.directory = directory;
    master = directory.resolve("master.db");
    for (int i = 0; i < replicaCount; i++) {
      replicas.add(directory.resolve("replica" + i + ".db"));
    }
  }

  Harness start() {
    return start(ReplicationSettings.defaults().withDrainPatience(Duration.ofMillis(200)));
  }

  Harness start(ReplicationSettings settings) {
    List<ReplicaFile> files = new ArrayList<>();
    for (Path replica : replicas) {
      files.add(new ReplicaFile(files.size(), "r" + files.size(), replica));
    }
    replicator = new SqliteReplicator(master, files, this, this, settings);
    replicator.start();
    return this;
  }

  void stop() {
    if (replicator != null) {
      replicator.close(Duration.ofSeconds(10));
      replicator = null;
    }
  }

  static Connection open(Path path) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + path);
  }

  /** A connection that is closed with this harness. */
  Connection connect(Path path) throws SQLException {
    Connection connection = open(path);
    connections.add(connection);
    return connection;
  }

  static void sql(Connection connection, String... texts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String text : texts) {
        statement.execute(text);
      }
    }
  }

  static String query(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(text)) {
      StringBuilder all = new StringBuilder();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        if (all.length() > 0) {
          all.append('\n');
        }
        for (int i = 1; i <= columns; i++) {
          all.append(i > 1 ? "|" : "").append(rows.getString(i));
        }
      }
      return all.toString();
    }
  }

  static String queryOnce(Path path, String text) throws SQLException {
    try (Connection connection = open(path)) {
      return query(connection, text);
    }
  }

  /** Waits until every replica streams and has reached a new ticket. */
  void awaitCaughtUp() throws Exception {
    long ticket = replicator.tickets().newTicket();
    for (int i = 0; i < replicas.size(); i++) {
      int index = i;
      await(
          "replica " + i + " to reach ticket " + ticket,
          () -> replicator.tickets().appliedTicket(index) >= ticket);
    }
  }

  void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        StringBuilder states = new StringBuilder();
        for (int i = 0; replicator != null && i < replicas.size(); i++) {
          FeedStatus status = replicator.status(i);
          states.append("\n").append(status.state()).append(' ').append(status.reason());
        }
        throw new AssertionError("waited in vain for " + what + states + "\n" + events);
      }
      LockSupport.parkNanos(200_000);
    }
  }

  /** Every table's rows and the schema. */
  static String dump(Connection connection) throws SQLException {
    StringBuilder all = new StringBuilder();
    String tables =
        query(
            connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                + " ORDER BY name");
    all.append(query(connection, "SELECT type, name, sql FROM sqlite_master ORDER BY name, type"));
    for (String table : tables.split("\n", -1)) {
      if (!table.isEmpty()) {
        all.append('\n').append(table).append('\n');
        String quoted = '"' + table.replace("\"", "\"\"") + '"';
        String withoutRowid =
            "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = '"
                + table.replace("'", "''")
                + "'";
        String rows =
            query(connection, withoutRowid).equals("1")
                ? "SELECT * FROM " + quoted
                : "SELECT rowid, * FROM " + quoted + " ORDER BY rowid";
        all.append(query(connection, rows));
      }
    }
    return all.toString();
  }

  /** Fails unless every replica is sound and has exactly the master's content. */
  void assertEqual() throws Exception {
    awaitCaughtUp();
    String expected;
    try (Connection connection = open(master)) {
      expected = dump(connection);
    }
    for (Path replica : replicas) {
      try (Connection connection = open(replica)) {
        String check = query(connection, "PRAGMA integrity_check");
        if (!"ok".equals(check)) {
          throw new AssertionError(replica + ": " + check);
        }
        String actual = dump(connection);
        if (!expected.equals(actual)) {
          throw new AssertionError(
              replica
                  + " differs from the master: "
                  + expected.length()
                  + " and "
                  + actual.length()
                  + " characters; "
                  + events);
        }
      }
    }
  }

  @Override
  public Connection openMaster() throws SQLException {
    return open(master);
  }

  @Override
  public Connection openReplica(int index, Path file) throws SQLException {
    return open(file);
  }

  @Override
  public void stateChanged(int replica, FeedState state, String reason) {
    events.add(replica + " " + state + (reason == null ? "" : " (" + reason + ")"));
  }

  @Override
  public void replicaFileReplacing(int replica, Duration patience) {
    events.add(replica + " replacing");
  }

  @Override
  public void replicaFileReplaced(int replica) {
    events.add(replica + " replaced");
  }

  @Override
  public void close() throws IOException, SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
    stop();
    deleteTree(directory);
  }

  static void deleteTree(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
