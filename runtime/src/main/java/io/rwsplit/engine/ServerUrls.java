package io.rwsplit.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what follows {@code jdbc:postgresql:}, {@code jdbc:mariadb:} and {@code jdbc:mysql:}.
 *
 * <p>From {@code parseURL} of pgjdbc's {@code Driver}, {@code parseInternal} of MariaDB's {@code
 * Configuration} and MySQL's {@code ConnectionUrlParser}. Forms in which the driver chooses the
 * server by other means than a list of hosts are faults: nobody can say from their text where a
 * connection ends.
 */
final class ServerUrls {
  private static final String ELSEWHERE = "its server or database is given by a parameter";

  private ServerUrls() {}

  static Location parsePostgres(String rest, Map<String, String> parameters) throws UrlFault {
    int question = rest.indexOf('?');
    String server = question < 0 ? rest : rest.substring(0, question);
    if (question >= 0) {
      readParameters(rest.substring(question + 1), parameters, true);
    }
    refuseAny(
        parameters,
        new String[] {"pghost", "pgport", "pgdbname", "host", "port", "dbname", "service"});
    String authority = "";
    String database = server.equals("/") ? "" : server;
    if (server.startsWith("//")) {
      int slash = server.indexOf('/', 2);
      authority = slash < 0 ? server.substring(2) : server.substring(2, slash);
      database = slash < 0 ? "" : server.substring(slash + 1);
    }
    if (database.indexOf('/') >= 0) {
      throw new UrlFault("its database name holds a slash, which pgjdbc refuses");
    }
    if (authority.indexOf('@') >= 0) {
      throw new UrlFault("it has a user before the host, which pgjdbc refuses");
    }
    database = Percent.decode(database, true);
    String user = parameters.get("user");
    List<Host> hosts = parseHosts(authority, Engine.POSTGRESQL.defaultPort());
    String variant =
        postgresRole(parameters.get("targetservertype"), hosts.size())
            + transport(parameters, new String[] {"socketfactory", "socketfactoryarg"});
    return Location.servers(hosts, database.isEmpty() && user != null ? user : database, variant);
  }

  /**
   * With several hosts the role decides which of them is meant; a single host is the same server
   * whatever is asked of it, except that {@code secondary} never connects to a master.
   */
  private static String postgresRole(String targetServerType, int hosts) {
    String role = targetServerType == null ? "any" : targetServerType.toLowerCase(Locale.ROOT);
    role = role.replace("master", "primary").replace("slave", "secondary");
    if (hosts == 1) {
      return role.equals("secondary") ? role : "any";
    }
    return role;
  }

  static Location parseMySql(Engine engine, String rest, Map<String, String> parameters)
      throws UrlFault {
    if (!rest.startsWith("//")) {
      throw new UrlFault("it has no // after its scheme, or a mode that chooses among hosts");
    }
    boolean mysql = engine == Engine.MYSQL;
    int end = rest.length();
    int hash = mysql ? rest.indexOf('#') : -1;
    if (hash >= 0) {
      end = hash;
    }
    int question = rest.indexOf('?');
    if (question >= 0 && question < end) {
      readParameters(rest.substring(question + 1, end), parameters, mysql);
      end = question;
    }
    if (mysql) {
      refuseAny(parameters, new String[] {"host", "port", "dbname", "dnssrv"});
    }
    int slash = rest.indexOf('/', 2);
    String authority = rest.substring(2, slash < 0 || slash > end ? end : slash);
    String database = slash < 0 || slash > end ? "" : rest.substring(slash + 1, end);
    if (mysql) {
      database = Percent.decode(database, true).trim();
    }
    String variant =
        transport(
            parameters,
            new String[] {"localsocket", "pipe", "namedpipepath", "sharedmemory", "socketfactory"});
    return Location.servers(parseHosts(authority, engine.defaultPort()), database, variant);
  }

  private static List<Host> parseHosts(String authority, int defaultPort) throws UrlFault {
    List<Host> hosts = new ArrayList<Host>(2);
    int start = 0;
    while (start <= authority.length()) {
      int comma = authority.indexOf(',', start);
      int end = comma < 0 ? authority.length() : comma;
      String host = authority.substring(start, end);
      hosts.add(Host.parse(host.substring(host.lastIndexOf('@') + 1), defaultPort));
      start = end + 1;
    }
    return hosts;
  }

  private static String transport(Map<String, String> parameters, String[] names) {
    StringBuilder transport = new StringBuilder();
    append(transport, "cloudsqlinstance", parameters);
    for (String name : names) {
      append(transport, name, parameters);
    }
    return transport.toString();
  }

  private static void append(StringBuilder to, String name, Map<String, String> parameters) {
    String value = parameters.get(name);
    if (value != null && !value.isEmpty()) {
      to.append('&').append(name).append('=').append(value);
    }
  }

  private static void refuseAny(Map<String, String> parameters, String[] names) throws UrlFault {
    for (String name : names) {
      String value = parameters.get(name);
      if (value != null && !value.equalsIgnoreCase("false")) {
        throw new UrlFault(ELSEWHERE + " (" + name + ")");
      }
    }
  }

  private static void readParameters(String query, Map<String, String> to, boolean decode) {
    int start = 0;
    while (start < query.length()) {
      int ampersand = query.indexOf('&', start);
      int end = ampersand < 0 ? query.length() : ampersand;
      String parameter = query.substring(start, end);
      int equals = parameter.indexOf('=');
      String key = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      if (!key.isEmpty()) {
        key = (decode ? Percent.decode(key, true) : key).trim().toLowerCase(Locale.ROOT);
        to.put(key, decode ? Percent.decode(value, true) : value);
      }
      start = end + 1;
    }
  }
}
