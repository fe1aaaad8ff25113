package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Tables;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL: a primary and two standbys, started for the benchmark, on which each contender has a
 * database of its own, so that the servers' counts tell them apart. Used by one thread; close it.
 */
final class PostgresServers implements AutoCloseable {
  static final int REPLICAS = 2;

  private static final String CREDENTIALS = "user=app&password=app";

  /** Filled once; the others are copies of it. */
  private static final String TEMPLATE = "bench_template";

  private final PostgresCluster cluster;
  private final Path directory;
  private boolean hasTemplate;

  private PostgresServers() throws IOException, SQLException {
    cluster =
        PostgresCluster.start(
            REPLICAS, Arrays.asList("max_connections=400", "shared_buffers=128MB"));
    try {
      directory = Files.createTempDirectory("rwsplit-benchmark-");
      cluster.execute(ServerCluster.MASTER, "ALTER ROLE app CREATEDB");
    } catch (IOException | SQLException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts them; null, said aloud, where PostgreSQL's program does not run. */
  static PostgresServers start(Report report) throws IOException, SQLException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.equals("Linux amd64")) {
      report.leaveOut("PostgreSQL: its program in Maven Central is for Linux amd64, not " + system);
      return null;
    }
    return new PostgresServers();
  }

  PostgresCluster cluster() {
    return cluster;
  }

  /** A database with the programs' tables, on all servers. */
  private void create(String database) throws SQLException, IOException {
    if (!hasTemplate) {
      cluster.execute(ServerCluster.MASTER, "CREATE DATABASE " + TEMPLATE + " OWNER app");
      Tables.create(url(ServerCluster.MASTER, TEMPLATE));
      try (Connection connection =
              DriverManager.getConnection(url(ServerCluster.MASTER, TEMPLATE));
          Statement statement = connection.createStatement()) {
        statement.execute("VACUUM (FREEZE, ANALYZE)");
      }
      cluster.await("sessions end", () -> sessions(TEMPLATE) == 0);
      hasTemplate = true;
    }
    cluster.execute(
        ServerCluster.MASTER,
        "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)",
        "CREATE DATABASE " + database + " TEMPLATE " + TEMPLATE + " OWNER app");
    cluster.awaitReplicas();
  }

  private long sessions(String database) throws SQLException {
    return Long.parseLong(
        cluster.ask(
            ServerCluster.MASTER,
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'"));
  }

  /** The URL of a database on a node. */
  String url(int node, String database) {
    return "jdbc:postgresql://127.0.0.1:" + cluster.port(node) + "/" + database + "?" + CREDENTIALS;
  }

  /** The agent's properties for a database, and so many of the standbys. */
  private List<String> agentOptions(String database, int count) {
    List<String> replicas = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      replicas.add("jdbc:postgresql://127.0.0.1:" + cluster.port(i) + "/" + database);
    }
    return Arrays.asList(
        "-Drwsplit.master=jdbc:postgresql://127.0.0.1:"
            + cluster.port(ServerCluster.MASTER)
            + "/"
            + database,
        "-Drwsplit.replicas=" + String.join(",", replicas));
  }

  /** A new database for a contender. */
  Stage stage(Contender contender) throws SQLException, IOException {
    String database = "bench_" + contender.name().toLowerCase(java.util.Locale.ROOT);
    create(database);
    return new OneDatabase(contender, database);
  }

  /** How often tables were looked into on a node, by the server's own statistics. */
  private long scans(int node, String database) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(url(node, database));
        Statement statement = connection.createStatement()) {
      String others =
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
              + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
      // A session's counts are in the statistics when it has ended.
      cluster.await("sessions end", () -> number(statement, others) == 0);
      return number(
          statement,
          "SELECT coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0)::bigint"
              + " FROM pg_stat_user_tables");
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    try (Stream<Path> files = Files.list(directory)) {
      for (Object file : files.toArray()) {
        Files.deleteIfExists((Path) file);
      }
    }
    Files.deleteIfExists(directory);
  }

  /** A contender's database. */
  private final class OneDatabase implements Stage {
    private final Contender contender;
    private final String database;

    OneDatabase(Contender contender, String database) {
      this.contender = contender;
      this.database = database;
    }

    @Override
    public String url() {
      String url = PostgresServers.this.url(ServerCluster.MASTER, database);
      String rest = url.substring("jdbc:".length());
      switch (contender) {
        case P6SPY:
          return "jdbc:p6spy:" + rest;
        case AWS:
          return "jdbc:aws-wrapper:" + rest;
        case IN_TURN:
          return PostgresServers.this.url(1, database)
              + " "
              + PostgresServers.this.url(2, database);
        case SHARDINGSPHERE:
          return "jdbc:shardingsphere:absolutepath:" + shardingSphere();
        default:
          return url;
      }
    }

    /** Its configuration: the same servers, reads of transactions on the primary. */
    private Path shardingSphere() {
      StringBuilder text = new StringBuilder("mode:\n  type: Standalone\n  repository:\n");
      text.append("    type: JDBC\ndatabaseName: bench\ndataSources:\n");
      for (int node = 0; node <= REPLICAS; node++) {
        text.append("  node").append(node).append(":\n");
        text.append("    dataSourceClassName: com.zaxxer.hikari.HikariDataSource\n");
        text.append("    driverClassName: org.postgresql.Driver\n    jdbcUrl: ");
        text.append(PostgresServers.this.url(node, database).replaceAll("\\?.*", ""));
        text.append("\n    username: app\n    password: app\n    maxPoolSize: 16\n");
      }
      text.append("rules:\n- !SINGLE\n  tables:\n  - \"*.*\"\n- !READWRITE_SPLITTING\n");
      text.append("  dataSourceGroups:\n    split:\n      writeDataSourceName: node0\n");
      text.append("      readDataSourceNames:\n      - node1\n      - node2\n");
      text.append("      transactionalReadQueryStrategy: PRIMARY\n");
      text.append("      loadBalancerName: robin\n  loadBalancers:\n    robin:\n");
      text.append("      type: ROUND_ROBIN\n");
      try {
        return Files.writeString(directory.resolve(database + ".yaml"), text);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public List<String> agentOptions() {
      return PostgresServers.this.agentOptions(database, contender.replicas());
    }

    @Override
    public File log() {
      return directory.resolve(database + ".log").toFile();
    }

    @Override
    public long[] serverReads() throws SQLException, IOException {
      long replicas = 0;
      for (int node = 1; node <= REPLICAS; node++) {
        replicas += scans(node, database);
      }
      return new long[] {replicas, scans(ServerCluster.MASTER, database)};
    }

    @Override
    public void close() {
      // The database is made anew when it is used again, and goes with the servers.
    }
  }
}
