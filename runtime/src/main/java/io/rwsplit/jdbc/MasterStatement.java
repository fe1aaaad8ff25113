package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.StatementHook;

/**
 * The hook of a statement that always runs as written, so that its settings, parameters and results
 * are the driver's alone.
 */
abstract class MasterStatement extends StatementHook {

  @Override
  public boolean redirected() {
    return false;
  }

  @Override
  public Object resultSet() {
    return null;
  }

  @Override
  public boolean moreResults(int current) {
    return false;
  }

  @Override
  public Object warnings() {
    return null;
  }

  @Override
  public void masterResult(Object result) {}

  @Override
  public void before(int call, Object statement) {}

  @Override
  public void setting(int setting, long value) {}

  @Override
  public void setPrimitive(int index, int setter, long bits) {}

  @Override
  public void setObject(int index, int setter, Object value) {}

  @Override
  public void setObject(
      int index, int setter, Object value, Object qualifier, int type, int scale) {}

  @Override
  public void setOpaque(int index) {}

  @Override
  public void clearParameters() {}
}
