package io.rwsplit.core;

import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.engine.ServerParameters;
import io.rwsplit.engine.SqlitePragmas;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * URLs and properties of connections of ours, made of those by which the application opens the
 * master. Immutable.
 */
final class OwnParameters {
  /** A replica that is busy for longer is no help: the master serves. */
  private static final String REPLICA_BUSY_MILLIS = "50";

  /** A server that does not answer a connection attempt for so long counts as gone. */
  private static final int CONNECT_SECONDS = 5;

  private final Engine engine;
  private final String replicaUser;
  private final String replicaPassword;

  /**
   * @param replicaUser of the replicas; null where the application's is theirs
   * @param replicaPassword null where the application's is
   */
  OwnParameters(Engine engine, String replicaUser, String replicaPassword) {
    this.engine = engine;
    this.replicaUser = replicaUser;
    this.replicaPassword = replicaPassword;
  }

  /** The application's own may be of a class of its, or hold objects of such. */
  static Properties plain(Properties application) {
    Properties copied = new Properties();
    for (String name : application.stringPropertyNames()) {
      copied.setProperty(name, application.getProperty(name));
    }
    return copied;
  }

  /** Parameters of a URL win over properties. */
  static String withoutCredentials(String url) {
    Map<String, String> credentials = new LinkedHashMap<>();
    credentials.put("user", null);
    credentials.put("password", null);
    return JdbcUrl.replaceParameters(url, credentials);
  }

  /** The URL of a replica with the application's parameters. */
  String replicaUrl(JdbcUrl replica, String application) {
    String url = replica.withParametersOf(JdbcUrl.parse(application));
    return replicaUser == null || !engine.isServer() ? url : withoutCredentials(url);
  }

  /** The properties of a connection that reads on a replica. */
  Properties forReplica(Properties application) {
    Properties chosen = forReading(application);
    if (engine == Engine.SQLITE) {
      chosen.setProperty("busy_timeout", REPLICA_BUSY_MILLIS);
    }
    if (replicaUser != null) {
      chosen.setProperty("user", replicaUser);
    }
    if (replicaPassword != null) {
      chosen.setProperty("password", replicaPassword);
    }
    return chosen;
  }

  /** Those that concern reading. */
  Properties forReading(Properties application) {
    Properties chosen = new Properties();
    boolean sqlite = engine == Engine.SQLITE;
    for (String name : application.stringPropertyNames()) {
      if (sqlite
          ? SqlitePragmas.isForReplicas(name.toLowerCase(Locale.ROOT))
          : ServerParameters.isForReplicas(name) && !name.equals(StartZone.PROPERTY)) {
        chosen.setProperty(name, application.getProperty(name));
      }
    }
    return chosen;
  }

  /**
   * The URL of a connection for short questions: every answer that takes longer than {@code
   * seconds} is a failure.
   *
   * @param properties lose what the URL says instead
   */
  String hurried(String url, Properties properties, int seconds) {
    if (engine == Engine.H2) {
      return url;
    }
    Map<String, String> limits = new LinkedHashMap<>();
    limits.put(
        "connectTimeout", "connectTimeout=" + Math.min(CONNECT_SECONDS, seconds) * timeUnit());
    limits.put("socketTimeout", "socketTimeout=" + seconds * timeUnit());
    for (String name : limits.keySet()) {
      properties.remove(name);
    }
    return JdbcUrl.replaceParameters(url, limits);
  }

  /**
   * Some drivers wait for ever for a server that accepts and says nothing; what they log in by is
   * limited by {@code socketTimeout} only (pgjdbc's {@code ConnectionFactoryImpl}).
   *
   * @return false when the application has set a limit of its own
   */
  boolean limit(String name, String url, Properties properties) {
    if (JdbcUrl.parse(url).parameter(name.toLowerCase(Locale.ROOT)) != null
        || properties.getProperty(name) != null) {
      return false;
    }
    properties.setProperty(name, String.valueOf(CONNECT_SECONDS * timeUnit()));
    return true;
  }

  /** Timeouts are seconds for pgjdbc, milliseconds for the others. */
  private int timeUnit() {
    return engine == Engine.POSTGRESQL ? 1 : 1000;
  }

  /** What makes a session unable to write; null where the driver has a method for that. */
  String readOnlySql() {
    switch (engine) {
      case SQLITE:
        return "PRAGMA query_only=1";
      case POSTGRESQL:
        return "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";
      case MARIADB:
      case MYSQL:
        return "SET SESSION TRANSACTION READ ONLY";
      default:
        return null;
    }
  }
}
