package legacy.differential;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;

/** Reads of the random program: by text and prepared, and what is asked of their results. */
final class ReadCalls extends CallGroup {
  ReadCalls(Desks desks) {
    super(desks);
  }

  void readText() throws SQLException {
    Statement statement = statement();
    String sql = random.nextInt(4) == 0 ? pick(Texts.SORTED) : pick(Texts.READS);
    boolean execute = random.nextBoolean();
    boolean keepOpen = random.nextInt(8) == 0;
    call(
        (execute ? "execute " : "query ") + sql,
        () -> {
          ResultSet result;
          if (execute) {
            if (!statement.execute(sql)) {
              return "no query " + statement.getUpdateCount();
            }
            result = statement.getResultSet();
          } else {
            result = statement.executeQuery(sql);
          }
          String rows = Transcript.rows(result);
          if (!keepOpen) {
            result.close();
          }
          return rows;
        });
  }

  void readPrepared() throws SQLException {
    PreparedStatement statement = prepared(desks.now.reads, Texts.PREPARED_READS);
    if (statement == null) {
      return;
    }
    int set = random.nextInt(5);
    if (set > 0) {
      parameter(statement, 1);
    }
    if (set > 1) {
      parameter(statement, 2);
    }
    boolean execute = random.nextBoolean();
    call(
        execute ? "prepared execute" : "prepared query",
        () -> {
          ResultSet result;
          if (execute) {
            statement.execute();
            result = statement.getResultSet();
          } else {
            result = statement.executeQuery();
          }
          try (ResultSet each = result) {
            return Transcript.rows(each);
          }
        });
    if (random.nextInt(12) == 0) {
      call(
          "clear parameters",
          () -> {
            statement.clearParameters();
            return "cleared";
          });
    }
  }

  private void parameter(PreparedStatement statement, int index) {
    int kind = random.nextInt(16);
    int number = random.nextInt(40);
    call(
        "parameter " + index + " of kind " + kind + " " + number,
        () -> {
          switch (kind) {
            case 0:
              statement.setLong(index, number);
              break;
            case 1:
              statement.setString(index, "item" + number % 13);
              break;
            case 2:
              statement.setNull(index, Types.INTEGER);
              break;
            case 3:
              statement.setDouble(index, number / 2.0);
              break;
            case 4:
              statement.setBytes(index, new byte[] {(byte) (number % 10), (byte) 0xff});
              break;
            case 5:
              statement.setObject(index, number % 3 == 0 ? null : (Object) ("note " + number % 12));
              break;
            case 6:
              statement.setBoolean(index, number % 2 == 0);
              break;
            case 7:
              statement.setBigDecimal(index, new BigDecimal(number).movePointLeft(1));
              break;
            case 8:
              statement.setTimestamp(index, new java.sql.Timestamp(number * 1000L));
              break;
            case 9:
              statement.setObject(index, Long.valueOf(number), Types.BIGINT);
              break;
            case 10:
              statement.setCharacterStream(index, new java.io.StringReader("item" + number % 13));
              break;
            case 11:
              statement.setShort(index, (short) number);
              break;
            case 12:
              statement.setDate(index, new java.sql.Date(86_400_000L * number));
              break;
            default:
              statement.setInt(index, number % 14);
              break;
          }
          return "set";
        });
  }

  void openResult() throws SQLException {
    if (desks.now.open.size() > 5) {
      return;
    }
    // A statement of its own: results of one statement are one object of the driver.
    Statement statement = desks.now.connection.createStatement();
    String sql = pick(Texts.SORTED);
    call(
        "open " + sql,
        () -> {
          ResultSet result = statement.executeQuery(sql);
          desks.now.open.add(result);
          return result.next() ? Transcript.text(result.getObject(1)) : "empty";
        });
  }

