package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Setter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Calendar;
import java.util.UUID;

/**
 * The parameters an application set on a prepared statement, recorded so that they can be set on a
 * replica's statement too. Values the application could change later are copied. Confined to the
 * statement's thread, like the statement.
 */
final class Parameters {
  /** Indexes beyond it are not recorded: such a statement stays on the master. */
  private static final int MAX_INDEX = 65_535;

  /** A longer one is no value of a setting that is worth being kept. */
  private static final int MAX_LITERAL = 1_000;

  private static final int UNSET = -1;
  private static final int OPAQUE = -2;

  private static final int[] NO_SETTERS = {};
  private static final long[] NO_BITS = {};
  private static final Object[] NO_VALUES = {};

  private int[] setters = NO_SETTERS;
  private long[] bits = NO_BITS;

  /** No longer than the index of the last object needs: many statements get numbers only. */
  private Object[] values = NO_VALUES;

  private Object[] qualifiers;
  private int highest;
  private int set;
  private int opaque;

  /** Highest index that was set. */
  int count() {
    return highest;
  }

  /** True when every index up to the highest was set. */
  boolean isComplete() {
    return set == highest;
  }

  /** True when every value can be set a second time. */
  boolean isReplayable() {
    return opaque == 0;
  }

  void clear() {
    Arrays.fill(setters, 0, highest, UNSET);
    Arrays.fill(values, null);
    if (qualifiers != null) {
      Arrays.fill(qualifiers, null);
    }
    highest = 0;
    set = 0;
    opaque = 0;
  }

  void primitive(int index, int setter, long value) {
    if (place(index, setter)) {
      bits[index - 1] = value;
    }
  }

  void object(int index, int setter, Object value) {
    Object kept = keep(value);
    if (place(index, kept == null && value != null ? OPAQUE : setter)) {
      valueAt(index - 1, kept);
    }
  }

  void qualified(int index, int setter, Object value, Object qualifier, int type, int scale) {
    Object kept = keep(value);
    boolean unknown = kept == null && value != null;
    if (place(index, unknown ? OPAQUE : setter)) {
      valueAt(index - 1, kept);
      bits[index - 1] = ((long) type << 32) | (scale & 0xffffffffL);
      if (qualifier != null) {
        qualifierAt(index - 1, copyQualifier(qualifier));
      }
    }
  }

  void opaque(int index) {
    place(index, OPAQUE);
  }

  private void valueAt(int position, Object value) {
    if (position >= values.length) {
      values = Arrays.copyOf(values, setters.length);
    }
    values[position] = value;
  }

  private Object valueAt(int position) {
    return position < values.length ? values[position] : null;
  }

  private void qualifierAt(int position, Object qualifier) {
    if (qualifiers == null) {
      qualifiers = new Object[setters.length];
    } else if (qualifiers.length < setters.length) {
      qualifiers = Arrays.copyOf(qualifiers, setters.length);
    }
    qualifiers[position] = qualifier;
  }

  private boolean place(int index, int setter) {
    if (index < 1) {
      return false;
    }
    if (index > MAX_INDEX) {
      opaque++;
      return false;
    }
    if (index > setters.length) {
      grow(index);
    }
    int before = setters[index - 1];
    if (before == UNSET) {
      set++;
    } else if (before == OPAQUE) {
      opaque--;
    }
    if (setter == OPAQUE) {
      opaque++;
    }
    setters[index - 1] = setter;
    highest = Math.max(highest, index);
    return true;
  }

  private void grow(int index) {
    int from = setters.length;
    int to = Math.max(index, Math.max(4, from * 2));
    setters = Arrays.copyOf(setters, to);
    Arrays.fill(setters, from, to, UNSET);
    bits = Arrays.copyOf(bits, to);
  }

  /** A value that will not change, or null when that cannot be known. */
  private static Object keep(Object value) {
    if (value == null || value instanceof String || value instanceof Integer) {
      return value;
    }
    Class<?> type = value.getClass();
    if (type == Timestamp.class || type == Date.class || type == Time.class) {
      return ((java.util.Date) value).clone();
    }
    if (type == java.util.Date.class) {
      return ((java.util.Date) value).clone();
    }
    if (type == byte[].class) {
      return ((byte[]) value).clone();
    }
    return isImmutable(type) || value instanceof Enum ? value : null;
  }

  private static boolean isImmutable(Class<?> type) {
    return type == Long.class
        || type == Double.class
        || type == Boolean.class
        || type == BigDecimal.class
        || type == BigInteger.class
        || type == Short.class
        || type == Byte.class
        || type == Float.class
        || type == Character.class
        || type == UUID.class
        || type == URL.class
        || (type.getName().startsWith("java.time.") && type.getClassLoader() == null);
  }

  private static Object copyQualifier(Object qualifier) {
    return qualifier instanceof Calendar ? ((Calendar) qualifier).clone() : qualifier;
  }

