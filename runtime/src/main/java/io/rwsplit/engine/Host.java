package io.rwsplit.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * A server's address in one spelling, so that two URLs can be compared without asking any name
 * service. Immutable.
 *
 * <p>Names are in lower case without a final dot; IPv6 literals are in their full form; {@code
 * 127.0.0.1} and {@code ::1} are {@code localhost}, because drivers and data sources exchange the
 * three freely. Two different servers of one engine on the same port of the two loopback addresses
 * are therefore taken for one. Nothing else is equated: a host's name and its address differ, and
 * so do the other addresses of 127/8.
 */
public final class Host {
  private static final String LOOPBACK = "localhost";

  private final String name;
  private final int port;

  private Host(String name, int port) {
    this.name = name;
    this.port = port;
  }

  /** The name or address, normalised; IPv6 without brackets. */
  public String name() {
    return name;
  }

  /** The port, 1 to 65535. */
  public int port() {
    return port;
  }

  /** The address of a name or literal, IPv6 without brackets, and a port, as it is. */
  public static Host of(String name, int port) {
    return new Host(normalise(name.trim()), port);
  }

  /** Parses {@code host}, {@code host:port}, {@code [v6]:port}; empty parts mean the defaults. */
  static Host parse(String text, int defaultPort) throws UrlFault {
    String host = text.trim();
    int port = defaultPort;
    int colon = host.lastIndexOf(':');
    if (colon >= 0 && colon > host.lastIndexOf(']') && host.indexOf(':') == firstPortColon(host)) {
      port = port(host.substring(colon + 1), defaultPort);
      host = host.substring(0, colon);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (holdsAny(host, "[]()=@")) {
      throw new UrlFault("its host is written in a form that is not matched");
    }
    return new Host(normalise(host), port);
  }

  private static boolean holdsAny(String text, String characters) {
    for (int i = 0; i < characters.length(); i++) {
      if (text.indexOf(characters.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** A bare IPv6 literal has several colons and no port; anything else has at most one. */
  private static int firstPortColon(String host) {
    return host.startsWith("[") ? host.indexOf(':') : host.lastIndexOf(':');
  }

  private static int port(String digits, int defaultPort) throws UrlFault {
    if (digits.isEmpty()) {
      return defaultPort;
    }
    try {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new UrlFault("its port is not a number");
    }
    throw new UrlFault("its port is not between 1 and 65535");
  }

  private static String normalise(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.indexOf(':') >= 0) {
      name = expandIpv6(name);
    }
    boolean loopback = name.isEmpty() || name.equals("127.0.0.1") || name.equals("0:0:0:0:0:0:0:1");
    return loopback ? LOOPBACK : name;
  }

  /**
   * Of text with a colon {@code InetAddress} parses literals only and never asks a name service.
   */
  private static String expandIpv6(String literal) {
    try {
      return InetAddress.getByName(literal).getHostAddress();
    } catch (UnknownHostException | RuntimeException e) {
      return literal;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Host && ((Host) other).port == port && ((Host) other).name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + port;
  }

  @Override
  public String toString() {
    return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
  }
}