  /** May be closed: that is asked of it, but not its values, whose failures differ in wording. */
  private ResultSet aResult() {
    return desks.now.open.isEmpty()
        ? null
        : desks.now.open.get(random.nextInt(desks.now.open.size()));
  }

  private ResultSet anOpenResult() throws SQLException {
    ResultSet result = aResult();
    return result == null || result.isClosed() ? null : result;
  }

  void stepResult() throws SQLException {
    ResultSet result = anOpenResult();
    if (result != null) {
      call(
          "step",
          () -> result.next() + " " + result.getRow() + " " + Transcript.text(result.getObject(1)));
    }
  }

  void closeResult() {
    ResultSet result = aResult();
    if (result == null) {
      return;
    }
    boolean twice = random.nextBoolean();
    boolean keep = random.nextInt(4) == 0;
    call(
        "close result" + (twice ? " twice" : ""),
        () -> {
          result.close();
          if (twice) {
            result.close();
          }
          if (!keep) {
            desks.now.open.remove(result);
          }
          return result.isClosed();
        });
  }

  void inspectResult() throws SQLException {
    ResultSet result = anOpenResult();
    if (result == null) {
      return;
    }
    call("is before first", result::isBeforeFirst);
    call("is first", result::isFirst);
    call("is after last", result::isAfterLast);
    call("row", result::getRow);
    call("int", () -> result.getInt(1));
    call("was null", result::wasNull);
    call("string", () -> result.getString(2));
    call("find", () -> result.findColumn("NAME"));
    call("by name", () -> result.getObject("name"));
    call("no such column", () -> result.getInt("nothing"));
    call("index 99", () -> result.getString(99));
    call("index 0", () -> result.getString(0));
    call("as double", () -> result.getDouble(1));
    call("as long", () -> result.getObject(1, Long.class));
    call("as string", () -> result.getObject(1, String.class));
    call("as decimal", () -> result.getBigDecimal(1));
    call("as bytes", () -> result.getBytes(1));
    call("as date", () -> result.getDate(1));
    call("type", result::getType);
    call("concurrency", result::getConcurrency);
    call("holdability", result::getHoldability);
    call("fetch size", result::getFetchSize);
    call("fetch direction", result::getFetchDirection);
    call("cursor name", result::getCursorName);
    call("warnings", result::getWarnings);
    call("previous", result::previous);
    call("first", result::first);
    call("is last", () -> result.getType() == ResultSet.TYPE_FORWARD_ONLY);
    call("update", () -> voidly(() -> result.updateInt(1, 5)));
    call("delete", () -> voidly(result::deleteRow));
    call("insert", () -> voidly(result::moveToInsertRow));
    call("mine", () -> result.getStatement().getConnection() == desks.now.connection);
    call("is closed", result::isClosed);
    call("wraps", () -> result.isWrapperFor(ResultSet.class));
  }

  void resultMetaData() throws SQLException {
    ResultSet result = anOpenResult();
    if (result == null) {
      return;
    }
    call(
        "metadata",
        () -> {
          ResultSetMetaData metaData = result.getMetaData();
          StringBuilder text = new StringBuilder();
          for (int i = 1; i <= metaData.getColumnCount(); i++) {
            text.append(metaData.getColumnName(i)).append('/');
            text.append(metaData.getColumnLabel(i)).append('/');
            text.append(metaData.getColumnType(i)).append('/');
            text.append(metaData.getColumnTypeName(i)).append('/');
            text.append(metaData.getColumnClassName(i)).append('/');
            text.append(metaData.getTableName(i)).append('/');
            text.append(metaData.getPrecision(i)).append('/');
            text.append(metaData.getScale(i)).append('/');
            text.append(metaData.isNullable(i)).append('/');
            text.append(metaData.isAutoIncrement(i)).append('/');
            text.append(metaData.isSigned(i)).append(' ');
          }
          return text.toString();
        });
    call("metadata 99", () -> result.getMetaData().getColumnName(99));
  }
}
