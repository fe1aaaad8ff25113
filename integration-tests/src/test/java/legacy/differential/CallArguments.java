package legacy.differential;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLType;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.sql.Wrapper;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.Executor;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;

/** Draws arguments for any JDBC method: mostly fitting ones, often enough wrong ones. */
final class CallArguments {
  private static final int[] CONSTANTS = {
    ResultSet.TYPE_FORWARD_ONLY,
    ResultSet.TYPE_SCROLL_INSENSITIVE,
    ResultSet.TYPE_SCROLL_SENSITIVE,
    ResultSet.CONCUR_READ_ONLY,
    ResultSet.CONCUR_UPDATABLE,
    ResultSet.FETCH_FORWARD,
    ResultSet.FETCH_REVERSE,
    ResultSet.FETCH_UNKNOWN,
    ResultSet.HOLD_CURSORS_OVER_COMMIT,
    ResultSet.CLOSE_CURSORS_AT_COMMIT,
    0,
    77,
  };
  private static final int[] TYPES = {
    Types.INTEGER,
    Types.VARCHAR,
    Types.BIGINT,
    Types.DOUBLE,
    Types.DECIMAL,
    Types.BINARY,
    Types.DATE,
    Types.TIMESTAMP,
    Types.BOOLEAN,
    Types.NULL,
    Types.OTHER,
    Types.ARRAY,
    4711,
  };
  private static final Class<?>[] WANTED = {
    String.class, Integer.class, Long.class, Double.class, BigDecimal.class, Boolean.class,
    byte[].class, Date.class, Timestamp.class, LocalDate.class, LocalDateTime.class, Object.class,
    Short.class, BigInteger.class, Thread.class, null,
  };
  private static final Class<?>[] WRAPPED = {
    ResultSet.class,
    Statement.class,
    PreparedStatement.class,
    Connection.class,
    Wrapper.class,
    String.class,
    null,
  };
  private static final SQLType[] SQL_TYPES = {
    JDBCType.INTEGER,
    JDBCType.BIGINT,
    JDBCType.VARCHAR,
    JDBCType.DOUBLE,
    JDBCType.DECIMAL,
    JDBCType.DATE,
    JDBCType.BLOB,
    JDBCType.NULL,
  };
  private static final String[] WORDS = {
    "item1", "item2", "7", "2.5", "", "2020-01-02", "true", "it's", "no such", null,
  };

  private final Random random;
  private final CallSite site;

  /** A savepoint the program has, for the methods that take one; may be null. */
  Savepoint savepoint;

  CallArguments(Random random, CallSite site) {
    this.random = random;
    this.site = site;
  }

