package com.acme.orderdesk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Somebody who only reads: products, orders, pages of orders, searches, reports. */
final class Browser extends Worker {

  private static final String SUM_OF_LINES =
      "(SELECT COALESCE(SUM(l.qty * l.price_cents), 0) FROM order_line l WHERE l.order_id = o.id)";

  Browser(
      Options options,
      ConnectionSource source,
      int number,
      CountDownLatch closingTime,
      Books books) {
    super(source, number, options.seed() * 7_919 + 500 + number, closingTime, books);
  }

  @Override
  void work(Session session) throws SQLException {
    int jobs = 1 + random.nextInt(8);
    for (int i = 0; i < jobs; i++) {
      int dice = random.nextInt(100);
      if (dice < 30) {
        read(() -> product(session));
      } else if (dice < 45) {
        read(() -> order(session));
      } else if (dice < 57) {
        read(() -> page(session.connection()));
      } else if (dice < 69) {
        read(() -> search(session.connection()));
      } else if (dice < 77) {
        read(() -> stock(session));
      } else if (dice < 85) {
        read(() -> customerWithOrders(session));
      } else if (dice < 90) {
        read(() -> openOrders(session.connection()));
      } else {
        Reports reports = new Reports(session.connection(), books);
        report(reports, session.connection());
      }
    }
  }

  private void report(Reports reports, Connection connection) throws SQLException {
    switch (random.nextInt(6)) {
      case 0:
        read(reports::ledger);
        break;
      case 1:
        read(reports::payments);
        break;
      case 2:
        read(reports::receivables);
        break;
      case 3:
        int atLeast = 1 + random.nextInt(20);
        read(() -> reports.bestSellers(atLeast));
        break;
      case 4:
        read(reports::turnoverByCity);
        break;
      default:
        readTogether(connection, reports::closing);
        break;
    }
  }

  /** A point select: one product and its label. */
  private Void product(Session session) throws SQLException {
    int id = 1 + random.nextInt(SeedData.PRODUCTS);
    PreparedStatement select =
        session.prepare(
            "SELECT sku, name, price_cents, stock, label, label_crc FROM product WHERE id = ?");
    select.setInt(1, id);
    try (ResultSet row = select.executeQuery()) {
      books.holds("product " + id + " not found", row.next());
      books.holds(
          "product " + id + " has sku " + row.getString("sku"),
          SeedData.sku(id).equals(row.getString("sku")));
      books.holds("price of product " + id + " not positive", row.getLong("price_cents") > 0);
      books.holds("stock of product " + id + " negative", row.getInt("stock") >= 0);
      books.same(
          "label of product " + id, row.getLong("label_crc"), SeedData.crc(row.getBytes("label")));
    }
    return null;
  }

  /** A join: an order with its lines and their products; every row carries the order's total. */
  private Void order(Session session) throws SQLException {
    PreparedStatement select =
        session.prepare(
            "SELECT o.id, o.total_cents, l.qty * l.price_cents, p.name, c.name"
                + " FROM orders o JOIN customer c ON c.id = o.customer_id"
                + " JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id"
                + " WHERE o.id = (SELECT MAX(id) - ? FROM orders) ORDER BY l.line_no");
    select.setInt(1, random.nextInt(200));
    long sum = 0;
    long total = 0;
    long id = 0;
    select.execute();
    try (ResultSet row = select.getResultSet()) {
      while (row.next()) {
        id = row.getLong(1);
        total = row.getLong(2);
        sum += row.getLong(3);
      }
    }
    books.same("sum of the lines of order " + id, total, sum);
    return null;
  }

