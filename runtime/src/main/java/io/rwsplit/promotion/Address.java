package io.rwsplit.promotion;

import java.util.Locale;

/** Host and port under which servers reach each other. Immutable. */
public final class Address {
  private final String host;
  private final int port;

  /**
   * Makes one.
   *
   * @param host a name or an address, without brackets
   */
  public Address(String host, int port) {
    // "localhost" would make MariaDB and MySQL use a socket file.
    this.host = host.equalsIgnoreCase("localhost") ? "127.0.0.1" : host.toLowerCase(Locale.ROOT);
    this.port = port;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address
        && port == ((Address) other).port
        && host.equals(((Address) other).host);
  }

  @Override
  public int hashCode() {
    return host.hashCode() * 31 + port;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
