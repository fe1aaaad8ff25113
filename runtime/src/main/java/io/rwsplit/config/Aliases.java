package io.rwsplit.config;

import java.util.Locale;
import java.util.Map;

/**
 * Names that read/write splitting is often configured by, taken for properties of ours where {@code
 * MASTER_DB_PATH} and {@code SLAVE_DB_PATHS} are among them. Stateless.
 */
enum Aliases {
  READ_WRITE_SPLITTING_ENABLED(Property.ENABLED),
  MASTER_DB_PATH(Property.MASTER),
  MASTER_DB_MAX_CONNECTIONS(Property.POOL_MASTER_MAX),
  SLAVE_DB_PATHS(Property.REPLICAS),
  SLAVE_DB_MAX_CONNECTIONS(Property.POOL_REPLICA_MAX),
  ROUTE_STRATEGY(Property.STRATEGY),
  REPLICATION_LAG_CHECK_INTERVAL(Property.POSITION_INTERVAL),
  MAX_REPLICATION_LAG(Property.LAG_MAX),
  REPLICATION_LAG_ALERT_THRESHOLD(Property.LAG_ALERT),
  FAILOVER_ENABLED(Property.FAILOVER),
  SLAVE_HEALTH_CHECK_INTERVAL(Property.HEALTH_INTERVAL),
  SLAVE_FAILURE_THRESHOLD(Property.HEALTH_FAILURES),
  READ_AFTER_WRITE_FROM_MASTER(Property.READ_AFTER_WRITE),
  READ_AFTER_WRITE_WINDOW(Property.READ_AFTER_WRITE_WINDOW);

  private static final String SQLITE = "jdbc:sqlite:";
  private static final int LEAST_MASTER_CONNECTIONS = 6;
  private static final int MOST_CHECK_MILLIS = 10_000;

  final Property property;

  Aliases(Property property) {
    this.property = property;
  }

  /** True when the name is one of them. */
  static boolean isOne(String name) {
    for (Aliases alias : values()) {
      if (alias.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The value as the property has it: paths become URLs of SQLite, plain numbers milliseconds, and
   * what is below our least is raised to it.
   *
   * @param all values of all of these names
   */
  String translate(Map<String, String> all) {
    String value = all.get(name()).trim();
    switch (this) {
      case MASTER_DB_PATH:
        return url(value);
      case SLAVE_DB_PATHS:
        return urls(value);
      case MASTER_DB_MAX_CONNECTIONS:
        // They are our own connections; the application keeps its own limits.
        return isNumber(value) && value.length() < 9
            ? String.valueOf(Math.max(LEAST_MASTER_CONNECTIONS, Integer.parseInt(value)))
            : value;
      case ROUTE_STRATEGY:
        return value.replace('-', '_');
      case FAILOVER_ENABLED:
        return failover(value, url(all.get(MASTER_DB_PATH.name()).trim()));
      case REPLICATION_LAG_CHECK_INTERVAL:
        return isNumber(value) && value.length() < 9
            ? Math.min(MOST_CHECK_MILLIS, Math.max(1, Integer.parseInt(value))) + "ms"
            : value;
      default:
        boolean time =
            property.kind() == PropertyKind.DURATION || property.kind() == PropertyKind.PERIOD;
        // A negative one is said to be negative, not to lack a unit.
        return time && isNumber(value.startsWith("-") ? value.substring(1) : value)
            ? value + "ms"
            : value;
    }
  }

  /** Reads fail over without being told to; writes only where servers replicate. */
  private static String failover(String value, String master) {
    if (value.equalsIgnoreCase("true")) {
      return master.startsWith(SQLITE) || master.startsWith("jdbc:h2:") ? "off" : "follow";
    }
    return value.equalsIgnoreCase("false") ? "off" : value;
  }

  private static String urls(String paths) {
    if (paths.toLowerCase(Locale.ROOT).startsWith("jdbc:")) {
      return paths;
    }
    StringBuilder urls = new StringBuilder();
    for (String path : paths.split(",", -1)) {
      if (!path.trim().isEmpty()) {
        urls.append(urls.length() == 0 ? "" : ",").append(url(path.trim()));
      }
    }
    return urls.toString();
  }

  private static String url(String path) {
    boolean isUrl = path.isEmpty() || path.toLowerCase(Locale.ROOT).startsWith("jdbc:");
    return isUrl ? path : SQLITE + path;
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
