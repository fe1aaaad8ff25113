package io.rwsplit.weave;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.weave.Joinpoint.Shape;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Methods of single driver classes that no {@code java.sql} interface names: connects that bypass
 * {@code Driver.connect}, registrations of SQL functions, the exchange of a connection's whole
 * database, of its user or session, XA data sources, what is sent past all statements, and the
 * place where an execution ends the one before.
 */
final class DriverJoinpoints {
  private static final Map<String, Map<String, Joinpoint>> STATICS = new HashMap<>();
  private static final Map<String, Map<String, Joinpoint>> INSTANCE = new HashMap<>();

  /**
   * Tomcat's class loader of web applications. Once it is stopped it loads no class any more, which
   * a driver that closes its connections may need.
   */
  static final String TOMCAT_LOADER = "org/apache/catalina/loader/WebappClassLoaderBase";

  static {
    add(INSTANCE, TOMCAT_LOADER, new Joinpoint("stop", "()", Shape.STOPPING, 0));
    // SQLiteDataSource calls it, past java.sql.Driver.
    add(
        STATICS,
        "org/sqlite/JDBC",
        new Joinpoint(
            "createConnection", "(Ljava/lang/String;Ljava/util/Properties;)", Shape.CONNECT, 0));
    String named = "(Ljava/sql/Connection;Ljava/lang/String;";
    String function = named + "Lorg/sqlite/Function;";
    add(
        STATICS,
        "org/sqlite/Function",
        new Joinpoint("create", function + "II)", Shape.FUNCTION, 0));
    add(
        STATICS,
        "org/sqlite/Function",
        new Joinpoint("create", function + "I)", Shape.FUNCTION, 0));
    add(STATICS, "org/sqlite/Function", new Joinpoint("create", function + ")", Shape.FUNCTION, 0));
    String collation = named + "Lorg/sqlite/Collation;)";
    add(STATICS, "org/sqlite/Collation", new Joinpoint("create", collation, Shape.FUNCTION, 0));
    String progress = "(Ljava/sql/Connection;ILorg/sqlite/ProgressHandler;)";
    add(
        STATICS,
        "org/sqlite/ProgressHandler",
        new Joinpoint("setHandler", progress, Shape.PROGRESS_HANDLER, 0));
    // The 3-argument form calls it, and so does the SQL text "restore from".
    String restore =
        "(Ljava/lang/String;Ljava/lang/String;Lorg/sqlite/core/DB$ProgressObserver;III)";
    add(INSTANCE, "org/sqlite/core/NativeDB", new Joinpoint("restore", restore, Shape.RESTORE, 0));
    add(
        INSTANCE,
        "org/sqlite/SQLiteConnection",
        new Joinpoint("deserialize", "(Ljava/lang/String;[B)", Shape.CALL, Call.REPLACE_DATABASE));
    for (String mysql : new String[] {"com/mysql/cj/jdbc/", "com/mysql/jdbc/"}) {
      String connection = mysql + "ConnectionImpl";
      add(
          INSTANCE,
          connection,
          new Joinpoint("resetServerState", "()", Shape.CALL, Call.RESET_SERVER));
      add(
          INSTANCE,
          connection,
          new Joinpoint(
              "changeUser",
              "(Ljava/lang/String;Ljava/lang/String;)",
              Shape.CALL,
              Call.CHANGE_USER));
    }
    // MariaDB's data sources and its pool call it, past java.sql.Driver; the class is that of 3.5.
    for (String mariadb : new String[] {"NonRegisteringDriver", "Driver"}) {
      add(
          STATICS,
          "org/mariadb/jdbc/" + mariadb,
          new Joinpoint("connect", "(Lorg/mariadb/jdbc/Configuration;)", Shape.CONNECT, 0));
    }
    String[] distributed = {
      "org/postgresql/xa/PGXADataSource",
      "org/mariadb/jdbc/MariaDbDataSource",
      "org/mariadb/jdbc/MariaDbPoolDataSource",
      "com/mysql/cj/jdbc/MysqlXADataSource",
      "com/mysql/jdbc/jdbc2/optional/MysqlXADataSource",
      "org/h2/jdbcx/JdbcDataSource"
    };
    for (String source : distributed) {
      for (String parameters : new String[] {"()", "(Ljava/lang/String;Ljava/lang/String;)"}) {
        add(INSTANCE, source, new Joinpoint("getXAConnection", parameters, Shape.DISTRIBUTED, 0));
      }
    }
    add(
        INSTANCE,
        "org/postgresql/jdbc/PgConnection",
        new Joinpoint(
            "addDataType",
            "(Ljava/lang/String;Ljava/lang/Class;)",
            Shape.CALL,
            Call.ADD_DATA_TYPE));
    int cancel = Call.CANCEL_QUERY;
    add(
        INSTANCE,
        "org/postgresql/jdbc/PgConnection",
        new Joinpoint("cancelQuery", "()", Shape.CALL, cancel));
    add(
        INSTANCE,
        "org/mariadb/jdbc/Connection",
        new Joinpoint("cancelCurrentQuery", "()", Shape.CALL, cancel));
    // Its pool calls it when a connection comes back.
    for (String mariadb : new String[] {"Connection", "MariaDbConnection"}) {
      add(
          INSTANCE,
          "org/mariadb/jdbc/" + mariadb,
          new Joinpoint("reset", "()", Shape.SESSION_RESET, 0));
    }
    // All other forms of copying and of calling by the protocol end up in these.
    int past = Call.PAST_STATEMENTS;
    String text = "(Ljava/lang/String;)";
    String copies = "org/postgresql/copy/CopyManager";
    add(INSTANCE, copies, new Joinpoint("copyIn", text, Shape.COPY_BEGUN, 0));
    add(INSTANCE, copies, new Joinpoint("copyOut", text, Shape.PAST_STATEMENTS, past));
    add(
        INSTANCE,
        "org/postgresql/core/v3/CopyInImpl",
        new Joinpoint("endCopy", "()", Shape.COPY_ENDED, past));
    String fastpath = "org/postgresql/fastpath/Fastpath";
    String arguments = "[Lorg/postgresql/fastpath/FastpathArg;)";
    for (String call : new String[] {"(I", "(IZ"}) {
      add(
          INSTANCE,
          fastpath,
          new Joinpoint("fastpath", call + arguments, Shape.PAST_STATEMENTS, past));
    }
    // Forms of execute that pgjdbc refuses by their arguments do not come here.
    add(
        INSTANCE,
        "org/postgresql/jdbc/PgStatement",
        new Joinpoint("closeForNextExecution", "()", Shape.BEFORE, StatementHook.FORGET));
  }

  private DriverJoinpoints() {}

  /** Static joinpoints of a class by name and parameters; empty for most classes. */
  static Map<String, Joinpoint> statics(String internalName) {
    return of(STATICS, internalName);
  }

  /** Further instance joinpoints of a class by name and parameters; empty for most classes. */
  static Map<String, Joinpoint> instance(String internalName) {
    return of(INSTANCE, internalName);
  }

  private static Map<String, Joinpoint> of(
      Map<String, Map<String, Joinpoint>> table, String internalName) {
    Map<String, Joinpoint> found = table.get(internalName);
    return found == null ? Collections.<String, Joinpoint>emptyMap() : found;
  }

  private static void add(
      Map<String, Map<String, Joinpoint>> table, String internalName, Joinpoint joinpoint) {
    Map<String, Joinpoint> ofClass = table.get(internalName);
    if (ofClass == null) {
      ofClass = new HashMap<>();
      table.put(internalName, ofClass);
    }
    ofClass.put(joinpoint.key(), joinpoint);
  }
}
