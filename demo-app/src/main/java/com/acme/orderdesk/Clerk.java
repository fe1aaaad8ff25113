package com.acme.orderdesk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Somebody who writes: places, pays and cancels orders, and looks at each right afterwards. */
final class Clerk extends Worker {

  private static final int OPEN_AT_MOST = 50;

  private final String name;
  private final String day;
  private final int pauseMillis;
  private final ConcurrentLinkedQueue<Order> acknowledged;
  private final ArrayDeque<Order> open = new ArrayDeque<>();
  private int sequence;

  /**
   * @param day part of every reference, so that two days never share one
   * @param acknowledged receives every order whose commit returned
   */
  Clerk(
      Options options,
      ConnectionSource source,
      int number,
      String day,
      CountDownLatch closingTime,
      Books books,
      ConcurrentLinkedQueue<Order> acknowledged) {
    super(source, number, options.seed() * 1_000 + number, closingTime, books);
    this.name = "clerk-" + number;
    this.day = day;
    this.pauseMillis = options.pauseMillis();
    this.acknowledged = acknowledged;
  }

  @Override
  void work(Session session) throws SQLException {
    int dice = random.nextInt(100);
    if (dice < 50 || open.isEmpty()) {
      place(session);
    } else if (dice < 70 || open.size() > OPEN_AT_MOST) {
      pay(session);
    } else if (dice < 77) {
      cancel(session);
    } else if (dice < 84) {
      restock(session, 1 + random.nextInt(SeedData.PRODUCTS));
    } else if (dice < 89) {
      note(session);
    } else if (dice < 93) {
      changePrice(session);
    } else if (dice < 97) {
      changeOfMind(session);
    } else {
      duplicate(session);
    }
    if (pauseMillis > 0) {
      pause(pauseMillis);
    }
  }

  private OrderBook.Draft draft() {
    String reference = name + "/" + day + "/" + ++sequence;
    return OrderBook.Draft.random(reference, name, System.currentTimeMillis(), random);
  }

  private void place(Session session) throws SQLException {
    OrderBook.Draft draft = draft();
    Order order = transaction(session.connection(), () -> new OrderBook(session).place(draft));
    if (order == null) {
      restock(session, 1 + random.nextInt(SeedData.PRODUCTS));
      return;
    }
    acknowledged.add(order);
    open.add(order);
    books.order();
    lookAt(session, order, "NEW");
  }

  private void pay(Session session) throws SQLException {
    Order order = open.poll();
    String method = random.nextBoolean() ? "card" : "cash";
    Boolean paid =
        transaction(
            session.connection(),
            () -> new OrderBook(session).pay(order.id(), method) ? Boolean.TRUE : null);
    books.holds(order + ": own new order not found when paying", paid != null);
    lookAt(session, order, "PAID");
  }

  private void cancel(Session session) throws SQLException {
    Order order = open.pollLast();
    Boolean cancelled =
        transaction(
            session.connection(),
            () -> new OrderBook(session).cancel(order.id()) ? Boolean.TRUE : null);
    books.holds(order + ": own new order not found when cancelling", cancelled != null);
    lookAt(session, order, "CANCELLED");
  }

  private void restock(Session session, int product) throws SQLException {
    int quantity = 100 + random.nextInt(200);
    transaction(
        session.connection(),
        () -> {
          new OrderBook(session).restock(product, quantity);
          return Boolean.TRUE;
        });
  }

  /** One insert in autocommit mode, found again at once. */
  private void note(Session session) throws SQLException {
    String reference = name + "/" + day + "/n" + ++sequence;
    PreparedStatement insert =
        session.prepare("INSERT INTO contact (reference, customer_id, note) VALUES (?, ?, ?)");
    insert.setString(1, reference);
    insert.setInt(2, 1 + random.nextInt(SeedData.CUSTOMERS));
    insert.setString(3, "called back, said \"it's fine; select nothing from nowhere\"");
    write(insert::executeUpdate);
    read(
        () -> {
          PreparedStatement select =
              session.prepare("SELECT COUNT(*) FROM contact WHERE reference = ?");
          select.setString(1, reference);
          try (ResultSet row = select.executeQuery()) {
            row.next();
            books.same("own note " + reference, 1, row.getLong(1));
          }
          return null;
        });
  }

