package io.rwsplit.weave;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.Setter;
import io.rwsplit.bootstrap.Setting;
import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.weave.Joinpoint.Shape;
import java.lang.reflect.Method;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.Type;

/**
 * The table of woven methods by role. Regular families ({@code PreparedStatement.setX}, all of
 * {@code DatabaseMetaData}) are read from the interfaces of the running JDK, so that a newer JDBC
 * version is covered without a list.
 */
final class Joinpoints {
  private static final String STRING = "Ljava/lang/String;";

  /** A setter that cannot be replayed. */
  static final int OPAQUE = -1;

  private final Map<Role, Map<String, Joinpoint>> byRole = new EnumMap<>(Role.class);

  /**
   * Joinpoints of a role by name and parameters; never null, not to be modified. A role's table is
   * made when its first class appears: metadata classes often never do.
   */
  synchronized Map<String, Joinpoint> of(Role role) {
    Map<String, Joinpoint> made = byRole.get(role);
    if (made == null) {
      made = new HashMap<>();
      byRole.put(role, made);
      switch (role) {
        case DRIVER:
          driver();
          break;
        case CONNECTION:
          connection();
          break;
        case STATEMENT:
          statement();
          break;
        case PREPARED_STATEMENT:
          preparedStatement();
          break;
        case META_DATA:
          metaData();
          break;
        case RESULT:
          result();
          break;
      }
    }
    return made;
  }

  private void add(Role role, String name, String parameters, Shape shape, int constant) {
    Joinpoint joinpoint = new Joinpoint(name, parameters, shape, constant);
    byRole.get(role).put(joinpoint.key(), joinpoint);
  }

  private void driver() {
    add(Role.DRIVER, "connect", "(" + STRING + "Ljava/util/Properties;)", Shape.CONNECT, 0);
  }

  private void connection() {
    Role role = Role.CONNECTION;
    add(role, "createStatement", "()", Shape.CREATE, 0);
    add(role, "createStatement", "(II)", Shape.CREATE, 0);
    add(role, "createStatement", "(III)", Shape.CREATE, 0);
    add(role, "prepareStatement", "(" + STRING + ")", Shape.CREATE, 0);
    add(role, "prepareStatement", "(" + STRING + "II)", Shape.CREATE, 0);
    add(role, "prepareStatement", "(" + STRING + "III)", Shape.CREATE, 0);
    int masterOnly = ConnectionHook.MASTER_ONLY;
    add(role, "prepareStatement", "(" + STRING + "I)", Shape.CREATE, masterOnly);
    add(role, "prepareStatement", "(" + STRING + "[I)", Shape.CREATE, masterOnly);
    add(role, "prepareStatement", "(" + STRING + "[" + STRING + ")", Shape.CREATE, masterOnly);
    add(role, "prepareCall", "(" + STRING + ")", Shape.CREATE, masterOnly);
    add(role, "prepareCall", "(" + STRING + "II)", Shape.CREATE, masterOnly);
    add(role, "prepareCall", "(" + STRING + "III)", Shape.CREATE, masterOnly);

    add(role, "setAutoCommit", "(Z)", Shape.CALL, Call.SET_AUTO_COMMIT);
    add(role, "commit", "()", Shape.CALL, Call.COMMIT);
    add(role, "rollback", "()", Shape.CALL, Call.ROLLBACK);
    add(role, "rollback", "(Ljava/sql/Savepoint;)", Shape.CALL, Call.ROLLBACK_TO_SAVEPOINT);
    add(role, "setSavepoint", "()", Shape.CALL, Call.SET_SAVEPOINT);
    add(role, "setSavepoint", "(" + STRING + ")", Shape.CALL, Call.SET_SAVEPOINT);
    add(role, "releaseSavepoint", "(Ljava/sql/Savepoint;)", Shape.CALL, Call.RELEASE_SAVEPOINT);
    add(role, "close", "()", Shape.CALL, Call.CLOSE);
    add(role, "abort", "(Ljava/util/concurrent/Executor;)", Shape.CALL, Call.ABORT);
    add(role, "setReadOnly", "(Z)", Shape.CALL, Call.SET_READ_ONLY);
    add(role, "setTransactionIsolation", "(I)", Shape.CALL, Call.SET_ISOLATION);
    add(role, "setCatalog", "(" + STRING + ")", Shape.CALL, Call.SET_CATALOG);
    add(role, "setSchema", "(" + STRING + ")", Shape.CALL, Call.SET_SCHEMA);
    add(role, "setTypeMap", "(Ljava/util/Map;)", Shape.CALL, Call.SET_SESSION);
    add(role, "setHoldability", "(I)", Shape.CALL, Call.SET_HOLDABILITY);
    String executor = "(Ljava/util/concurrent/Executor;I)";
    add(role, "setNetworkTimeout", executor, Shape.CALL, Call.SET_NETWORK_TIMEOUT);
    add(role, "setClientInfo", "(" + STRING + STRING + ")", Shape.CALL, Call.SET_CLIENT_INFO);
    add(role, "setClientInfo", "(Ljava/util/Properties;)", Shape.CALL, Call.SET_CLIENT_INFO);
    add(role, "isValid", "(I)", Shape.CALL, Call.OTHER);
    add(role, "getTransactionIsolation", "()", Shape.CALL, Call.OTHER);
    add(role, "getCatalog", "()", Shape.CALL, Call.OTHER);
    add(role, "getSchema", "()", Shape.CALL, Call.OTHER);
    add(role, "getWarnings", "()", Shape.CONNECTION_WARNINGS, Call.OTHER);
    add(role, "clearWarnings", "()", Shape.CALL, Call.CLEAR_WARNINGS);
  }

