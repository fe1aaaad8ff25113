package io.rwsplit.weave;

import java.util.ArrayList;
import java.util.List;

/**
 * A family of drivers that can be attached to while they are in use: their classes by internal
 * name, and what is peculiar. Immutable.
 */
final class LoadedFamily {
  private static final String SQLITE = "org/sqlite/";
  private static final String POSTGRES = "org/postgresql/";

  private static final String MARIADB = "org/mariadb/jdbc/";
  private static final String MYSQL = "com/mysql/cj/jdbc/";
  private static final String MYSQL_POOLED = MYSQL + "MysqlConnectionPoolDataSource";
  private static final String MYSQL5 = "com/mysql/jdbc/";
  private static final String MYSQL5_OPTIONAL = MYSQL5 + "jdbc2/optional/";
  private static final String MYSQL5_POOLED = MYSQL5_OPTIONAL + "MysqlConnectionPoolDataSource";
  private static final String H2 = "org/h2/";

  private static final LoadedFamily[] ALL = {
    sqlite(), postgres(), mariadb(), mariadb2(), mysql(), mysql5(), h2()
  };

  /** What connections are of; their subclass is made last. */
  final String connection;

  /**
   * The classes whose bodies are changed last: they make the connections, or lead to that. Which
   * there are may depend on the version.
   */
  final String[] connects;

  /**
   * Classes that subclasses are made of, in an order in which those can be defined: all that have
   * joinpoints, and are made by the driver in one of the changed bodies. Which metadata classes
   * there are may depend on the version.
   */
  final String[] made;

  /** Where objects of {@link #made} are made, and what else tells; superclasses are added. */
  final String[] bodies;

  /** The same where they can be loaded. */
  final String[] ifThere;

  /**
   * Statements of final classes, which always stay on the master: no subclass is made, but their
   * bodies tell whatever connection they are of.
   */
  String[] sealed = {};

  /**
   * True when objects are made by constructors that classes keep in static fields; else by {@code
   * new}.
   */
  boolean byConstructors;

  /** True when bodies compare an object's class with one that a subclass is made of. */
  boolean comparesClasses;

  /** The class with the field that holds a statement's newest text; null where none does. */
  String textOwner;

  String text;

  /** The class of results that are shown through by a field; null where those are redirected. */
  String result;

  /** True when what a statement has written is committed by its close or by its result's. */
  boolean closingCommits;

  /** What classes begin with in which a thread may not be; null for just the bodies that tell. */
  String inside;

  private LoadedFamily(
      String connection, String[] connects, String[] made, String[] bodies, String[] ifThere) {
    this.connection = connection;
    this.connects = connects;
    this.made = made;
    this.bodies = bodies;
    this.ifThere = ifThere;
  }

  /** The family whose connections are of a class; null where none is known. */
  static LoadedFamily of(String connection) {
    for (LoadedFamily each : ALL) {
      if (each.connection.equals(connection)) {
        return each;
      }
    }
    return null;
  }

  private static LoadedFamily sqlite() {
    String connection = SQLITE + "jdbc4/JDBC4Connection";
    String result = SQLITE + "jdbc4/JDBC4ResultSet";
    String text = SQLITE + "core/CoreStatement";
    LoadedFamily family =
        new LoadedFamily(
            connection,
            names(SQLITE + "JDBC"),
            names(
                result,
                SQLITE + "jdbc4/JDBC4Statement",
                SQLITE + "jdbc4/JDBC4PreparedStatement",
                SQLITE + "jdbc4/JDBC4DatabaseMetaData",
                connection),
            names(
                SQLITE + "SQLiteConnection",
                text,
                SQLITE + "javax/SQLitePooledConnectionHandle",
                SQLITE + "Function",
                SQLITE + "Collation",
                SQLITE + "ProgressHandler",
                SQLITE + "core/NativeDB"),
            names());
    family.textOwner = text;
    family.text = "sql";
    family.result = result;
    family.closingCommits = true;
    family.inside = "org.sqlite.";
    return family;
  }

  /** From 9.4.1212 on. */
  private static LoadedFamily postgres() {
    String connection = POSTGRES + "jdbc/PgConnection";
    return new LoadedFamily(
        connection,
        names(POSTGRES + "Driver"),
        names(
            POSTGRES + "jdbc/PgStatement",
            POSTGRES + "jdbc/PgPreparedStatement",
            POSTGRES + "jdbc/PgCallableStatement",
            POSTGRES + "jdbc/PgDatabaseMetaData",
            connection),
        names(),
        names(
            POSTGRES + "xa/PGXADataSource",
            POSTGRES + "copy/CopyManager",
            POSTGRES + "core/v3/CopyInImpl",
            POSTGRES + "fastpath/Fastpath"));
  }

