package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.util.List;
import legacy.servers.AskedAfter;
import legacy.servers.LeftBehind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sessions in which functions, procedures and triggers of the database have left something: their
 * reads stay on the master, whatever statement has run those. Replay stands still while the
 * application runs, as in {@link SessionsTest}.
 */
class LeftBehindTest {
  @Test
  void onPostgres() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    cluster.make(
        "CREATE TABLE marker (who TEXT)",
        "INSERT INTO marker VALUES ('?')",
        "CREATE SCHEMA b",
        "CREATE TABLE names (x TEXT)",
        "CREATE TABLE b.names (x TEXT)",
        "INSERT INTO names VALUES ('p')",
        "INSERT INTO b.names VALUES ('b')",
        "CREATE TABLE audit (x TEXT)",
        "INSERT INTO audit VALUES ('x')",
        "CREATE FUNCTION use_schema(s TEXT) RETURNS TEXT LANGUAGE plpgsql AS $$ BEGIN"
            + " PERFORM set_config('search_path', s || ',public', false); RETURN s; END $$",
        "CREATE PROCEDURE procedure_of_schema(s TEXT) LANGUAGE plpgsql AS $$ BEGIN"
            + " PERFORM use_schema(s); END $$",
        "CREATE FUNCTION by_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " PERFORM use_schema('b'); RETURN coalesce(NEW, OLD); END $$",
        "CREATE VIEW by_view AS SELECT use_schema('b') AS x",
        "CREATE TABLE by_trigger (x TEXT)",
        "CREATE TRIGGER t BEFORE INSERT ON by_trigger FOR EACH ROW EXECUTE FUNCTION by_trigger()",
        "CREATE TABLE by_default (x TEXT, y TEXT DEFAULT use_schema('b'))",
        "CREATE TABLE parent (id INT PRIMARY KEY)",
        "CREATE TABLE child (id INT REFERENCES parent ON DELETE CASCADE)",
        "CREATE TRIGGER t BEFORE DELETE ON child FOR EACH ROW EXECUTE FUNCTION by_trigger()",
        "INSERT INTO parent VALUES (1)",
        "INSERT INTO child VALUES (1)",
        "CREATE FUNCTION harmless(s TEXT) RETURNS TEXT LANGUAGE plpgsql AS $$ BEGIN"
            + " DELETE FROM audit WHERE x = 'none'; RETURN s; END $$",
        "CREATE PROCEDURE harmless_procedure(s TEXT) LANGUAGE plpgsql AS $$"
            + " DECLARE t TEXT; BEGIN t := s; PERFORM harmless(t); COMMIT; END $$",
        "CREATE TABLE by_local_trigger (x TEXT)",
        "CREATE FUNCTION by_local_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " PERFORM set_config('search_path', 'b', true); RETURN NEW; END $$",
        "CREATE TRIGGER t BEFORE INSERT ON by_local_trigger"
            + " FOR EACH ROW EXECUTE FUNCTION by_local_trigger()");
    judge(run(cluster, "postgres", cluster.url(), ""), "b m", "p r", 26, 6);
  }

  @Test
  void onMariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    onMysqlFamily(cluster, "mariadb", cluster.appUrl(), 18);
  }

  @Test
  @Tag("mysql")
  void onMysql() throws Exception {
    MysqlCluster cluster = SharedClusters.mysql();
    onMysqlFamily(cluster, "mysql", cluster.appUrl(), 16);
  }

  private static void onMysqlFamily(SteeredCluster cluster, String engine, String url, int leaving)
      throws Exception {
    // Functions need more than an application's rights where there is a binary log; it may see
    // the bodies of those that are its own.
    cluster.execute(
        ServerCluster.MASTER,
        "USE app",
        "CREATE TABLE marker (who VARCHAR(10))",
        "INSERT INTO marker VALUES ('?')",
        "CREATE TABLE names (x VARCHAR(3), t TIMESTAMP NULL)",
        "INSERT INTO names VALUES ('p', FROM_UNIXTIME(86400))",
        "CREATE TABLE audit (x VARCHAR(10))",
        "CREATE DEFINER=app@'%' PROCEDURE procedure_of_zone(z VARCHAR(10)) SET time_zone = z",
        "CREATE DEFINER=app@'%' FUNCTION use_zone(z VARCHAR(10)) RETURNS VARCHAR(10) DETERMINISTIC BEGIN"
            + " SET time_zone = z; RETURN z; END",
        "CREATE DEFINER=app@'%' FUNCTION by_procedure(z VARCHAR(10)) RETURNS VARCHAR(10) DETERMINISTIC BEGIN"
            + " CALL procedure_of_zone(z); RETURN z; END",
        "CREATE DEFINER=app@'%' FUNCTION make_temporary() RETURNS INT DETERMINISTIC BEGIN"
            + " CREATE TEMPORARY TABLE names (x VARCHAR(3), t TIMESTAMP NULL);"
            + " INSERT INTO names VALUES ('t', NULL); RETURN 1; END",
        "CREATE DEFINER=app@'%' VIEW by_view AS SELECT use_zone('+09:00') AS x",
        "CREATE TABLE by_trigger (x VARCHAR(10))",
        "CREATE DEFINER=app@'%' TRIGGER a BEFORE INSERT ON by_trigger FOR EACH ROW"
            + " SET @@session.time_zone = '+09:00'",
        "CREATE DEFINER=app@'%' PROCEDURE begins() BEGIN START TRANSACTION; UPDATE names SET x = 'o'; END",
        "CREATE DEFINER=app@'%' PROCEDURE begins_and_fails() BEGIN START TRANSACTION; UPDATE names SET x = 'o';"
            + " SIGNAL SQLSTATE '45000'; COMMIT; END",
        "CREATE DEFINER=app@'%' FUNCTION harmless(s VARCHAR(10)) RETURNS VARCHAR(10) DETERMINISTIC BEGIN"
            + " DECLARE r VARCHAR(10); SET r = s, s = ''; RETURN r; END",
        "CREATE TABLE by_local_trigger (x INT)",
        "CREATE DEFINER=app@'%' TRIGGER b BEFORE INSERT ON by_local_trigger FOR EACH ROW BEGIN"
            + " SET NEW.x = NEW.x + 1, @n = NEW.x; UPDATE audit SET x = NEW.x; END",
        "CREATE DEFINER=app@'%' PROCEDURE begins_and_commits() BEGIN START TRANSACTION;"
            + " DELETE FROM audit; COMMIT; END",
        "CREATE DEFINER=app@'%' PROCEDURE harmless_procedure(a INT, OUT b INT) BEGIN DECLARE done, n INT;"
            + " DECLARE c CURSOR FOR SELECT 1; DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = 1;"
            + " OPEN c; l: LOOP FETCH c INTO n; IF done THEN LEAVE l; END IF; SET b = a + n;"
            + " UPDATE audit SET x = b; END LOOP; CLOSE c; END");
    cluster.awaitReplicas();
    List<String> out = run(cluster, engine, url, "app.");
    judge(out, "\\S+ .* m", "p 1970-01-02 00:00:00(\\.0)? r", leaving, 6);
  }

  /** What the master would tell is of the statement that it has run itself. */
  @Test
  void whatIsAskedOfAReadThatAReplicaServedOnMariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    askedAfter(cluster, cluster.appUrl());
  }

  @Test
  @Tag("mysql")
  void whatIsAskedOfAReadThatAReplicaServedOnMysql() throws Exception {
    MysqlCluster cluster = SharedClusters.mysql();
    askedAfter(cluster, cluster.appUrl());
  }

  private static void askedAfter(SteeredCluster cluster, String url) throws Exception {
    cluster.make(
        "CREATE TABLE marker (who VARCHAR(10))",
        "INSERT INTO marker VALUES ('?')",
        "CREATE TABLE numbers (n INT)",
        "INSERT INTO numbers VALUES (1), (2), (3), (4), (5), (6), (7)");
    SessionsTest.mark(cluster, "app.");
    try (ForkedJvm app =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.read-after-write", "false")
            .property("rwsplit.lag.max", "1h")
            .main(AskedAfter.class, url, "app", "app")
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      assertEquals(
          List.of(
              "plain: 3 r, 1 3",
              "prepared: 5 r, 1 5",
              "warned: 7 r, 7 Warning",
              "again: 3 m",
              "again: 4 m, 1 4",
              "again: 7 m",
              "others: 7 r"),
          app.out());
    }
  }

  private static void judge(
      List<String> out, String left, String untouched, int leaving, int harmless) {
    int header = out.indexOf("harmless:");
    assertEquals(leaving, header, out::toString);
    assertEquals(leaving + 1 + harmless, out.size(), out::toString);
    for (int i = 0; i < out.size(); i++) {
      if (i != header) {
        String said = out.get(i).substring(out.get(i).lastIndexOf(": ") + 2);
        assertTrue(said.matches(i < header ? left : untouched), out.get(i));
      }
    }
  }

  private static List<String> run(SteeredCluster cluster, String engine, String url, String prefix)
      throws Exception {
    SessionsTest.mark(cluster, prefix);
    try (ForkedJvm app =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.read-after-write", "false")
            .property("rwsplit.lag.max", "1h")
            .main(LeftBehind.class, url, "app", "app", engine)
            .start()) {
      assertEquals(0, app.exitCode(180), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      return app.out();
    }
  }
}
