package io.rwsplit.pool;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.Socket;
import java.sql.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the socket below a driver's connection, where {@code Connection.abort} does not do that at
 * once: MariaDB Connector/J reads from it first, and since JDK 13 that waits for whoever reads
 * already ({@code StandardClient.closeSocket}, {@code NioSocketImpl}). Stateless.
 */
final class Sockets {
  /** From the connection of MariaDB Connector/J 3 and 4 to its socket. */
  private static final String[] PATH = {"client", "socket"};

  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

  private Sockets() {}

  /** Closes it if the connection is such a one; a reader fails at once. */
  static void close(Connection connection) {
    Object found = connection;
    for (int i = 0; i < PATH.length && found != null; i++) {
      found = field(found, PATH[i]);
    }
    if (found instanceof Socket) {
      try {
        ((Socket) found).close();
      } catch (IOException e) {
        LOG.debug("closing a socket failed", e);
      }
    }
  }

  /** The value of a field of the object's class or a superclass; null when there is none. */
  private static Object field(Object holder, String name) {
    for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
      try {
        for (Field field : type.getDeclaredFields()) {
          if (field.getName().equals(name)) {
            field.setAccessible(true);
            return field.get(holder);
          }
        }
      } catch (ReflectiveOperationException | RuntimeException e) {
        // A driver in a module that lets nobody look.
        return null;
      }
    }
    return null;
  }
}