  /**
   * The only parameter as a literal of SQL that every server reads alike; null when there are
   * several, or it is no string, or one that a server's setting could make mean something else.
   */
  String onlyLiteral() {
    Object value = highest == 1 && set == 1 && opaque == 0 ? valueAt(0) : null;
    boolean plain = value != null && setters[0] <= Setter.OBJECT && value instanceof String;
    String text = plain ? (String) value : null;
    if (text == null || text.length() > MAX_LITERAL || text.indexOf('\\') >= 0) {
      return null;
    }
    return text.indexOf('\0') >= 0 ? null : "'" + text.replace("'", "''") + "'";
  }

  /**
   * A copy that later calls do not change; null when it would be larger than is worth keeping.
   *
   * @param most how many characters and bytes
   */
  Parameters copy(int most) {
    long size = 0;
    for (int i = 0; i < highest; i++) {
      Object value = valueAt(i);
      size += value instanceof String ? ((String) value).length() : 0;
      size += value instanceof byte[] ? ((byte[]) value).length : 0;
    }
    if (size > most || !isReplayable()) {
      return null;
    }
    Parameters copy = new Parameters();
    copy.setters = setters.clone();
    copy.bits = bits.clone();
    copy.values = values.clone();
    copy.qualifiers = qualifiers == null ? null : qualifiers.clone();
    copy.highest = highest;
    copy.set = set;
    return copy;
  }

  /** Sets every recorded value. */
  void replay(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < highest; i++) {
      int setter = setters[i];
      if (setter == UNSET) {
        continue;
      }
      if (setter <= Setter.DOUBLE) {
        replayPrimitive(statement, i + 1, setter, bits[i]);
      } else if (setter <= Setter.OBJECT) {
        replayObject(statement, i + 1, setter, valueAt(i));
      } else {
        replayQualified(statement, i);
      }
    }
  }

  private static void replayPrimitive(PreparedStatement to, int index, int setter, long value)
      throws SQLException {
    switch (setter) {
      case Setter.BOOLEAN:
        to.setBoolean(index, value != 0);
        break;
      case Setter.BYTE:
        to.setByte(index, (byte) value);
        break;
      case Setter.SHORT:
        to.setShort(index, (short) value);
        break;
      case Setter.INT:
        to.setInt(index, (int) value);
        break;
      case Setter.LONG:
        to.setLong(index, value);
        break;
      case Setter.FLOAT:
        to.setFloat(index, Float.intBitsToFloat((int) value));
        break;
      default:
        to.setDouble(index, Double.longBitsToDouble(value));
    }
  }

  private static void replayObject(PreparedStatement to, int index, int setter, Object value)
      throws SQLException {
    switch (setter) {
      case Setter.STRING:
        to.setString(index, (String) value);
        break;
      case Setter.BIG_DECIMAL:
        to.setBigDecimal(index, (BigDecimal) value);
        break;
      case Setter.NSTRING:
        to.setNString(index, (String) value);
        break;
      case Setter.BYTES:
        to.setBytes(index, (byte[]) value);
        break;
      case Setter.DATE:
        to.setDate(index, (Date) value);
        break;
      case Setter.TIME:
        to.setTime(index, (Time) value);
        break;
      case Setter.TIMESTAMP:
        to.setTimestamp(index, (Timestamp) value);
        break;
      case Setter.URL:
        to.setURL(index, (URL) value);
        break;
      default:
        to.setObject(index, value);
    }
  }

  private void replayQualified(PreparedStatement to, int position) throws SQLException {
    int index = position + 1;
    Object value = valueAt(position);
    boolean has = qualifiers != null && position < qualifiers.length;
    Object qualifier = has ? qualifiers[position] : null;
    int type = (int) (bits[position] >> 32);
    int scale = (int) bits[position];
    switch (setters[position]) {
      case Setter.NULL:
        to.setNull(index, type);
        break;
      case Setter.NULL_NAMED:
        to.setNull(index, type, (String) qualifier);
        break;
      case Setter.DATE_CALENDAR:
        to.setDate(index, (Date) value, (Calendar) qualifier);
        break;
      case Setter.TIME_CALENDAR:
        to.setTime(index, (Time) value, (Calendar) qualifier);
        break;
      case Setter.TIMESTAMP_CALENDAR:
        to.setTimestamp(index, (Timestamp) value, (Calendar) qualifier);
        break;
      case Setter.OBJECT_TYPE:
        to.setObject(index, value, type);
        break;
      case Setter.OBJECT_TYPE_SCALE:
        to.setObject(index, value, type, scale);
        break;
      case Setter.OBJECT_SQLTYPE:
        to.setObject(index, value, (SQLType) qualifier);
        break;
      default:
        to.setObject(index, value, (SQLType) qualifier, scale);
    }
  }
}
