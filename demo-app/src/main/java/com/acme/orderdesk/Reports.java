package com.acme.orderdesk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The desk's reports; each checks what the books must balance to. Used by one thread. */
final class Reports {

  private final Connection connection;
  private final Books books;

  Reports(Connection connection, Books books) {
    this.connection = connection;
    this.books = books;
  }

  /** Debit and credit of the whole ledger balance. */
  Void ledger() throws SQLException {
    books.same("sum of the ledger", 0, number("SELECT COALESCE(SUM(amount_cents), 0) FROM ledger"));
    return null;
  }

  /** What was paid is what the paid orders cost. */
  Void payments() throws SQLException {
    books.same(
        "payments less paid orders",
        0,
        number(
            "SELECT (SELECT COALESCE(SUM(amount_cents), 0) FROM payment)"
                + " - (SELECT COALESCE(SUM(total_cents), 0) FROM orders WHERE status = 'PAID')"));
    return null;
  }

  /** What customers owe is what the new orders cost. */
  Void receivables() throws SQLException {
    books.same(
        "receivables less new orders",
        0,
        number(
            "WITH owed AS (SELECT COALESCE(SUM(amount_cents), 0) AS cents FROM ledger"
                + " WHERE account = 'RECEIVABLE'), fresh AS (SELECT COALESCE(SUM(total_cents), 0)"
                + " AS cents FROM orders WHERE status = 'NEW')"
                + " SELECT owed.cents - fresh.cents FROM owed, fresh"));
    return null;
  }

  /** Products by pieces sold. */
  Void bestSellers(int atLeast) throws SQLException {
    String sql =
        "SELECT p.sku, SUM(l.qty) AS pieces, COUNT(*) AS times FROM product p"
            + " JOIN order_line l ON l.product_id = p.id WHERE p.id % 10 = "
            + atLeast % 10
            + " GROUP BY p.sku HAVING SUM(l.qty) >= "
            + atLeast
            + " ORDER BY pieces DESC, p.sku";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      long previous = Long.MAX_VALUE;
      while (row.next()) {
        long pieces = row.getLong("pieces");
        books.holds("best sellers not sorted", pieces <= previous);
        books.holds("best seller below " + atLeast, pieces >= atLeast);
        books.holds("fewer pieces than times", pieces >= row.getLong("times"));
        previous = pieces;
      }
    }
    return null;
  }

  /** Turnover by city, and the same without cities, in one statement. */
  Void turnoverByCity() throws SQLException {
    String sql =
        "SELECT c.city, COUNT(*), SUM(o.total_cents) FROM orders o JOIN customer c"
            + " ON c.id = o.customer_id GROUP BY c.city"
            + " UNION ALL SELECT NULL, -COUNT(*), -SUM(total_cents) FROM orders";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      long count = 0;
      long cents = 0;
      while (row.next()) {
        books.holds("city with orders below zero", row.getString(1) == null || row.getLong(2) > 0);
        count += row.getLong(2);
        cents += row.getLong(3);
      }
      books.same("orders by city", 0, count);
      books.same("turnover by city", 0, cents);
    }
    return null;
  }

  /** Several statements of one transaction: they must all see the same state. */
  Void closing() throws SQLException {
    long orders = number("SELECT COUNT(*) FROM orders");
    long turnover = number("SELECT COALESCE(SUM(total_cents), 0) FROM orders");
    long byStatus = 0;
    long cents = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT status, COUNT(*), SUM(total_cents) FROM orders GROUP BY status")) {
      while (row.next()) {
        byStatus += row.getLong(2);
        cents += row.getLong(3);
      }
    }
    books.same("orders by status in one transaction", orders, byStatus);
    books.same("turnover by status in one transaction", turnover, cents);
    books.same(
        "ledger in one transaction",
        0,
        number("SELECT COALESCE(SUM(amount_cents), 0) FROM ledger"));
    return null;
  }

  /** Every order and every product, in one statement each: for the evening. */
  void everything() throws SQLException {
    books.same(
        "orders whose total is not the sum of their lines",
        0,
        number(
            "SELECT COUNT(*) FROM orders o WHERE o.total_cents <> (SELECT"
                + " COALESCE(SUM(l.qty * l.price_cents), 0) FROM order_line l"
                + " WHERE l.order_id = o.id)"));
    books.same(
        "products whose stock and sold goods do not add up",
        0,
        number(
            "SELECT COUNT(*) FROM product p WHERE p.initial_stock + (SELECT COALESCE(SUM(r.qty), 0)"
                + " FROM restock r WHERE r.product_id = p.id) <> p.stock + (SELECT"
                + " COALESCE(SUM(l.qty), 0) FROM order_line l JOIN orders o ON o.id = l.order_id"
                + " WHERE l.product_id = p.id AND o.status <> 'CANCELLED')"));
    ledger();
    payments();
    receivables();
    turnoverByCity();
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      books.holds("no row from " + sql, row.next());
      return row.getLong(1);
    }
  }
}
