package com.acme.orderdesk;

import java.io.File;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Where the desk gets its connections. Thread-safe. */
interface ConnectionSource extends AutoCloseable {

  /** A connection in autocommit mode, to be closed by the caller. */
  Connection connect() throws SQLException;

  /** A word for the report. */
  String describe();

  @Override
  void close();

  static ConnectionSource of(Options options) {
    createDirectory(options.url());
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", Integer.toString(options.timeoutMillis()));
    if (!options.journal().isEmpty()) {
      properties.setProperty("journal_mode", options.journal().toUpperCase(java.util.Locale.ROOT));
    }
    if (options.pool() == Options.Pool.HIKARI) {
      // A clerk checks an order over a second connection while holding the first.
      int size = 2 * options.clerks() + options.browsers() + 2;
      return new PooledConnections(options.url(), properties, size);
    }
    return new PlainConnections(options.url(), properties);
  }

  /** Creates the directory of the database file; a {@code file:} URI is left to the database. */
  static void createDirectory(String url) {
    String file = url.substring(Options.URL_PREFIX.length());
    int query = file.indexOf('?');
    File directory = new File(query < 0 ? file : file.substring(0, query)).getParentFile();
    if (directory != null && !file.startsWith("file:") && !directory.isDirectory()) {
      directory.mkdirs();
    }
  }
}
