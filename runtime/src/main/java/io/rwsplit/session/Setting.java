package io.rwsplit.session;

/**
 * One piece of session state that a replica connection can be given, and how. Immutable; equal when
 * it leaves a connection in the same state.
 */
public final class Setting {
  /** By which call a connection is given the setting. */
  public enum Way {
    /** A SQL text. */
    SQL,
    /** {@code Connection.setCatalog}. */
    CATALOG,
    /** {@code Connection.setTransactionIsolation}. */
    ISOLATION,
    /** {@code Connection.setNetworkTimeout}, in milliseconds. */
    NETWORK_TIMEOUT,
    /** {@code Connection.setHoldability}. */
    HOLDABILITY,
    /** {@code PGConnection.addDataType}. */
    DATA_TYPE
  }

  /** The key of {@link #catalog}. */
  static final String DATABASE = "database";

  private final String key;
  private final Way way;
  private final String text;
  private final int number;

  /** Of a data type; else null. */
  private final Class<?> type;

  private Setting(String key, Way way, String text, int number, Class<?> type) {
    this.key = key;
    this.way = way;
    this.text = text;
    this.number = number;
    this.type = type;
  }

  /**
   * A setting made by a SQL text.
   *
   * @param key lower-case name of what is set
   * @param sql the text that sets it on a connection that has its default
   */
  public static Setting sql(String key, String sql) {
    return new Setting(key, Way.SQL, sql, 0, null);
  }

  /** The current database of MySQL and MariaDB. */
  public static Setting catalog(String name) {
    return new Setting(DATABASE, Way.CATALOG, name, 0, null);
  }

  /** A setting made by a method of {@code java.sql.Connection} that takes a number. */
  public static Setting number(Way way, int value) {
    return new Setting(way.name(), way, null, value, null);
  }

  /**
   * The class that values of a type of PostgreSQL's are made of.
   *
   * @param type null: the driver's own
   */
  public static Setting dataType(String name, Class<?> type) {
    return new Setting("data type " + name, Way.DATA_TYPE, name, 0, type);
  }

  /** What is set; two settings of one key replace each other. */
  public String key() {
    return key;
  }

  /** How it is set. */
  public Way way() {
    return way;
  }

  /** The class of a data type's values; null: the driver's own, or no data type. */
  public Class<?> type() {
    return type;
  }

  /** The SQL text, or the name of the catalog or data type; null for a number. */
  public String text() {
    return text;
  }

  /** The value of a setting that is a number. */
  public int number() {
    return number;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Setting)) {
      return false;
    }
    Setting setting = (Setting) other;
    return way == setting.way
        && number == setting.number
        && type == setting.type
        && key.equals(setting.key)
        && (text == null ? setting.text == null : text.equals(setting.text));
  }

  @Override
  public int hashCode() {
    return (key.hashCode() * 31 + (text == null ? 0 : text.hashCode())) * 31 + number;
  }

  @Override
  public String toString() {
    return text == null ? key + "=" + number : text;
  }
}
