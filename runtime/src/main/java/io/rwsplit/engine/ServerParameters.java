package io.rwsplit.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a server's JDBC URL, merged as text: names keep their case and values their
 * encoding, both of which drivers care about.
 */
public final class ServerParameters {
  /**
   * Which server the driver chooses, what it writes there, how its own pool or failover behaves:
   * that is about the master, and would make a replica's connection fail or lead elsewhere. From
   * {@code PGProperty} of pgjdbc 42.7, {@code Configuration} of MariaDB Connector/J 3.5 and {@code
   * PropertyKey} of MySQL Connector/J 9.
   */
  private static final Set<String> MASTER_ONLY =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  "targetservertype",
                  "loadbalancehosts",
                  "hostrecheckseconds",
                  "readonly",
                  "replication",
                  "createdatabaseifnotexist",
                  "autoreconnect",
                  "autoreconnectforpools",
                  "failoverreadonly",
                  "initialtimeout",
                  "maxreconnects",
                  "pool",
                  "poolname",
                  "minpoolsize",
                  "maxpoolsize",
                  "maxidletime",
                  "registerjmxpool",
                  "poolvalidmindelay",
                  "transactionreplay",
                  "transactionreplaysize",
                  "assurereadonly",
                  "galeraallowedstate",
                  "logwriterlevel")));

  private ServerParameters() {}

  /** False for a parameter or property, of any case, that concerns the master alone. */
  public static boolean isForReplicas(String name) {
    return !MASTER_ONLY.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The replica's URL with those parameters of the application's that it does not have itself. */
  static String merge(String replica, String application) {
    return merge(replica, application, false);
  }

  /** The same with all parameters, for a server that takes the master's place. */
  static String mergeAll(String server, String application) {
    return merge(server, application, true);
  }

  private static String merge(String replica, String application, boolean all) {
    Map<String, String> merged = parameters(replica);
    for (Map.Entry<String, String> each : parameters(application).entrySet()) {
      if ((all || isForReplicas(each.getKey())) && !merged.containsKey(each.getKey())) {
        merged.put(each.getKey(), each.getValue());
      }
    }
    return join(replica, merged);
  }

  /**
   * The URL with these parameters instead of those it may have of the same names.
   *
   * @param replacements raw text of a parameter ({@code connectTimeout=5}) by its name; null takes
   *     the parameter out
   */
  static String replace(String url, Map<String, String> replacements) {
    Map<String, String> changed = parameters(url);
    for (Map.Entry<String, String> each : replacements.entrySet()) {
      String name = each.getKey().toLowerCase(Locale.ROOT);
      if (each.getValue() == null) {
        changed.remove(name);
      } else {
        changed.put(name, each.getValue());
      }
    }
    return join(url, changed);
  }

  /** Raw texts of the parameters by their names in lower case, the last of a name. */
  private static Map<String, String> parameters(String url) {
    Map<String, String> found = new LinkedHashMap<>();
    int question = url.indexOf('?');
    int start = question < 0 ? url.length() : question + 1;
    int stop = end(url);
    while (start < stop) {
      int ampersand = url.indexOf('&', start);
      int end = ampersand < 0 || ampersand > stop ? stop : ampersand;
      String parameter = url.substring(start, end);
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (!name.trim().isEmpty()) {
        found.put(name.trim().toLowerCase(Locale.ROOT), parameter);
      }
      start = end + 1;
    }
    return found;
  }

  private static String join(String url, Map<String, String> parameters) {
    int question = url.indexOf('?');
    int end = question < 0 ? end(url) : question;
    StringBuilder joined = new StringBuilder(url.substring(0, end));
    char delimiter = '?';
    for (String parameter : parameters.values()) {
      joined.append(delimiter).append(parameter);
      delimiter = '&';
    }
    return joined.toString();
  }

  /** MySQL's driver takes what follows a hash for a comment. */
  private static int end(String url) {
    int hash = Engine.ofUrl(url) == Engine.MYSQL ? url.indexOf('#') : -1;
    return hash < 0 ? url.length() : hash;
  }
}