  /** Stock and sold goods against the first stock and what was restocked. */
  private Void stock(Session session) throws SQLException {
    int id = 1 + random.nextInt(SeedData.PRODUCTS);
    PreparedStatement select =
        session.prepare(
            "SELECT p.initial_stock + (SELECT COALESCE(SUM(r.qty), 0) FROM restock r"
                + " WHERE r.product_id = p.id), p.stock + (SELECT COALESCE(SUM(l.qty), 0)"
                + " FROM order_line l JOIN orders o ON o.id = l.order_id"
                + " WHERE l.product_id = p.id AND o.status <> 'CANCELLED')"
                + " FROM product p WHERE p.id = ?");
    select.setInt(1, id);
    try (ResultSet row = select.executeQuery()) {
      books.holds("product " + id + " not found", row.next());
      books.same("stock + sold of product " + id, row.getLong(1), row.getLong(2));
    }
    return null;
  }

  /** A page of the newest orders, the page number written into the text. */
  private Void page(Connection connection) throws SQLException {
    int size = 10 + random.nextInt(3) * 5;
    String sql =
        "SELECT o.id, o.total_cents, "
            + SUM_OF_LINES
            + " FROM orders o ORDER BY o.id DESC LIMIT "
            + size
            + " OFFSET "
            + size * random.nextInt(10);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(size);
      try (ResultSet row = statement.executeQuery(sql)) {
        long previous = Long.MAX_VALUE;
        while (row.next()) {
          long id = row.getLong(1);
          books.same("total of order " + id + " on its page", row.getLong(2), row.getLong(3));
          books.holds("order " + id + " out of order on its page", id < previous);
          previous = id;
        }
      }
    }
    return null;
  }

  /** A search by what was typed in, its text new nearly every time. */
  private Void search(Connection connection) throws SQLException {
    String city = SeedData.CITIES[random.nextInt(SeedData.CITIES.length)];
    int from = random.nextInt(SeedData.CUSTOMERS);
    String sql =
        "SELECT /* customer search */ id, name, city FROM customer WHERE city = '"
            + city.replace("'", "''")
            + "' AND name LIKE '%"
            + (char) ('a' + random.nextInt(26))
            + "%' AND id > "
            + from
            + " ORDER BY name, id -- typed in";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        books.holds("search from " + from + " found " + row.getInt(1), row.getInt(1) > from);
        books.holds(
            "search in " + city + " found " + row.getString(3), city.equals(row.getString(3)));
      }
    }
    return null;
  }

  /** Nested result sets: a customer's orders, and for each of them its lines. */
  private Void customerWithOrders(Session session) throws SQLException {
    int customer = 1 + random.nextInt(SeedData.CUSTOMERS);
    PreparedStatement orders =
        session.prepare(
            "SELECT o.id, o.total_cents, "
                + SUM_OF_LINES
                + " FROM orders o WHERE o.customer_id = ? ORDER BY o.id DESC LIMIT 5");
    PreparedStatement lines =
        session.prepare(
            "SELECT l.qty, l.price_cents, l.qty * l.price_cents FROM order_line l"
                + " WHERE l.order_id = ?");
    orders.setInt(1, customer);
    try (ResultSet order = orders.executeQuery()) {
      while (order.next()) {
        long id = order.getLong(1);
        books.same("total of order " + id, order.getLong(2), order.getLong(3));
        lines.setLong(1, id);
        try (ResultSet line = lines.executeQuery()) {
          while (line.next()) {
            long product = line.getLong(1) * line.getLong(2);
            books.same("line of order " + id, product, line.getLong(3));
          }
        }
      }
    }
    return null;
  }

  /** A view, limited by the statement. */
  private Void openOrders(Connection connection) throws SQLException {
    int floor = random.nextInt(100_000);
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT reference, customer, total_cents FROM open_orders WHERE total_cents >= %d"
                + " ORDER BY id DESC",
            floor);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setMaxRows(15);
      try (ResultSet row = statement.executeQuery()) {
        int rows = 0;
        while (row.next()) {
          rows++;
          books.holds("open order below " + floor, row.getLong("total_cents") >= floor);
          books.holds("open order without customer", row.getString("customer") != null);
        }
        books.holds("more rows than asked for: " + rows, rows <= 15);
      }
    }
    return null;
  }
}