  private void statement() {
    Role role = Role.STATEMENT;
    add(role, "executeQuery", "(" + STRING + ")", Shape.EXECUTE, StatementHook.QUERY);
    add(role, "execute", "(" + STRING + ")", Shape.EXECUTE, StatementHook.EXECUTE);
    for (String keys : new String[] {"I", "[I", "[" + STRING}) {
      add(role, "execute", "(" + STRING + keys + ")", Shape.EXECUTE, StatementHook.EXECUTE_KEYS);
    }
    for (String name : new String[] {"executeUpdate", "executeLargeUpdate"}) {
      for (String keys : new String[] {"", "I", "[I", "[" + STRING}) {
        add(role, name, "(" + STRING + keys + ")", Shape.EXECUTE, StatementHook.UPDATE);
      }
    }
    add(role, "executeBatch", "()", Shape.EXECUTE, StatementHook.UPDATE);
    add(role, "executeLargeBatch", "()", Shape.EXECUTE, StatementHook.UPDATE);
    add(role, "addBatch", "(" + STRING + ")", Shape.EXECUTE, StatementHook.ADD_BATCH);
    add(role, "clearBatch", "()", Shape.BEFORE, StatementHook.CLEAR_BATCH);
    add(role, "close", "()", Shape.BEFORE, StatementHook.CLOSE);
    add(role, "cancel", "()", Shape.BEFORE, StatementHook.CANCEL);
    add(role, "clearWarnings", "()", Shape.BEFORE, StatementHook.CLEAR_WARNINGS);
    add(role, "getResultSet", "()", Shape.RESULT_SET, 0);
    add(role, "getMoreResults", "()", Shape.MORE_RESULTS, 0);
    add(role, "getMoreResults", "(I)", Shape.MORE_RESULTS, 0);
    // May run a query of the driver's own.
    add(role, "getGeneratedKeys", "()", Shape.EXECUTE, StatementHook.DESCRIBE);
    add(role, "getUpdateCount", "()", Shape.UPDATE_COUNT, 0);
    add(role, "getLargeUpdateCount", "()", Shape.UPDATE_COUNT, 0);
    add(role, "getWarnings", "()", Shape.WARNINGS, 0);
    add(role, "setMaxRows", "(I)", Shape.SETTING, Setting.MAX_ROWS);
    add(role, "setLargeMaxRows", "(J)", Shape.SETTING, Setting.MAX_ROWS);
    add(role, "setFetchSize", "(I)", Shape.SETTING, Setting.FETCH_SIZE);
    add(role, "setFetchDirection", "(I)", Shape.SETTING, Setting.FETCH_DIRECTION);
    add(role, "setQueryTimeout", "(I)", Shape.SETTING, Setting.QUERY_TIMEOUT);
    add(role, "setMaxFieldSize", "(I)", Shape.SETTING, Setting.MAX_FIELD_SIZE);
    add(role, "setEscapeProcessing", "(Z)", Shape.SETTING, Setting.ESCAPE_PROCESSING);
    add(role, "setPoolable", "(Z)", Shape.SETTING, Setting.POOLABLE);
    add(role, "closeOnCompletion", "()", Shape.SETTING, Setting.CLOSE_ON_COMPLETION);
    add(role, "setCursorName", "(" + STRING + ")", Shape.SETTING, Setting.CURSOR_NAME);
  }

  private void preparedStatement() {
    Role role = Role.PREPARED_STATEMENT;
    add(role, "executeQuery", "()", Shape.EXECUTE, StatementHook.QUERY);
    add(role, "execute", "()", Shape.EXECUTE, StatementHook.EXECUTE);
    add(role, "executeUpdate", "()", Shape.EXECUTE, StatementHook.UPDATE);
    add(role, "executeLargeUpdate", "()", Shape.EXECUTE, StatementHook.UPDATE);
    add(role, "addBatch", "()", Shape.BEFORE, StatementHook.ADD_PREPARED);
    add(role, "getMetaData", "()", Shape.EXECUTE, StatementHook.DESCRIBE);
    add(role, "getParameterMetaData", "()", Shape.EXECUTE, StatementHook.DESCRIBE);
    add(role, "clearParameters", "()", Shape.CLEAR_PARAMETERS, 0);
    for (Method method : PreparedStatement.class.getMethods()) {
      Class<?>[] types = method.getParameterTypes();
      if (method.getName().startsWith("set") && types.length >= 2 && types[0] == int.class) {
        String descriptor = Type.getMethodDescriptor(method);
        String parameters = descriptor.substring(0, descriptor.indexOf(')') + 1);
        int setter = setterOf(method.getName(), parameters);
        add(role, method.getName(), parameters, Shape.PARAMETER, setter);
      }
    }
  }

