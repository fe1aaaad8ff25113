package com.acme.orderdesk;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Connections of a HikariCP pool. */
final class PooledConnections implements ConnectionSource {

  private final HikariDataSource dataSource;

  PooledConnections(String url, Properties properties, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("orderdesk");
    config.setJdbcUrl(url);
    config.setDataSourceProperties(properties);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(size, 4));
    dataSource = new HikariDataSource(config);
  }

  @Override
  public Connection connect() throws SQLException {
    return dataSource.getConnection();
  }

  @Override
  public String describe() {
    return "HikariCP";
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
