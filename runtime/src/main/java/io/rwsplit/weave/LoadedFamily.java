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

  private static final LoadedFamily[] ALL = {sqlite(), postgres(), mariadb(), mariadb2(), mysql()};

  /** What connections are of; their subclass is made last. */
  final String connection;

  /**
   * The classes whose bodies are changed last: they make the connections, or lead to that. Which
   * there are may depend on the version.
   */
  final String[] connects;

  /**
   * Classes that subclasses are made of, in an order in which those can be defined: all that have
   * joinpoints, and are made by the driver with {@code new} in one of the changed bodies. Which
   * metadata classes there are may depend on the version.
   */
  final String[] made;

  /** Where objects of {@link #made} are made, and what else tells; superclasses are added. */
  final String[] bodies;

  /** The same where they can be loaded. */
  final String[] ifThere;

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

  /** From 42.0 on. */
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
        names(POSTGRES + "xa/PGXADataSource"));
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

  /** Methods of a class that open connections which are to stay on the master. */
  List<Joinpoint> keptOnMaster(String internalName) {
    List<Joinpoint> kept = new ArrayList<>();
    if (internalName.equals(MYSQL_POOLED)) {
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