  /**
   * For methods of a metadata class that JDBC does not know: MariaDB's has public ones that query
   * by statements of the driver's own and expect results of its own classes.
   */
  static Joinpoint ofDriversMetaData() {
    return new Joinpoint("", "()", Shape.META_DATA_CALL, Call.OTHER);
  }

  /**
   * For setters of a prepared statement that JDBC does not know: MySQL's driver has {@code
   * setBigInteger} and others. What they set is not known, so the statement stays on the master.
   *
   * @param key name and parameters
   */
  static Joinpoint ofDriversSetter(String key) {
    int parameters = key.indexOf('(');
    return new Joinpoint(
        key.substring(0, parameters), key.substring(parameters), Shape.PARAMETER, OPAQUE);
  }

  /** True for what a metadata class has beside its queries; the hook itself asks for these. */
  static boolean isOfWrapper(String key) {
    return key.equals("getConnection()")
        || key.equals("unwrap(Ljava/lang/Class;)")
        || key.equals("isWrapperFor(Ljava/lang/Class;)");
  }

  private void metaData() {
    for (Method method : DatabaseMetaData.class.getMethods()) {
      if (method.getDeclaringClass() == DatabaseMetaData.class
          && !method.getName().equals("getConnection")) {
        String descriptor = Type.getMethodDescriptor(method);
        String parameters = descriptor.substring(0, descriptor.indexOf(')') + 1);
        add(Role.META_DATA, method.getName(), parameters, Shape.META_DATA_CALL, Call.OTHER);
      }
    }
  }

  private void result() {
    Role role = Role.RESULT;
    add(role, "next", "()", Shape.ROWS_NEXT, 0);
    add(role, "close", "()", Shape.ROWS_CLOSE, 0);
    add(role, "getStatement", "()", Shape.ROWS_STATEMENT, 0);
    add(role, "getWarnings", "()", Shape.ROWS_WARNINGS, 0);
    add(role, "clearWarnings", "()", Shape.ROWS_CLEAR_WARNINGS, 0);
  }

  /** True for methods of {@code CallableStatement}, whose objects always stay on the master. */
  static boolean isCallable(String internalName) {
    return internalName.equals("java/sql/CallableStatement");
  }

  private static int setterOf(String name, String parameters) {
    switch (name + parameters) {
      case "setBoolean(IZ)":
        return Setter.BOOLEAN;
      case "setByte(IB)":
        return Setter.BYTE;
      case "setShort(IS)":
        return Setter.SHORT;
      case "setInt(II)":
        return Setter.INT;
      case "setLong(IJ)":
        return Setter.LONG;
      case "setFloat(IF)":
        return Setter.FLOAT;
      case "setDouble(ID)":
        return Setter.DOUBLE;
      case "setBigDecimal(ILjava/math/BigDecimal;)":
        return Setter.BIG_DECIMAL;
      case "setString(ILjava/lang/String;)":
        return Setter.STRING;
      case "setNString(ILjava/lang/String;)":
        return Setter.NSTRING;
      case "setBytes(I[B)":
        return Setter.BYTES;
      case "setDate(ILjava/sql/Date;)":
        return Setter.DATE;
      case "setTime(ILjava/sql/Time;)":
        return Setter.TIME;
      case "setTimestamp(ILjava/sql/Timestamp;)":
        return Setter.TIMESTAMP;
      case "setURL(ILjava/net/URL;)":
        return Setter.URL;
      case "setObject(ILjava/lang/Object;)":
        return Setter.OBJECT;
      case "setNull(II)":
        return Setter.NULL;
      case "setNull(IILjava/lang/String;)":
        return Setter.NULL_NAMED;
      case "setDate(ILjava/sql/Date;Ljava/util/Calendar;)":
        return Setter.DATE_CALENDAR;
      case "setTime(ILjava/sql/Time;Ljava/util/Calendar;)":
        return Setter.TIME_CALENDAR;
      case "setTimestamp(ILjava/sql/Timestamp;Ljava/util/Calendar;)":
        return Setter.TIMESTAMP_CALENDAR;
      case "setObject(ILjava/lang/Object;I)":
        return Setter.OBJECT_TYPE;
      case "setObject(ILjava/lang/Object;II)":
        return Setter.OBJECT_TYPE_SCALE;
      case "setObject(ILjava/lang/Object;Ljava/sql/SQLType;)":
        return Setter.OBJECT_SQLTYPE;
      case "setObject(ILjava/lang/Object;Ljava/sql/SQLType;I)":
        return Setter.OBJECT_SQLTYPE_SCALE;
      default:
        return OPAQUE;
    }
  }
}
