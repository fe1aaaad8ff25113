package io.rwsplit.bootstrap;

/** The {@code PreparedStatement} setters whose values can be set a second time, on a replica. */
public final class Setter {
  public static final int BOOLEAN = 0;
  public static final int BYTE = 1;
  public static final int SHORT = 2;
  public static final int INT = 3;
  public static final int LONG = 4;
  public static final int FLOAT = 5;
  public static final int DOUBLE = 6;
  public static final int BIG_DECIMAL = 7;
  public static final int STRING = 8;
  public static final int NSTRING = 9;
  public static final int BYTES = 10;
  public static final int DATE = 11;
  public static final int TIME = 12;
  public static final int TIMESTAMP = 13;
  public static final int URL = 14;
  public static final int OBJECT = 15;

  /** {@code setNull(int, int)}. */
  public static final int NULL = 16;

  /** {@code setNull(int, int, String)}. */
  public static final int NULL_NAMED = 17;

  /** {@code setDate(int, Date, Calendar)}. */
  public static final int DATE_CALENDAR = 18;

  /** {@code setTime(int, Time, Calendar)}. */
  public static final int TIME_CALENDAR = 19;

  /** {@code setTimestamp(int, Timestamp, Calendar)}. */
  public static final int TIMESTAMP_CALENDAR = 20;

  /** {@code setObject(int, Object, int)}. */
  public static final int OBJECT_TYPE = 21;

  /** {@code setObject(int, Object, int, int)}. */
  public static final int OBJECT_TYPE_SCALE = 22;

  /** {@code setObject(int, Object, SQLType)}. */
  public static final int OBJECT_SQLTYPE = 23;

  /** {@code setObject(int, Object, SQLType, int)}. */
  public static final int OBJECT_SQLTYPE_SCALE = 24;

  private Setter() {}
}