  Object[] of(Method method) {
    Class<?>[] types = method.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = one(method, types[i], i);
    }
    return arguments;
  }

  String pick(String... from) {
    return from[random.nextInt(from.length)];
  }

  private int number(int... from) {
    return from[random.nextInt(from.length)];
  }

  private Object one(Method method, Class<?> type, int position) {
    String name = method.getName();
    Class<?> owner = method.getDeclaringClass();
    if (type == int.class) {
      return integer(name, owner, position);
    }
    if (type == String.class) {
      return string(name, owner, position);
    }
    if (type == long.class) {
      return (long) number(0, 1, 2, 5, 3, 2, -1);
    }
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    if (type == Class.class) {
      Class<?>[] from = owner == Wrapper.class ? WRAPPED : WANTED;
      return from[random.nextInt(from.length)];
    }
    return type.isPrimitive() ? primitive(type) : object(type);
  }

  private int integer(String name, Class<?> owner, int position) {
    if (position == 0 && (owner == ResultSet.class || isParameter(owner, name))) {
      switch (name) {
        case "absolute":
        case "relative":
          return number(0, 1, 2, 3, -1, 5, 100);
        case "setFetchDirection":
          return number(CONSTANTS);
        case "setFetchSize":
          return number(0, 1, 2, 10, -1);
        default:
          return number(1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 0, -1, 99);
      }
    }
    switch (name) {
      case "setNull":
      case "setObject":
      case "updateObject":
      case "registerOutParameter":
        return position == 1 ? number(TYPES) : number(0, 1, 2);
      case "setMaxRows":
      case "setFetchSize":
      case "setMaxFieldSize":
        return number(0, 1, 2, 3, 5, 1000, -1);
      case "setQueryTimeout":
      case "isValid":
        return number(0, 2, 30, -1);
      case "setNetworkTimeout":
        return number(0, 20_000, 30_000, -1);
      case "setTransactionIsolation":
        return number(1, 2, 4, 8, 0, 55);
      case "getMoreResults":
      case "execute":
      case "executeUpdate":
      case "executeLargeUpdate":
        return number(1, 1, 1, 2, 3, 9);
      case "setFetchDirection":
      case "createStatement":
      case "prepareStatement":
      case "prepareCall":
      case "setHoldability":
        return number(CONSTANTS);
      default:
        return number(0, 1, 2, 3, 7, -1);
    }
  }

  private static boolean isParameter(Class<?> owner, String name) {
    return PreparedStatement.class.isAssignableFrom(owner)
        && (name.startsWith("set") || name.startsWith("get") || name.startsWith("register"));
  }

  private String string(String name, Class<?> owner, int position) {
    if (owner == ResultSet.class && position == 0) {
      return pick("id", "id", "name", "NAME", "qty", "price", "note", "nothing", "", null);
    }
    if (owner == CallableStatement.class && position == 0) {
      return pick("a", "b", "c", "nothing", null);
    }
    switch (name) {
      case "prepareStatement":
        return pick(site.prepared);
      case "prepareCall":
        return pick(site.calls);
      case "nativeSQL":
        return pick("SELECT {fn abs(1)} FROM item", "SELECT {d '2020-01-02'}", "SELECT 1", null);
      case "setCatalog":
      case "setSchema":
        return pick(site.schemas);
      case "execute":
      case "executeQuery":
      case "executeUpdate":
      case "executeLargeUpdate":
      case "addBatch":
        return random.nextInt(8) == 0 ? pick(site.wrong) : pick(site.reads);
      case "setClientInfo":
      case "getClientInfo":
        return pick("ApplicationName", "user", "nothing", null);
      case "setSavepoint":
        return pick("s1", "a b", null);
      default:
        return pick(WORDS);
    }
  }

  private Object primitive(Class<?> type) {
    if (type == double.class) {
      return random.nextInt(40) / 4.0;
    }
    if (type == float.class) {
      return random.nextInt(40) / 4.0f;
    }
    if (type == short.class) {
      return (short) random.nextInt(40);
    }
    return (byte) random.nextInt(40);
  }

  private Object object(Class<?> type) {
    if (random.nextInt(10) == 0) {
      return null;
    }
    try {
      return known(type);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Object known(Class<?> type) throws Exception {
    int n = random.nextInt(14);
    if (type == Object.class) {
      Object[] any = {n, "item" + n, (long) n, n / 2.0, new byte[] {(byte) n}, true, 'c', any(n)};
      return any[random.nextInt(any.length)];
    }
    if (type == BigDecimal.class) {
      return new BigDecimal(n).movePointLeft(1);
    }
    if (type == byte[].class) {
      return new byte[] {(byte) n, (byte) 0xff};
    }
    if (type == Date.class) {
      return new Date(86_400_000L * n);
    }
    if (type == Time.class) {
      return new Time(60_000L * n);
    }
    if (type == Timestamp.class) {
      return new Timestamp(86_400_123L * n);
    }
    if (type == Calendar.class) {
      return Calendar.getInstance(TimeZone.getTimeZone(n < 7 ? "UTC" : "Asia/Tokyo"));
    }
    if (type == java.net.URL.class) {
      return URI.create("http://localhost/" + n).toURL();
    }
    if (type == InputStream.class) {
      return new ByteArrayInputStream(new byte[] {(byte) ('0' + n % 10)});
    }
    if (type == Reader.class) {
      return new StringReader("item" + n);
    }
    if (type == SQLType.class) {
      return SQL_TYPES[random.nextInt(SQL_TYPES.length)];
    }
    if (type == Executor.class) {
      return (Executor) Runnable::run;
    }
    if (type == Savepoint.class) {
      return savepoint;
    }
    return structured(type, n);
  }

  private static Object any(int n) {
    List<Object> more =
        Arrays.asList(
            new Timestamp(86_400_000L * n),
            LocalDate.of(2020, 1, 1 + n),
            new java.util.concurrent.atomic.AtomicInteger(n));
    return more.get(n % more.size());
  }

  private static Object structured(Class<?> type, int n) throws Exception {
    if (type == java.sql.Blob.class) {
      return new SerialBlob(new byte[] {(byte) n});
    }
    if (type == java.sql.Clob.class) {
      return new SerialClob(("item" + n).toCharArray());
    }
    if (type == Map.class) {
      return n < 7 ? Collections.emptyMap() : Collections.singletonMap("t", String.class);
    }
    if (type == Properties.class) {
      Properties properties = new Properties();
      properties.setProperty("ApplicationName", "calls");
      return properties;
    }
    if (type == int[].class) {
      return new int[] {1};
    }
    if (type == String[].class) {
      return new String[] {"id"};
    }
    if (type == Object[].class) {
      return new Object[] {n, "x"};
    }
    return null;
  }
}