  /** From 3.0 on. */
  private static LoadedFamily mariadb() {
    String connection = MARIADB + "Connection";
    return new LoadedFamily(
        connection,
        // From 3.5.10 on the second.
        names(MARIADB + "Driver", MARIADB + "NonRegisteringDriver"),
        names(
            MARIADB + "Statement",
            MARIADB + "ClientPreparedStatement",
            MARIADB + "ServerPreparedStatement",
            MARIADB + "FunctionStatement",
            MARIADB + "ProcedureStatement",
            MARIADB + "DatabaseMetaData",
            connection),
        names(),
        names(MARIADB + "MariaDbDataSource", MARIADB + "MariaDbPoolDataSource"));
  }

  /** Version 2. */
  private static LoadedFamily mariadb2() {
    String connection = MARIADB + "MariaDbConnection";
    return new LoadedFamily(
        connection,
        names(connection, MARIADB + "Driver", MARIADB + "internal/util/pool/Pool"),
        names(
            MARIADB + "MariaDbStatement",
            MARIADB + "ClientSidePreparedStatement",
            MARIADB + "ServerSidePreparedStatement",
            MARIADB + "MariaDbFunctionStatement",
            MARIADB + "MariaDbProcedureStatement",
            MARIADB + "MariaDbDatabaseMetaData",
            connection),
        names(),
        names(MARIADB + "MariaDbDataSource", MARIADB + "MariaDbPoolDataSource"));
  }

  /**
   * MySQL Connector/J from 8 on. Its pooled connections are wrappers that expect results of the
   * driver's own classes from what they wrap, and are not woven beside it: what they wrap is kept
   * on the master.
   */
  private static LoadedFamily mysql() {
    String connection = MYSQL + "ConnectionImpl";
    return new LoadedFamily(
        connection,
        names(connection, MYSQL + "NonRegisteringDriver"),
        names(
            MYSQL + "StatementImpl",
            MYSQL + "ClientPreparedStatement",
            MYSQL + "ServerPreparedStatement",
            MYSQL + "CallableStatement",
            MYSQL + "DatabaseMetaData",
            MYSQL + "DatabaseMetaDataUsingInfoSchema",
            MYSQL + "DatabaseMetaDataInformationSchema",
            MYSQL + "DatabaseMetaDataMysqlSchema",
            connection),
        names(MYSQL + "DatabaseMetaData"),
        names(MYSQL + "MysqlXADataSource", MYSQL_POOLED));
  }

  /**
   * MySQL Connector/J 5.1 with its classes for JDBC 4.2, as Java 8 and later use them. Its pooled
   * connections are as those of {@link #mysql}.
   */
  private static LoadedFamily mysql5() {
    String connection = MYSQL5 + "JDBC4Connection";
    LoadedFamily family =
        new LoadedFamily(
            connection,
            names(MYSQL5 + "ConnectionImpl", MYSQL5 + "NonRegisteringDriver"),
            names(
                MYSQL5 + "StatementImpl",
                MYSQL5 + "JDBC42PreparedStatement",
                MYSQL5 + "JDBC42ServerPreparedStatement",
                MYSQL5 + "JDBC42CallableStatement",
                MYSQL5 + "JDBC4DatabaseMetaData",
                MYSQL5 + "JDBC4DatabaseMetaDataUsingInfoSchema",
                connection),
            names(MYSQL5 + "DatabaseMetaData"),
            names(MYSQL5_OPTIONAL + "MysqlXADataSource", MYSQL5_POOLED));
    family.byConstructors = true;
    return family;
  }

  /**
   * H2. Its metadata asks the session, by no statement, and needs no hook. The handles of pooled
   * connections, a final class, stay on the master as without attaching, and are followed as
   * connections of before.
   */
  private static LoadedFamily h2() {
    String connection = H2 + "jdbc/JdbcConnection";
    LoadedFamily family =
        new LoadedFamily(
            connection,
            names(H2 + "Driver", H2 + "jdbcx/JdbcDataSource"),
            names(H2 + "jdbc/JdbcStatement", H2 + "jdbc/JdbcPreparedStatement", connection),
            names(),
            names());
    family.sealed = names(H2 + "jdbc/JdbcCallableStatement");
    family.comparesClasses = true;
    return family;
  }

  /** Methods of a class that open connections which are to stay on the master. */
  List<Joinpoint> keptOnMaster(String internalName) {
    List<Joinpoint> kept = new ArrayList<>();
    if (internalName.equals(MYSQL_POOLED) || internalName.equals(MYSQL5_POOLED)) {
      for (String parameters : names("()", "(Ljava/lang/String;Ljava/lang/String;)")) {
        kept.add(new Joinpoint("getPooledConnection", parameters, Joinpoint.Shape.DISTRIBUTED, 0));
      }
    }
    return kept;
  }

  private static String[] names(String... names) {
    return names;
  }
}
