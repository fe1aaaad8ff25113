package com.acme.orderdesk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The desk's tables. Money is in cents, times are in milliseconds since 1970. */
final class Schema {

  private static final String[] TABLES = {
    "customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL,"
        + " email TEXT NOT NULL UNIQUE, discount REAL, since INTEGER NOT NULL)",
    "product (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
        + " price_cents INTEGER NOT NULL, stock INTEGER NOT NULL CHECK (stock >= 0),"
        + " initial_stock INTEGER NOT NULL, label BLOB, label_crc INTEGER)",
    "orders (id INTEGER PRIMARY KEY AUTOINCREMENT, reference TEXT NOT NULL UNIQUE,"
        + " customer_id INTEGER NOT NULL REFERENCES customer (id), clerk TEXT NOT NULL,"
        + " status TEXT NOT NULL CHECK (status IN ('NEW', 'PAID', 'CANCELLED')),"
        + " total_cents INTEGER NOT NULL, placed_at INTEGER NOT NULL)",
    "order_line (order_id INTEGER NOT NULL REFERENCES orders (id), line_no INTEGER NOT NULL,"
        + " product_id INTEGER NOT NULL REFERENCES product (id),"
        + " qty INTEGER NOT NULL CHECK (qty > 0), price_cents INTEGER NOT NULL,"
        + " PRIMARY KEY (order_id, line_no))",
    "payment (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL UNIQUE REFERENCES orders (id),"
        + " amount_cents INTEGER NOT NULL, method TEXT NOT NULL)",
    "restock (id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL REFERENCES product (id),"
        + " qty INTEGER NOT NULL CHECK (qty > 0))",
    "ledger (id INTEGER PRIMARY KEY, account TEXT NOT NULL, order_id INTEGER,"
        + " amount_cents INTEGER NOT NULL)",
    "contact (id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE,"
        + " customer_id INTEGER NOT NULL, note TEXT NOT NULL)",
  };

  private static final String[] INDEXES = {
    "orders_customer ON orders (customer_id)",
    "orders_status ON orders (status, total_cents)",
    "order_line_product ON order_line (product_id, order_id, qty)",
    "restock_product ON restock (product_id, qty)",
    "ledger_account ON ledger (account, amount_cents)",
    "ledger_order ON ledger (order_id, amount_cents)",
    "customer_city ON customer (city)",
  };

  /** Views come and go with the tables they read. */
  private static final String OPEN_ORDERS =
      "open_orders AS SELECT o.id, o.reference, c.name AS customer, o.total_cents"
          + " FROM orders o JOIN customer c ON c.id = o.customer_id WHERE o.status = 'NEW'";

  private Schema() {}

  /** Creates what is missing; drops the tables of an earlier run first unless they are kept. */
  static void create(Connection connection, boolean keep) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      if (!keep) {
        statement.executeUpdate("DROP VIEW IF EXISTS open_orders");
        for (int i = TABLES.length - 1; i >= 0; i--) {
          statement.executeUpdate("DROP TABLE IF EXISTS " + name(TABLES[i]));
        }
      }
      for (String table : TABLES) {
        statement.executeUpdate("CREATE TABLE IF NOT EXISTS " + table);
      }
      for (String index : INDEXES) {
        statement.executeUpdate("CREATE INDEX IF NOT EXISTS " + index);
      }
      statement.executeUpdate("CREATE VIEW IF NOT EXISTS " + OPEN_ORDERS);
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM product")) {
      return rows.next() && rows.getInt(1) == 0;
    }
  }

  private static String name(String table) {
    return table.substring(0, table.indexOf(' '));
  }
}
