package io.rwsplit.it.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.MysqlCluster;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A corpus of statements on a SQLite connection that may only query a copy, on a PostgreSQL hot
 * standby and on read-only replicas of MariaDB and MySQL: what these refuse as a write is never
 * taken for a read, what is taken for one leaves no trace in its session, and nearly all plain
 * SELECTs are.
 */
class EngineTruthTest {
  private static final String POSTGRES_STATE =
      "SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'),"
          + " (SELECT md5(string_agg(name || setting, ',' ORDER BY name)) FROM pg_settings),"
          + " (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors),"
          + " (SELECT count(*) FROM pg_listening_channels()), pg_my_temp_schema()";
  private static final String MARIADB_STATE =
      "SELECT (SELECT md5(group_concat(variable_name, variable_value ORDER BY variable_name))"
          + " FROM information_schema.session_variables WHERE variable_name NOT IN ('TIMESTAMP',"
          + " 'RAND_SEED1', 'RAND_SEED2', 'GTID_SLAVE_POS', 'GTID_BINLOG_POS', 'GTID_CURRENT_POS',"
          + " 'ERROR_COUNT', 'WARNING_COUNT', 'LAST_GTID')), is_used_lock('corpus'), @v";
  private static final String MYSQL_STATE =
      "SELECT (SELECT md5(group_concat(variable_name, variable_value ORDER BY variable_name))"
          + " FROM performance_schema.session_variables WHERE variable_name NOT IN ('timestamp',"
          + " 'rand_seed1', 'rand_seed2', 'error_count', 'warning_count', 'gtid_executed',"
          + " 'statement_id')), is_used_lock('corpus'), @v";
  private static final String SQLITE_STATE =
      "SELECT total_changes(), changes(), last_insert_rowid(),"
          + " (SELECT count(*) FROM temp.sqlite_master)";

  @TempDir Path dir;

  @Test
  void sqlite() throws Exception {
    Corpus corpus = new Corpus("sqlite");
    Path master = dir.resolve("master.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + master);
        Statement statement = connection.createStatement()) {
      for (String sql : corpus.schema()) {
        statement.executeUpdate(sql);
      }
    }
    Path replica = Files.copy(master, dir.resolve("replica.db"));
    check(
        "SQLITE",
        corpus,
        () -> queryOnly(replica),
        e -> (e.getErrorCode() & 0xFF) == 8,
        SQLITE_STATE,
        "PRAGMA query_only = 0",
        "CREATE TEMP TABLE x (a)");
    Path untouched = Files.copy(master, dir.resolve("untouched.db"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + untouched);
        ShippedClassifier classifier = new ShippedClassifier("SQLITE")) {
      runReads(connection, classifier, corpus.selects());
      runReads(connection, classifier, corpus.table());
    }
    assertEquals(-1, Files.mismatch(master, untouched));
  }

  private static Connection queryOnly(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = 1");
    }
    return connection;
  }

  @Test
  void postgres() throws Exception {
    Corpus corpus = new Corpus("postgresql");
    PostgresCluster cluster = SharedClusters.postgres();
    cluster.make(corpus.schema().toArray(new String[0]));
    check(
        "POSTGRESQL",
        corpus,
        () -> limited(cluster, "SET statement_timeout = '5s'"),
        e -> "25006".equals(e.getSQLState()) || e.getMessage().contains("during recovery"),
        POSTGRES_STATE,
        "SELECT pg_advisory_lock(1)");
  }

  @Test
  void mariadb() throws Exception {
    Corpus corpus = new Corpus("mariadb");
    Set<Integer> codes = Set.of(1290, 1792, 1836);
    MariadbCluster cluster = SharedClusters.mariadb();
    cluster.allowRoutines();
    cluster.make(corpus.schema().toArray(new String[0]));
    check(
        "MARIADB",
        corpus,
        () -> limited(cluster, "SET max_statement_time = 5, lock_wait_timeout = 5"),
        e -> codes.contains(e.getErrorCode()),
        MARIADB_STATE,
        "SELECT get_lock('corpus', 1)");
  }

  @Test
  @Tag("mysql")
  void mysql() throws Exception {
    Corpus corpus = new Corpus("mysql");
    Set<Integer> codes = Set.of(1290, 1792, 1836);
    MysqlCluster cluster = SharedClusters.mysql();
    cluster.allowRoutines();
    cluster.make(corpus.schema().toArray(new String[0]));
    check(
        "MYSQL",
        corpus,
        () -> limited(cluster, "SET max_execution_time = 5000, lock_wait_timeout = 5"),
        e -> codes.contains(e.getErrorCode()),
        MYSQL_STATE,
        "SELECT get_lock('corpus', 1)");
  }

  private static Connection limited(ServerCluster cluster, String sql) throws SQLException {
    Connection connection = cluster.app(1);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return connection;
  }

  /** {@code trace}: statements that a replica accepts and that the question about state shows. */
  private static void check(
      String engine,
      Corpus corpus,
      Trial.Source source,
      Predicate<SQLException> refusal,
      String state,
      String... trace)
      throws Exception {
    try (ShippedClassifier classifier = new ShippedClassifier(engine)) {
      Trial selects = new Trial(source, classifier, refusal);
      selects.run(corpus.selects());
      Trial others = new Trial(source, classifier, refusal);
      others.run(corpus.effects());
      others.run(corpus.table());
      System.out.println(engine + ": plain SELECTs: " + selects + "; the rest: " + others);
      assertEquals(List.of(), selects.wrong, engine);
      assertEquals(List.of(), others.wrong, engine);
      for (String sql : corpus.effects()) {
        assertTrue(!classifier.verdict(sql).read(), sql);
      }
      assertTrue(selects.accepted > 100, engine + " " + selects);
      assertTrue(others.refused > 20 || engine.equals("SQLITE"), engine + " " + others);
      assertTrue(
          selects.share() >= 0.95, engine + " " + selects + "\n" + String.join("\n", selects.kept));
      leaveNoTrace(classifier, corpus, source, state, trace);
    }
  }

  private static void leaveNoTrace(
      ShippedClassifier classifier,
      Corpus corpus,
      Trial.Source source,
      String state,
      String... trace)
      throws Exception {
    try (Connection connection = source.open()) {
      String before = row(connection, state);
      runReads(connection, classifier, corpus.selects());
      runReads(connection, classifier, corpus.table());
      assertEquals(before, row(connection, state));
    }
    try (Connection connection = source.open()) {
      String before = row(connection, state);
      for (String sql : trace) {
        Trial.failure(connection, sql);
      }
      assertNotEquals(before, row(connection, state));
    }
  }

  private static void runReads(
      Connection connection, ShippedClassifier classifier, Collection<String> texts) {
    for (String sql : texts) {
      if (classifier.verdict(sql).read()) {
        Trial.failure(connection, sql);
      }
    }
  }

  private static String row(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      StringBuilder row = new StringBuilder();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        row.append(result.getString(i)).append('|');
      }
      return row.toString();
    }
  }
}
