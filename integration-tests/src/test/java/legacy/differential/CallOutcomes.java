package legacy.differential;

import java.io.InputStream;
import java.io.Reader;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.IdentityHashMap;

/** What a call returned, as text that two runs have in common. */
final class CallOutcomes {
  private interface Ask {
    Object of(int column) throws SQLException;
  }

  private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();

  /** Gives an object the name under which it is printed. */
  void name(Object object, String name) {
    names.put(object, name);
  }

  boolean hasName(Object object) {
    return names.containsKey(object);
  }

  String name(Object object) {
    String name = names.get(object);
    return name == null ? "an unknown one" : name;
  }

  /** As an argument. */
  static String argument(Object value) {
    if (value instanceof byte[]
        || value instanceof InputStream
        || value instanceof Reader
        || value instanceof java.util.concurrent.Executor) {
      return "(one)";
    }
    if (value instanceof Object[]) {
      return Arrays.toString((Object[]) value);
    }
    if (value instanceof Blob || value instanceof Clob) {
      return "(lob)";
    }
    if (value instanceof java.util.Calendar) {
      return ((java.util.Calendar) value).getTimeZone().getID();
    }
    if (value instanceof int[]) {
      return Arrays.toString((int[]) value);
    }
    return value instanceof Savepoint ? "(savepoint)" : String.valueOf(value);
  }

  /** As a result. */
  String of(Object value, Class<?> type) throws Exception {
    if (value instanceof ResultSetMetaData && type == ResultSetMetaData.class) {
      return columns((ResultSetMetaData) value);
    }
    if (value instanceof ParameterMetaData && type == ParameterMetaData.class) {
      return parameters((ParameterMetaData) value);
    }
    if (value instanceof Connection || value instanceof Statement || value instanceof ResultSet) {
      return names.containsKey(value) ? name(value) : "a new one";
    }
    if (value instanceof DatabaseMetaData) {
      return "metadata of " + name(((DatabaseMetaData) value).getConnection());
    }
    if (value instanceof SQLWarning) {
      return "warning " + Transcript.failure((SQLWarning) value);
    }
    if (value instanceof InputStream) {
      return "stream " + Arrays.toString(((InputStream) value).readAllBytes());
    }
    if (value instanceof Reader) {
      return "reader " + read((Reader) value);
    }
    if (value instanceof Array) {
      return "array " + Transcript.text(((Array) value).getArray());
    }
    if (value instanceof Savepoint) {
      return "savepoint";
    }
    if (value instanceof Object[]) {
      return Arrays.deepToString((Object[]) value);
    }
    return Transcript.text(value);
  }

  private static String read(Reader reader) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      text.append((char) c);
    }
    return text.toString();
  }

  private static String columns(ResultSetMetaData metaData) throws SQLException {
    StringBuilder text = new StringBuilder();
    ask(text, metaData::getColumnName, 0);
    ask(text, metaData::getColumnName, 99);
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      ask(text, metaData::getColumnName, i);
      ask(text, metaData::getColumnLabel, i);
      ask(text, metaData::getColumnType, i);
      ask(text, metaData::getColumnTypeName, i);
      ask(text, metaData::getColumnClassName, i);
      ask(text, metaData::getTableName, i);
      ask(text, metaData::getSchemaName, i);
      ask(text, metaData::getPrecision, i);
      ask(text, metaData::getScale, i);
      ask(text, metaData::getColumnDisplaySize, i);
      ask(text, metaData::isNullable, i);
      ask(text, metaData::isAutoIncrement, i);
      ask(text, metaData::isSigned, i);
      ask(text, metaData::isCaseSensitive, i);
      ask(text, metaData::isSearchable, i);
      ask(text, metaData::isReadOnly, i);
      ask(text, metaData::isWritable, i);
      text.append(' ');
    }
    return text.toString();
  }

  private static String parameters(ParameterMetaData metaData) throws SQLException {
    StringBuilder text = new StringBuilder();
    int count = metaData.getParameterCount();
    text.append(count).append(' ');
    for (int i = 1; i <= count + 1; i++) {
      ask(text, metaData::getParameterType, i);
      ask(text, metaData::getParameterTypeName, i);
      ask(text, metaData::getParameterClassName, i);
      ask(text, metaData::getParameterMode, i);
      ask(text, metaData::isNullable, i);
    }
    return text.toString();
  }

  private static void ask(StringBuilder text, Ask question, int column) {
    try {
      text.append(question.of(column));
    } catch (SQLException e) {
      text.append(Transcript.failure(e));
    } catch (RuntimeException e) {
      text.append(e.getClass().getSimpleName());
    }
    text.append('/');
  }
}
