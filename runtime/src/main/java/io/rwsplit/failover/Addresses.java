package io.rwsplit.failover;

import io.rwsplit.engine.Engine;
import io.rwsplit.engine.Host;
import io.rwsplit.engine.JdbcUrl;
import java.util.List;

/** Addresses of servers in one spelling, so that they can be compared. Stateless. */
final class Addresses {
  private Addresses() {}

  /** {@code host:port} of a URL's only host; empty when it has several. */
  static String of(JdbcUrl url) {
    List<Host> hosts = url.hosts();
    return hosts.size() == 1 ? hosts.get(0).toString() : "";
  }

  /** The same of what a server says; null when it says nothing of use. */
  static String of(String host, String port) {
    if (host == null || host.isEmpty() || port == null) {
      return null;
    }
    String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    JdbcUrl url =
        JdbcUrl.parse(Engine.POSTGRESQL.urlPrefix() + "//" + bracketed + ':' + port + "/");
    String address = of(url);
    return address.isEmpty() ? null : address;
  }
}
