package io.rwsplit.alert;

import java.io.IOException;

/** A sink behind a network. One attempt has a bounded time, whatever the other side does. */
abstract class RemoteSink extends Sink {
  private static final int ATTEMPTS = 5;

  private final long timeout;
  private volatile Wire open;

  /**
   * @param timeout of one attempt, in nanoseconds; name look-up left out
   */
  RemoteSink(String name, long timeout) {
    super(name, ATTEMPTS);
    this.timeout = timeout;
  }

  /** Delivers over a connection that is not connected yet. */
  abstract String deliver(Notice notice, Wire wire) throws IOException;

  abstract String host();

  abstract int port();

  @Override
  protected final String deliver(Notice notice) throws IOException {
    try (Wire wire = Wire.to(host(), port(), System.nanoTime() + timeout)) {
      open = wire;
      return deliver(notice, wire);
    } finally {
      open = null;
    }
  }

  @Override
  final void cutOff(long now) {
    Wire known = open;
    if (known != null) {
      known.cutOff(now);
    }
  }
}
