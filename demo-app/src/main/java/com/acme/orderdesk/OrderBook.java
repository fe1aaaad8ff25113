package com.acme.orderdesk;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The writes of the desk. Each method is the body of one transaction: the caller begins it before
 * and commits or rolls back after.
 */
final class OrderBook {

  /** What a customer asks for. Immutable once made. */
  static final class Draft {
    private final String reference;
    private final String clerk;
    private final int customerId;
    private final long placedAt;
    private final Map<Integer, Integer> quantities = new TreeMap<>();

    private Draft(String reference, String clerk, int customerId, long placedAt) {
      this.reference = reference;
      this.clerk = clerk;
      this.customerId = customerId;
      this.placedAt = placedAt;
    }

    static Draft random(String reference, String clerk, long placedAt, Random random) {
      Draft draft = new Draft(reference, clerk, 1 + random.nextInt(SeedData.CUSTOMERS), placedAt);
      int lines = 1 + random.nextInt(5);
      for (int i = 0; i < lines; i++) {
        draft.quantities.put(1 + random.nextInt(SeedData.PRODUCTS), 1 + random.nextInt(3));
      }
      return draft;
    }

    String reference() {
      return reference;
    }
  }

  private final Session session;

  OrderBook(Session session) {
    this.session = session;
  }

  /** Places an order, or returns null when something is out of stock: then roll back. */
  Order place(Draft draft) throws SQLException {
    if (!takeFromStock(draft)) {
      return null;
    }
    Map<Integer, Long> prices = prices(draft);
    long total = 0;
    for (Map.Entry<Integer, Integer> line : draft.quantities.entrySet()) {
      total += line.getValue() * prices.get(line.getKey());
    }
    long id = insertHeader(draft, total);
    insertLines(id, draft, prices);
    book(id, "RECEIVABLE", "REVENUE", total);
    return new Order(id, draft.reference, total, draft.quantities.size());
  }

  private boolean takeFromStock(Draft draft) throws SQLException {
    PreparedStatement take =
        session.prepare("UPDATE product SET stock = stock - ? WHERE id = ? AND stock >= ?");
    for (Map.Entry<Integer, Integer> line : draft.quantities.entrySet()) {
      take.setInt(1, line.getValue());
      take.setInt(2, line.getKey());
      take.setInt(3, line.getValue());
      take.addBatch();
    }
    for (int taken : take.executeBatch()) {
      if (taken == 0) {
        return false;
      }
    }
    return true;
  }

  private Map<Integer, Long> prices(Draft draft) throws SQLException {
    PreparedStatement price = session.prepare("SELECT price_cents FROM product WHERE id = ?");
    Map<Integer, Long> prices = new TreeMap<>();
    for (Integer product : draft.quantities.keySet()) {
      price.setInt(1, product);
      try (ResultSet row = price.executeQuery()) {
        row.next();
        prices.put(product, row.getLong(1));
      }
    }
    return prices;
  }

  private long insertHeader(Draft draft, long total) throws SQLException {
    PreparedStatement insert =
        session.prepareInsert(
            "INSERT INTO orders (reference, customer_id, clerk, status, total_cents, placed_at)"
                + " VALUES (?, ?, ?, 'NEW', ?, ?)");
    insert.setString(1, draft.reference);
    insert.setInt(2, draft.customerId);
    insert.setString(3, draft.clerk);
    insert.setLong(4, total);
    insert.setTimestamp(5, new Timestamp(draft.placedAt));
    insert.executeUpdate();
    try (ResultSet key = insert.getGeneratedKeys()) {
      key.next();
      return key.getLong(1);
    }
  }

  private void insertLines(long id, Draft draft, Map<Integer, Long> prices) throws SQLException {
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO order_line (order_id, line_no, product_id, qty, price_cents)"
                + " VALUES (?, ?, ?, ?, ?)");
    int lineNo = 0;
    for (Map.Entry<Integer, Integer> line : draft.quantities.entrySet()) {
      insert.setLong(1, id);
      insert.setInt(2, ++lineNo);
      insert.setInt(3, line.getKey());
      insert.setInt(4, line.getValue());
      insert.setLong(5, prices.get(line.getKey()));
      insert.addBatch();
    }
    insert.executeBatch();
  }

  /** Pays a new order; false when it is not new any more: then roll back. */
  boolean pay(long orderId, String method) throws SQLException {
    long total = totalOfNew(orderId);
    if (total < 0) {
      return false;
    }
    PreparedStatement pay =
        session.prepare("INSERT INTO payment (order_id, amount_cents, method) VALUES (?, ?, ?)");
    pay.setLong(1, orderId);
    pay.setLong(2, total);
    pay.setString(3, method);
    pay.executeUpdate();
    setStatus(orderId, "PAID");
    book(orderId, "CASH", "RECEIVABLE", total);
    return true;
  }

  /** Cancels a new order, its goods go back on the shelf; false when it is not new any more. */
  boolean cancel(long orderId) throws SQLException {
    long total = totalOfNew(orderId);
    if (total < 0) {
      return false;
    }
    setStatus(orderId, "CANCELLED");
    PreparedStatement putBack =
        session.prepare(
            "UPDATE product SET stock = stock + (SELECT SUM(l.qty) FROM order_line l"
                + " WHERE l.order_id = ? AND l.product_id = product.id)"
                + " WHERE id IN (SELECT product_id FROM order_line WHERE order_id = ?)");
    putBack.setLong(1, orderId);
    putBack.setLong(2, orderId);
    putBack.executeUpdate();
    book(orderId, "REVENUE", "RECEIVABLE", total);
    return true;
  }

  private long totalOfNew(long orderId) throws SQLException {
    PreparedStatement select =
        session.prepare("SELECT total_cents FROM orders WHERE id = ? AND status = 'NEW'");
    select.setLong(1, orderId);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  private void setStatus(long orderId, String status) throws SQLException {
    PreparedStatement update = session.prepare("UPDATE orders SET status = ? WHERE id = ?");
    update.setString(1, status);
    update.setLong(2, orderId);
    update.executeUpdate();
  }

  private void book(long orderId, String debit, String credit, long cents) throws SQLException {
    PreparedStatement insert =
        session.prepare("INSERT INTO ledger (account, order_id, amount_cents) VALUES (?, ?, ?)");
    insert.setString(1, debit);
    insert.setLong(2, orderId);
    insert.setLong(3, cents);
    insert.executeUpdate();
    insert.setString(1, credit);
    insert.setObject(2, orderId);
    insert.setLong(3, -cents);
    insert.executeUpdate();
  }

  /**
   * Fills up the shelves of one product, in SQL texts of its own as this part was written first.
   */
  void restock(int productId, int quantity) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.addBatch(
          "INSERT INTO restock (product_id, qty) VALUES (" + productId + ", " + quantity + ")");
      statement.addBatch(
          "UPDATE product SET stock = stock + " + quantity + " WHERE id = " + productId);
      statement.executeBatch();
      statement.executeUpdate(
          "INSERT INTO ledger (account, amount_cents) VALUES"
              + (" ('INVENTORY', " + quantity * 70L + "),")
              + (" ('SUPPLIER', " + -quantity * 70L + ")"));
    }
  }
}