  /** One update in autocommit mode, its text new every time. */
  private void changePrice(Session session) throws SQLException {
    int product = 1 + random.nextInt(SeedData.PRODUCTS);
    int cents = 100 + random.nextInt(50_000);
    try (Statement statement = session.connection().createStatement()) {
      int changed =
          write(
              () ->
                  statement.executeUpdate(
                      "UPDATE product SET price_cents = " + cents + " WHERE id = " + product));
      books.same("products with a new price", 1, changed);
    }
  }

  /** The customer hangs up before the commit. */
  private void changeOfMind(Session session) throws SQLException {
    OrderBook.Draft draft = draft();
    transaction(
        session.connection(),
        () -> {
          Order order = new OrderBook(session).place(draft);
          if (order != null) {
            checkOrder(session, order, "NEW", "inside its transaction");
          }
          return null;
        });
    read(
        () -> {
          PreparedStatement select =
              session.prepare("SELECT COUNT(*) FROM orders WHERE reference = ?");
          select.setString(1, draft.reference());
          try (ResultSet row = select.executeQuery()) {
            row.next();
            books.same("rolled back order " + draft.reference(), 0, row.getLong(1));
          }
          return null;
        });
  }

  /** Enters an order a second time: the database must refuse it. */
  private void duplicate(Session session) throws SQLException {
    Order order = open.peek();
    Boolean refused =
        transaction(
            session.connection(),
            () -> {
              try (Statement statement = session.connection().createStatement()) {
                statement.executeUpdate(
                    "INSERT INTO orders (reference, customer_id, clerk, status, total_cents,"
                        + " placed_at) VALUES ('"
                        + order.reference()
                        + "', 1, 'nobody', 'NEW', 1, 0)");
                return Boolean.FALSE;
              } catch (SQLException e) {
                if (String.valueOf(e.getMessage()).contains("UNIQUE")) {
                  return null;
                }
                throw e;
              }
            });
    books.holds(order + " was accepted a second time", refused == null);
    lookAt(session, order, "NEW");
  }

  /** Looks at an own order right after its commit: over this connection, then over another. */
  private void lookAt(Session session, Order order, String status) throws SQLException {
    read(
        () -> {
          checkOrder(session, order, status, "over the connection that wrote it");
          return null;
        });
    try (Connection second = anotherConnection();
        Session other = new Session(second)) {
      read(
          () -> {
            checkOrder(other, order, status, "over another connection");
            return null;
          });
    }
  }

  private void checkOrder(Session session, Order order, String status, String where)
      throws SQLException {
    PreparedStatement select =
        session.prepare(
            "SELECT o.id, o.status, o.total_cents, o.clerk,"
                + " (SELECT SUM(l.qty * l.price_cents) FROM order_line l WHERE l.order_id = o.id),"
                + " (SELECT COUNT(*) FROM order_line l WHERE l.order_id = o.id)"
                + " FROM orders o WHERE o.reference = ?");
    select.setString(1, order.reference());
    try (ResultSet row = select.executeQuery()) {
      boolean found = row.next();
      books.holds("own " + order + " not visible " + where, found);
      if (!found) {
        return;
      }
      books.same("id of own " + order + " " + where, order.id(), row.getLong(1));
      String read = row.getString(2);
      books.holds(
          "own " + order + " is " + read + ", not " + status + ", " + where, status.equals(read));
      books.same("total of own " + order + " " + where, order.totalCents(), row.getLong(3));
      books.holds("own " + order + " is of " + row.getString(4), name.equals(row.getString(4)));
      books.same("lines' sum of own " + order + " " + where, order.totalCents(), row.getLong(5));
      books.same("lines of own " + order + " " + where, order.lines(), row.getInt(6));
      books.holds("own " + order + " is there twice", !row.next());
    }
  }
}
