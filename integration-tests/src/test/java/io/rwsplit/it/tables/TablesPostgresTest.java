package io.rwsplit.it.tables;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.servers.SharedClusters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TablesPostgresTest extends TablesOnServers {
  @BeforeAll
  static void startServers() throws Exception {
    cluster = SharedClusters.postgres();
  }

  @Override
  void make() throws Exception {
    drop(
        "DROP TABLE IF EXISTS customer, orders, audit, alone, other, made, measure, counter CASCADE",
        "DROP FUNCTION IF EXISTS log_orders, booked, hidden CASCADE");
    cluster.make(ByTableCases.TABLES);
    cluster.make(
        "CREATE FUNCTION log_orders() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN INSERT INTO audit VALUES (NEW.id); RETURN NEW; END $$",
        "CREATE TRIGGER log_orders AFTER INSERT ON orders FOR EACH ROW"
            + " EXECUTE FUNCTION log_orders()",
        "CREATE TABLE measure(id INTEGER) PARTITION BY RANGE (id)",
        "CREATE TABLE measure_1 PARTITION OF measure FOR VALUES FROM (0) TO (100)",
        "CREATE TABLE counter(id INTEGER)",
        "CREATE FUNCTION booked(a INTEGER) RETURNS INTEGER LANGUAGE plpgsql AS"
            + " $$ BEGIN INSERT INTO counter VALUES (a); RETURN a; END $$",
        "CREATE FUNCTION hidden(a INTEGER) RETURNS INTEGER LANGUAGE plpgsql AS"
            + " $$ BEGIN EXECUTE 'INSERT INTO counter VALUES (1)'; RETURN a; END $$");
  }

  @Override
  void ofEngine(Routed app) throws Exception {
    app.tell("new");
    app.tell("w INSERT INTO measure VALUES (1)");
    app.assertRoute(true, "SELECT id FROM other");
    app.assertRoute(false, "SELECT id FROM measure_1");
    app.tell("new");
    app.tell("w INSERT INTO measure_1 VALUES (2)");
    app.assertRoute(false, "SELECT id FROM measure");
    app.tell("new");
    app.tell("w INSERT INTO alone VALUES (booked(1))");
    app.assertRoute(true, "SELECT id FROM other");
    app.assertRoute(false, "SELECT id FROM counter");
    app.tell("new");
    app.tell("w INSERT INTO alone VALUES (hidden(1))");
    app.assertRoute(false, "SELECT id FROM other");
  }

  @Test
  void functionsAndViewsAreWhatTheCatalogSays() throws Exception {
    make();
    drop(
        "DROP FUNCTION IF EXISTS many(INTEGER), many(TEXT), twice, shown, declared, turns, added,"
            + " unlocks, own CASCADE");
    cluster.make(
        "CREATE FUNCTION twice(a INTEGER) RETURNS INTEGER IMMUTABLE LANGUAGE sql AS 'SELECT a * 2'",
        "CREATE FUNCTION shown() RETURNS BIGINT STABLE LANGUAGE sql AS"
            + " 'SELECT count(twice(id)) FROM other'",
        "CREATE FUNCTION declared(a INTEGER) RETURNS INTEGER STABLE LANGUAGE plpgsql AS"
            + " $$ BEGIN RETURN booked(a); END $$",
        "CREATE FUNCTION many(a INTEGER) RETURNS INTEGER IMMUTABLE LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION many(a TEXT) RETURNS INTEGER VOLATILE LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION turns(a INTEGER) RETURNS INTEGER STABLE LANGUAGE plpgsql AS"
            + " $$ BEGIN RETURN a; END $$",
        "CREATE FUNCTION added(a INTEGER, b INTEGER) RETURNS INTEGER VOLATILE LANGUAGE plpgsql AS"
            + " $$ BEGIN INSERT INTO counter VALUES (b); RETURN a; END $$",
        "CREATE FUNCTION unlocks(o other) RETURNS INTEGER VOLATILE LANGUAGE plpgsql AS"
            + " $$ BEGIN PERFORM pg_advisory_unlock_all(); RETURN 1; END $$",
        "CREATE FUNCTION own(o other) RETURNS INTEGER IMMUTABLE LANGUAGE sql AS 'SELECT $1.id'",
        "CREATE AGGREGATE collected(INTEGER) (SFUNC = added, STYPE = INTEGER, INITCOND = '0')",
        "CREATE VIEW v_twice AS SELECT twice(id) AS id FROM other",
        "CREATE VIEW v_booked AS SELECT booked(id) AS id FROM other",
        "CREATE VIEW v_deep AS SELECT id FROM v_booked",
        "CREATE VIEW v_turns AS SELECT turns(id) AS id FROM other");
    String[] turning = {"SELECT turns(id) FROM other", "SELECT id FROM v_turns"};
    String impure = "CREATE OR REPLACE FUNCTION turns(a INTEGER) RETURNS INTEGER VOLATILE";
    String pure = "CREATE OR REPLACE FUNCTION turns(a INTEGER) RETURNS INTEGER STABLE";
    String writes =
        " LANGUAGE plpgsql AS $$ BEGIN INSERT INTO counter VALUES (a); RETURN a; END $$";
    String returns = " LANGUAGE plpgsql AS $$ BEGIN RETURN a; END $$";
    try (Routed app = start()) {
      String[] reads = {
        "SELECT id FROM other",
        "SELECT twice(id) FROM other",
        "SELECT public.twice(id) FROM other",
        "SELECT shown()",
        "SELECT other.own FROM other",
        "SELECT id FROM v_twice"
      };
      String[] no = {
        "SELECT booked(id) FROM other",
        "SELECT twice(booked(id)) FROM other",
        "SELECT declared(id) FROM other",
        "SELECT many(id) FROM other",
        "SELECT collected(id) FROM other",
        "SELECT other.unlocks FROM other",
        "SELECT (o).unlocks FROM other AS o",
        "SELECT id FROM v_booked",
        "SELECT id FROM v_deep"
      };
      followsTheCatalog(app, "PostgreSQL", reads, no, turning, impure + writes, pure + returns);
    }
  }

  /**
   * A standby shows nothing of an unlogged table, and of a sequence a number that the master will
   * give later.
   */
  @Test
  void whatAStandbyShowsOtherwiseStaysOnTheMaster() throws Exception {
    drop(
        "DROP TABLE IF EXISTS other, passing, parts, kept, later, numbered CASCADE",
        "DROP SEQUENCE IF EXISTS counted");
    cluster.make(
        "CREATE TABLE other(id INTEGER)",
        "CREATE SEQUENCE counted",
        "CREATE TABLE kept(id INTEGER, counted INTEGER, passing INTEGER)",
        "CREATE UNLOGGED TABLE passing(id INTEGER)",
        "CREATE TABLE parts(id INTEGER) PARTITION BY RANGE (id)",
        "CREATE UNLOGGED TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (9)",
        "CREATE VIEW v_passing AS SELECT id FROM passing");
    String[] only = {
      "SELECT last_value FROM counted",
      "SELECT is_called FROM public.\"counted\"",
      "SELECT last_value FROM pg_sequences WHERE sequencename = 'counted'",
      "SELECT id FROM passing",
      "SELECT id FROM v_passing",
      "SELECT id FROM parts",
      "SELECT id FROM kept WHERE id IN (SELECT id FROM passing)"
    };
    try (Routed app = start()) {
      app.awaitReplica("SELECT counted, passing FROM kept");
      for (String query : only) {
        assertOnMaster(app, query);
      }
      app.awaitReplica("SELECT counted, passing FROM kept");
      app.tell("w CREATE UNLOGGED TABLE later(id INTEGER)");
      assertOnMaster(app, "SELECT id FROM later");
      app.tell("w CREATE TABLE numbered(id SERIAL)");
      assertOnMaster(app, "SELECT last_value FROM numbered_id_seq");
      app.tell("new");
      assertOnMaster(app, "SELECT id FROM later");
      app.awaitReplica("SELECT id FROM numbered");
      assertOnMaster(app, "SELECT last_value FROM numbered_id_seq");
    }
  }

  /** No replica was asked before. */
  private static void assertOnMaster(Routed app, String query) throws Exception {
    String route = app.serves(query);
    assertTrue(
        route.startsWith("master <- ") && !route.contains("failed"), () -> query + ": " + route);
  }
}
