package io.rwsplit.core;

import io.rwsplit.pool.Connector;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens readers of one replica like the application's connections of one kind. Thread-safe. */
final class ReplicaConnector implements Connector {
  private final AppDriver driver;
  private final int replica;
  private final String url;
  private final Properties properties;

  ReplicaConnector(AppDriver driver, int replica, String url, Properties properties) {
    this.driver = driver;
    this.replica = replica;
    this.url = url;
    this.properties = properties;
  }

  @Override
  public Connection open() throws SQLException {
    return driver.openReader(replica, url, properties);
  }

  @Override
  public String validationQuery() {
    return driver.validationQuery();
  }

  @Override
  public Connection open(Path file) throws SQLException {
    return driver.openReader(replica, file, url, properties);
  }
}
