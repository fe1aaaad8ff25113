package io.rwsplit.engine;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JDBC URL, parsed as far as it tells which database it names. Thread-safe.
 *
 * <p>Parsing never throws: of a URL that names no comparable database {@link #fault()} says why,
 * and it is the same as no other. Only the text is looked at: connection properties that redirect a
 * driver ({@code PGHOST} among pgjdbc's) are not seen.
 */
public final class JdbcUrl {
  private final String text;
  private final Engine engine;
  private final Location location;
  private final Map<String, String> parameters;
  private final String fault;

  private JdbcUrl(
      String text, Engine engine, Location location, Map<String, String> parameters, String fault) {
    this.text = text;
    this.engine = engine;
    this.location = location;
    this.parameters = parameters;
    this.fault = fault;
  }

  /** Parses a URL; null and text of any kind give a URL with a {@link #fault()}. */
  public static JdbcUrl parse(String url) {
    String text = url == null ? "" : url.trim();
    Map<String, String> parameters = new LinkedHashMap<String, String>();
    Engine engine = Engine.ofUrl(text);
    try {
      return new JdbcUrl(text, engine, locate(engine, text, parameters), parameters, null);
    } catch (UrlFault e) {
      return new JdbcUrl(text, engine, null, parameters, e.getMessage());
    } catch (RuntimeException e) {
      return new JdbcUrl(
          text, engine, null, parameters, "it cannot be read (" + e.getClass().getName() + ")");
    }
  }

  private static Location locate(Engine engine, String text, Map<String, String> parameters)
      throws UrlFault {
    if (engine == null) {
      throw new UrlFault(
          text.regionMatches(true, 0, "jdbc:", 0, 5)
              ? "its engine is not supported"
              : "it does not begin with jdbc:");
    }
    String rest = text.substring(engine.urlPrefix().length());
    if (rest.indexOf('\0') >= 0) {
      throw new UrlFault("it holds a NUL character");
    }
    if (engine == Engine.SQLITE) {
      return SqliteUrls.parse(rest, parameters);
    }
    if (engine == Engine.POSTGRESQL) {
      return ServerUrls.parsePostgres(rest, parameters);
    }
    return engine == Engine.H2
        ? H2Urls.parse(rest, parameters)
        : ServerUrls.parseMySql(engine, rest, parameters);
  }

  /** The URL as it was given, without surrounding white space; may hold secrets. */
  public String text() {
    return text;
  }

  /** The URL for logs and reports. */
  public String withoutSecrets() {
    return Secrets.mask(text);
  }

  /** The engine, or null when the URL's prefix is of none that is supported. */
  public Engine engine() {
    return engine;
  }

  /** Why the URL cannot be matched, continuing a sentence that names it; null when it can. */
  public String fault() {
    return fault;
  }

  /** True when the URL names a database on this machine's disk. */
  public boolean isFile() {
    return fault == null && location.isFile();
  }

  /** True when the URL names a database that is not kept: in memory, temporary. */
  public boolean isInMemory() {
    return fault == null && location.isInMemory();
  }

  /**
   * The canonical database file of SQLite; for H2 with its {@code .mv.db} ending; null when {@link
   * #isFile()} is false.
   */
  public File file() {
    return fault == null ? location.file() : null;
  }

  /** The servers in the order of the URL; empty for files, memory and faults. */
  public List<Host> hosts() {
    return fault == null ? location.hosts() : Collections.<Host>emptyList();
  }

  /** Name of the database, decoded; empty when the URL names none. */
  public String database() {
    return fault == null ? location.database() : "";
  }

  /**
   * A parameter's value as the driver takes it, or null; for SQLite pragmas only. Names are in
   * lower case whatever the URL's.
   */
  public String parameter(String lowerCaseName) {
    return parameters.get(lowerCaseName);
  }

  /** The values of parameters that must not be shown, as the driver takes them. */
  public List<String> secrets() {
    List<String> secrets = new ArrayList<String>();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (Secrets.isSecretName(parameter.getKey())) {
        secrets.add(parameter.getValue());
      }
    }
    return secrets;
  }

  /**
   * Why a SQLite file that is opened by this URL can be neither a replicated master nor a replica
   * that is fed, continuing a sentence; null when it can, and for other engines.
   */
  public String replicationHindrance() {
    return engine == Engine.SQLITE ? SqliteUrls.hindrance(text, parameters) : null;
  }

  /**
   * True when both URLs name one database: the same canonical file, or the same hosts, ports,
   * database and wanted server role; see {@link Host} for what is one host. False in every doubt,
   * also between a URL with a fault and itself.
   */
  public boolean sameDatabase(JdbcUrl other) {
    return fault == null
        && other.fault == null
        && engine.sharesProtocolWith(other.engine)
        && location.isSameAs(other.location);
  }

  /**
   * The text to open this replica with for an application that opened the master by {@code
   * application}: its parameters that concern reading (SQLite's {@code date_class}, a server's
   * {@code currentSchema}, {@code sslmode}…) are carried over unless this URL has them itself.
   */
  public String withParametersOf(JdbcUrl application) {
    if (engine == null || application.engine == null || engine == Engine.H2) {
      return text;
    }
    if (engine != Engine.SQLITE) {
      boolean alike = engine.sharesProtocolWith(application.engine);
      return alike ? ServerParameters.merge(text, application.text) : text;
    }
    if (application.engine != Engine.SQLITE) {
      return text;
    }
    StringBuilder effective = new StringBuilder(text);
    char delimiter = text.indexOf('?') < 0 ? '?' : '&';
    for (Map.Entry<String, String> pragma : application.parameters.entrySet()) {
      String name = pragma.getKey();
      if (SqlitePragmas.isForReplicas(name) && !parameters.containsKey(name)) {
        effective.append(delimiter).append(name).append('=').append(pragma.getValue());
        delimiter = '&';
      }
    }
    return effective.toString();
  }

  /**
   * False when this replica's sessions may begin otherwise than those of an application that opens
   * the master by {@code application}, since {@link #withParametersOf} carries nothing over: of H2,
   * whose parameters run statements.
   */
  public boolean beginsLike(JdbcUrl application) {
    return engine != Engine.H2 || H2Urls.readAlike(application.parameters, parameters);
  }

  /**
   * The URL of this one's database on another server, without parameters. Only for PostgreSQL, and
   * a URL without {@link #fault()}.
   */
  public String onHost(Host host) {
    String server = text.substring(engine.urlPrefix().length());
    int question = server.indexOf('?');
    server = question < 0 ? server : server.substring(0, question);
    String name = server;
    if (server.startsWith("/")) {
      int slash = server.indexOf('/', 2);
      name = slash < 0 ? "" : server.substring(slash + 1);
    }
    return engine.urlPrefix() + "//" + host + "/" + name;
  }

  /**
   * The text to open this server with, which has taken the master's place, for an application that
   * means to open the master by {@code application}: with all its parameters that this URL does not
   * have itself.
   */
  public String inPlaceOf(JdbcUrl application) {
    return ServerParameters.mergeAll(text, application.text);
  }

  /** The URL of PostgreSQL with another database; of several hosts the first. */
  public static String ofPostgresDatabase(String url, String database) {
    Host host = parse(url).hosts().get(0);
    boolean v6 = host.name().indexOf(':') >= 0;
    int question = url.indexOf('?');
    return Engine.POSTGRESQL.urlPrefix()
        + "//"
        + (v6 ? "[" + host.name() + "]" : host.name())
        + ':'
        + host.port()
        + '/'
        + database
        + (question < 0 ? "" : url.substring(question));
  }

  /**
   * A server's URL with parameters replaced.
   *
   * @param replacements raw text of a parameter ({@code connectTimeout=5}) by its name; null takes
   *     the parameter out
   */
  public static String replaceParameters(String url, Map<String, String> replacements) {
    return ServerParameters.replace(url, replacements);
  }

  /** The same as {@link #withoutSecrets()}. */
  @Override
  public String toString() {
    return withoutSecrets();
  }
}
