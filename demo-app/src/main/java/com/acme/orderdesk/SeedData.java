package com.acme.orderdesk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Random;
import java.util.zip.CRC32;

/** What the desk knows on its first day: customers, products and some orders. */
final class SeedData {

  static final int CUSTOMERS = 400;
  static final int PRODUCTS = 120;
  static final String[] CITIES = {
    "Lyon", "Graz", "Turku", "Brno", "Porto", "Cork", "Aarhus", "'s-Hertogenbosch"
  };

  private static final long FIRST_DAY = 1_262_304_000_000L;
  private static final int ORDERS = 250;
  private static final String[] FIRST = {
    "Ada", "Boris", "Chloe", "Dmitri", "Elif", "Femke", "Gor", "Zoë"
  };
  private static final String[] LAST = {
    "O'Brien", "Novák", "Silva", "Müller", "de Vries", "Lindqvist"
  };
  private static final String[] THINGS = {
    "Bolt", "Lamp", "Crate", "Valve", "Ladder", "Rope", "Hinge"
  };

  private SeedData() {}

  static void insert(Connection connection, long seed) throws SQLException {
    Random random = new Random(seed);
    connection.setAutoCommit(false);
    try {
      insertCustomers(connection, random);
      insertProducts(connection, random);
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    try (Session session = new Session(connection)) {
      insertOrders(session, random);
    }
  }

  private static void insertCustomers(Connection connection, Random random) throws SQLException {
    String sql =
        "INSERT INTO customer (id, name, city, email, discount, since) VALUES (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int id = 1; id <= CUSTOMERS; id++) {
        insert.setInt(1, id);
        insert.setString(2, pick(FIRST, random) + " " + pick(LAST, random));
        insert.setString(3, pick(CITIES, random));
        insert.setString(4, "customer" + id + "@example.com");
        if (id % 5 == 0) {
          insert.setNull(5, Types.DOUBLE);
        } else {
          insert.setDouble(5, random.nextInt(20) / 100.0);
        }
        insert.setTimestamp(6, new Timestamp(FIRST_DAY + id * 86_400_000L));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void insertProducts(Connection connection, Random random) throws SQLException {
    String sql =
        "INSERT INTO product (id, sku, name, price_cents, stock, initial_stock, label, label_crc)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int id = 1; id <= PRODUCTS; id++) {
        int stock = 50 + random.nextInt(100);
        byte[] label = new byte[64 + random.nextInt(64)];
        random.nextBytes(label);
        insert.setInt(1, id);
        insert.setString(2, sku(id));
        insert.setString(3, pick(THINGS, random) + " no. " + id);
        insert.setLong(4, 100 + random.nextInt(50_000));
        insert.setInt(5, stock);
        insert.setInt(6, stock);
        insert.setBytes(7, label);
        insert.setLong(8, crc(label));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void insertOrders(Session session, Random random) throws SQLException {
    Connection connection = session.connection();
    connection.setAutoCommit(false);
    try {
      OrderBook book = new OrderBook(session);
      for (int i = 1; i <= ORDERS; i++) {
        OrderBook.Draft draft =
            OrderBook.Draft.random(String.format("seed-%04d", i), "founder", FIRST_DAY + i, random);
        Order order = book.place(draft);
        if (order == null) {
          throw new IllegalStateException("the first stock does not cover order " + i);
        }
        if (i % 3 == 0) {
          book.pay(order.id(), "cash");
        }
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  static String sku(int productId) {
    return String.format("SKU-%05d", productId);
  }

  static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length);
    return crc.getValue();
  }

  private static String pick(String[] words, Random random) {
    return words[random.nextInt(words.length)];
  }
}
