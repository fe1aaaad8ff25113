package io.rwsplit.engine;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * Where a URL points: a file, a database on servers, or memory. Thread-safe.
 *
 * <p>A file that did not exist when the URL was parsed is resolved anew at each comparison until it
 * does: a symbolic link may have come into being with it. From then on the location is fixed, so
 * that a link which is turned to another file later does not carry the master's role with it.
 */
final class Location {
  private enum Kind {
    FILE,
    SERVERS,
    /** A database in memory that several connections of one JVM may share by its name. */
    MEMORY,
    /** A database of one connection only: temporary, unnamed in memory, copied from a resource. */
    PRIVATE
  }

  private final Kind kind;
  private final File named;
  private final List<Host> hosts;
  private final String database;
  private final String variant;
  private volatile File canonical;

  private Location(Kind kind, File named, List<Host> hosts, String database, String variant) {
    this.kind = kind;
    this.named = named;
    this.hosts = hosts;
    this.database = database;
    this.variant = variant;
  }

  static Location file(File named) throws UrlFault {
    Location location =
        new Location(Kind.FILE, named, Collections.<Host>emptyList(), named.getName(), "");
    try {
      location.resolve();
    } catch (IOException | RuntimeException e) {
      throw new UrlFault("its file name cannot be resolved");
    }
    return location;
  }

  /**
   * @param variant what else decides where a connection ends: the wanted server role, a socket path
   */
  static Location servers(List<Host> hosts, String database, String variant) {
    return new Location(Kind.SERVERS, null, Collections.unmodifiableList(hosts), database, variant);
  }

  static Location memory(String name) {
    return new Location(Kind.MEMORY, null, Collections.<Host>emptyList(), name, "");
  }

  static Location ofOneConnection() {
    return new Location(Kind.PRIVATE, null, Collections.<Host>emptyList(), "", "");
  }

  boolean isFile() {
    return kind == Kind.FILE;
  }

  boolean isInMemory() {
    return kind == Kind.MEMORY || kind == Kind.PRIVATE;
  }

  List<Host> hosts() {
    return hosts;
  }

  String database() {
    return database;
  }

  /** The canonical file; null for locations that are none. */
  File file() {
    if (kind != Kind.FILE) {
      return null;
    }
    try {
      return resolve();
    } catch (IOException | RuntimeException e) {
      return named.getAbsoluteFile();
    }
  }

  private File resolve() throws IOException {
    File known = canonical;
    if (known != null) {
      return known;
    }
    File resolved = named.getCanonicalFile();
    if (named.exists()) {
      canonical = resolved;
    }
    return resolved;
  }

  boolean isSameAs(Location other) {
    if (kind != other.kind) {
      return false;
    }
    switch (kind) {
      case FILE:
        return file().equals(other.file());
      case SERVERS:
        // A server URL without a database means the user's default, which it does not say.
        return !database.isEmpty()
            && database.equals(other.database)
            && hosts.equals(other.hosts)
            && variant.equals(other.variant);
      case MEMORY:
        return database.equals(other.database);
      default:
        return false;
    }
  }
}
