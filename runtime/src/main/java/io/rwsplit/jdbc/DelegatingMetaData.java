package io.rwsplit.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/**
 * Metadata of a driver whose result sets are their own metadata (sqlite-jdbc's {@code
 * JDBC4ResultSet}): asks whatever the redirected result stands for at the time of the call.
 */
final class DelegatingMetaData implements ResultSetMetaData {
  private final RedirectedResultSet result;

  DelegatingMetaData(RedirectedResultSet result) {
    this.result = result;
  }

  @Override
  public String getCatalogName(int a) throws SQLException {
    return result.delegate.getMetaData().getCatalogName(a);
  }

  @Override
  public String getColumnClassName(int a) throws SQLException {
    return result.delegate.getMetaData().getColumnClassName(a);
  }

  @Override
  public int getColumnCount() throws SQLException {
    return result.delegate.getMetaData().getColumnCount();
  }

  @Override
  public int getColumnDisplaySize(int a) throws SQLException {
    return result.delegate.getMetaData().getColumnDisplaySize(a);
  }

  @Override
  public String getColumnLabel(int a) throws SQLException {
    return result.delegate.getMetaData().getColumnLabel(a);
  }

  @Override
  public String getColumnName(int a) throws SQLException {
    return result.delegate.getMetaData().getColumnName(a);
  }

  @Override
  public int getColumnType(int a) throws SQLException {
    return result.delegate.getMetaData().getColumnType(a);
  }

  @Override
  public String getColumnTypeName(int a) throws SQLException {
    return result.delegate.getMetaData().getColumnTypeName(a);
  }

  @Override
  public int getPrecision(int a) throws SQLException {
    return result.delegate.getMetaData().getPrecision(a);
  }

  @Override
  public int getScale(int a) throws SQLException {
    return result.delegate.getMetaData().getScale(a);
  }

  @Override
  public String getSchemaName(int a) throws SQLException {
    return result.delegate.getMetaData().getSchemaName(a);
  }

  @Override
  public String getTableName(int a) throws SQLException {
    return result.delegate.getMetaData().getTableName(a);
  }

  @Override
  public boolean isAutoIncrement(int a) throws SQLException {
    return result.delegate.getMetaData().isAutoIncrement(a);
  }

  @Override
  public boolean isCaseSensitive(int a) throws SQLException {
    return result.delegate.getMetaData().isCaseSensitive(a);
  }

  @Override
  public boolean isCurrency(int a) throws SQLException {
    return result.delegate.getMetaData().isCurrency(a);
  }

  @Override
  public boolean isDefinitelyWritable(int a) throws SQLException {
    return result.delegate.getMetaData().isDefinitelyWritable(a);
  }

  @Override
  public int isNullable(int a) throws SQLException {
    return result.delegate.getMetaData().isNullable(a);
  }

  @Override
  public boolean isReadOnly(int a) throws SQLException {
    return result.delegate.getMetaData().isReadOnly(a);
  }

  @Override
  public boolean isSearchable(int a) throws SQLException {
    return result.delegate.getMetaData().isSearchable(a);
  }

  @Override
  public boolean isSigned(int a) throws SQLException {
    return result.delegate.getMetaData().isSigned(a);
  }

  @Override
  public boolean isWritable(int a) throws SQLException {
    return result.delegate.getMetaData().isWritable(a);
  }

  @Override
  public <T> T unwrap(Class<T> a) throws SQLException {
    return a.isInstance(this) ? a.cast(this) : result.delegate.getMetaData().unwrap(a);
  }

  @Override
  public boolean isWrapperFor(Class<?> a) throws SQLException {
    return a.isInstance(this) || result.delegate.getMetaData().isWrapperFor(a);
  }
}
