package io.rwsplit.it.tables;

/** Writes and reads that are the same on every engine, with what by-table consistency promises. */
final class ByTableCases {
  /** Of all engines; those of one engine are made by their tests. */
  static final String[] TABLES = {
    "CREATE TABLE customer(id INTEGER PRIMARY KEY)",
    "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer_id INTEGER,"
        + " FOREIGN KEY (customer_id) REFERENCES customer(id) ON DELETE CASCADE)",
    "CREATE TABLE audit(id INTEGER)",
    "CREATE TABLE alone(id INTEGER)",
    "CREATE TABLE other(id INTEGER)",
    "CREATE VIEW v_orders AS SELECT id FROM orders",
    "CREATE VIEW v_nested AS SELECT id FROM v_orders",
    "CREATE VIEW v_other AS SELECT id FROM other",
    "INSERT INTO customer VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9)",
    "INSERT INTO orders VALUES (1, 1), (2, 2), (3, 3), (4, 4)",
    "INSERT INTO other VALUES (1)"
  };

  private static final boolean REPLICA = true;
  private static final boolean MASTER = false;

  private ByTableCases() {}

  /** Each in a session of its own, while no replica goes on. */
  static void run(Routed app) throws Exception {
    check(app, "INSERT INTO orders VALUES (101, 1)", REPLICA, "SELECT count(id) FROM other");
    check(app, "INSERT INTO orders VALUES (102, 1)", REPLICA, "SELECT count(id) FROM v_other");
    check(app, "INSERT INTO orders VALUES (103, 1)", REPLICA, "SELECT count(a.id) FROM alone a");
    check(app, "INSERT INTO orders VALUES (104, 1)", MASTER, "SELECT count(id) FROM orders");
    check(app, "INSERT INTO orders VALUES (105, 1)", MASTER, "SELECT count(id) FROM audit");
    check(app, "INSERT INTO orders VALUES (106, 1)", MASTER, "SELECT count(id) FROM v_orders");
    check(app, "INSERT INTO orders VALUES (107, 1)", MASTER, "SELECT count(id) FROM v_nested");
    check(
        app,
        "INSERT INTO orders VALUES (108, 1)",
        MASTER,
        "SELECT count(o.id) FROM other o JOIN v_nested n ON n.id = o.id");
    check(app, "DELETE FROM customer WHERE id = 2", MASTER, "SELECT count(id) FROM v_orders");
    check(app, "DELETE FROM customer WHERE id = 3", REPLICA, "SELECT count(id) FROM v_other");
    check(app, "UPDATE other SET id = 2", REPLICA, "SELECT count(id) FROM v_nested");
    check(app, "UPDATE other SET id = 3", MASTER, "SELECT count(id) FROM v_other");
    // What it has read: its count of rows speaks of that.
    check(app, "INSERT INTO alone SELECT id FROM other", MASTER, "SELECT count(id) FROM other");
    transactions(app);
    unknown(app);
  }

  private static void check(Routed app, String write, boolean onReplica, String read)
      throws Exception {
    app.tell("new");
    app.tell("w " + write);
    app.assertRoute(onReplica, read);
  }

  private static void transactions(Routed app) throws Exception {
    for (String read : new String[] {"alone", "other", "orders"}) {
      app.tell("new");
      app.tell("auto off");
      app.tell("w INSERT INTO alone VALUES (1)");
      app.tell("w INSERT INTO other VALUES (1)");
      app.tell("commit");
      app.tell("auto on");
      app.assertRoute(read.equals("orders"), "SELECT count(id) FROM " + read);
    }
    app.tell("new");
    app.tell("p INSERT INTO alone VALUES (2)");
    app.assertRoute(REPLICA, "SELECT count(id) FROM other");
    app.assertRoute(MASTER, "SELECT count(id) FROM alone");
    // Monotonic reads are not narrowed: the master has shown what no replica has.
    app.assertRoute(MASTER, "SELECT count(id) FROM other");
  }

  /** A read-only transaction has one snapshot for all its tables. */
  static void runReadOnly(Routed app) throws Exception {
    app.tell("new");
    app.tell("w INSERT INTO alone VALUES (3)");
    app.tell("readonly on");
    app.tell("auto off");
    app.assertRoute(MASTER, "SELECT count(id) FROM other");
    app.tell("commit");
    app.tell("auto on");
    app.tell("readonly off");
  }

  /** What cannot be told binds all tables. */
  private static void unknown(Routed app) throws Exception {
    app.tell("new");
    app.tell("auto off");
    app.tell("w INSERT INTO alone VALUES (4)");
    app.tell("w CREATE TABLE made(id INTEGER)");
    app.tell("commit");
    app.tell("auto on");
    app.assertRoute(MASTER, "SELECT count(id) FROM other");
    app.tell("new");
    app.tell("w DROP TABLE made");
    app.assertRoute(MASTER, "SELECT count(id) FROM other");
    // Until the catalog has been read again.
    app.awaitReplica("SELECT count(id) FROM other");
  }

  /** Two sessions: only writes to what is read bind, whoever made them. */
  static void runOfJvm(Routed app) throws Exception {
    app.tell("new");
    app.tell("w INSERT INTO orders VALUES (201, 1)");
    app.tell("new");
    app.assertRoute(REPLICA, "SELECT count(id) FROM other");
    app.assertRoute(MASTER, "SELECT count(id) FROM audit");
    app.tell("new");
    app.assertRoute(MASTER, "SELECT count(id) FROM v_nested");
  }
}
