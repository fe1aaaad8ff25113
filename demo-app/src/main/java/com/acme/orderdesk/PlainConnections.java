package com.acme.orderdesk;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A new connection of {@link DriverManager} every time. */
final class PlainConnections implements ConnectionSource {

  private final String url;
  private final Properties properties;

  PlainConnections(String url, Properties properties) {
    this.url = url;
    this.properties = properties;
  }

  @Override
  public Connection connect() throws SQLException {
    Properties copy = new Properties();
    copy.putAll(properties);
    return DriverManager.getConnection(url, copy);
  }

  @Override
  public String describe() {
    return "DriverManager";
  }

  @Override
  public void close() {
    // every connection is closed by whoever opened it
  }
}
