package io.rwsplit.jdbc;

/**
 * The hook of a connection of which a fault has kept anybody from learning where it leads: it runs
 * as written, and whatever it does may have written to any master. Thread-safe.
 */
final class UnadoptedConnection extends UnseenConnection {
  private final ConnectionManager manager;

  UnadoptedConnection(ConnectionManager manager) {
    this.manager = manager;
  }

  @Override
  void ran() {
    manager.missed();
  }

  @Override
  void runs() {
    manager.missed();
  }
}
