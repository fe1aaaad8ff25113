package io.rwsplit.it.tables;

import io.rwsplit.it.servers.SharedClusters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TablesMariadbTest extends TablesOnServers {
  @BeforeAll
  static void startServers() throws Exception {
    cluster = SharedClusters.mariadb();
  }

  @Override
  void make() throws Exception {
    drop(
        "DROP VIEW IF EXISTS app.v_orders, app.v_nested, app.v_other, app.v_called, app.v_last",
        "DROP VIEW IF EXISTS app.v_deep, app.v_turns, app.v_plain",
        "DROP TABLE IF EXISTS app.orders, app.customer, app.audit, app.alone, app.other, app.made",
        "DROP TABLE IF EXISTS app.counter",
        "DROP FUNCTION IF EXISTS app.booked");
    cluster.allowRoutines();
    cluster.make(ByTableCases.TABLES);
    cluster.make(
        "CREATE TRIGGER log_orders AFTER INSERT ON orders FOR EACH ROW"
            + " INSERT INTO audit VALUES (NEW.id)",
        "CREATE TABLE counter(id INTEGER)",
        "CREATE FUNCTION booked(a INTEGER) RETURNS INTEGER MODIFIES SQL DATA"
            + " BEGIN INSERT INTO counter VALUES (a); RETURN a; END",
        "CREATE VIEW v_plain AS SELECT id FROM v_other",
        "CREATE VIEW v_turns AS SELECT id FROM other",
        "CREATE VIEW v_called AS SELECT booked(id) AS id FROM other",
        "CREATE VIEW v_last AS SELECT LAST_INSERT_ID() AS id FROM other",
        "CREATE VIEW v_deep AS SELECT id FROM v_called");
  }

  @Override
  void ofEngine(Routed app) throws Exception {
    app.tell("new");
    app.tell("w UPDATE alone a JOIN orders o ON o.id = 1 SET a.id = 5");
    app.assertRoute(true, "SELECT id FROM other");
    app.assertRoute(false, "SELECT id FROM orders");
    app.tell("new");
    app.tell("w INSERT INTO alone VALUES (booked(1))");
    app.assertRoute(false, "SELECT id FROM other");
  }

  @Test
  void functionsAndViewsAreWhatTheCatalogSays() throws Exception {
    make();
    String[] turning = {"SELECT id FROM v_turns"};
    String impure = "CREATE OR REPLACE VIEW v_turns AS SELECT booked(id) AS id FROM other";
    String pure = "CREATE OR REPLACE VIEW v_turns AS SELECT id FROM other";
    try (Routed app = start()) {
      String[] reads = {"SELECT id FROM other", "SELECT id FROM v_plain", "SELECT id FROM v_other"};
      String[] no = {
        "SELECT booked(id) FROM other",
        "SELECT app.booked(id) FROM other",
        "SELECT id FROM v_called",
        "SELECT id FROM v_last",
        "SELECT id FROM v_deep"
      };
      followsTheCatalog(app, "MariaDB", reads, no, turning, impure, pure);
    }
  }
}
