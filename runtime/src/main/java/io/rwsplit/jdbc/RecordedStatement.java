package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Setting;
import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.engine.Engine;
import io.rwsplit.pool.StatementSettings;
import io.rwsplit.sql.Classification;

/**
 * What the application has set on a statement, recorded so that a replica's statement can get the
 * same: parameters and settings. Used by one thread at a time, as statements are.
 */
abstract class RecordedStatement extends StatementHook {
  final RoutingContext context;

  /** Classification of the text it was prepared with; null for a plain statement. */
  Classification prepared;

  /** Null until the first one is set. */
  Parameters parameters;

  StatementSettings settings = StatementSettings.DEFAULT;

  /** Changes of parameters and settings: a result can be had again only while there is none. */
  int modifications;

  /** Something about the statement keeps it on the master for good. */
  boolean masterOnly;

  boolean closeOnCompletion;

  RecordedStatement(RoutingContext context, boolean masterOnly) {
    this.context = context;
    this.masterOnly = masterOnly;
  }

  @Override
  public void setting(int setting, long value) {
    try {
      if (setting == Setting.CURSOR_NAME) {
        masterOnly |= context.engine != Engine.SQLITE;
      } else if (setting == Setting.CLOSE_ON_COMPLETION) {
        closeOnCompletion = true;
      } else {
        settings = settings.with(setting, value);
        modifications++;
      }
    } catch (Throwable t) {
      masterOnly = true;
      context.fault("statement setting", t);
    }
  }

  /**
   * What has been executed, with the value of its parameter where that is a setting's: what the
   * session has then can be given to a replica connection too.
   */
  final Classification withParameters(Classification executed, boolean text) {
    if (text || !executed.isSettingByParameter() || parameters == null) {
      return executed;
    }
    String literal = parameters.onlyLiteral();
    return literal == null ? executed : executed.withSetting(literal);
  }

  /** Writes need no record of their parameters. */
  private boolean records() {
    return !masterOnly
        && prepared != null
        && (prepared.isRead() || prepared.isSettingByParameter() || prepared.isPreliminary());
  }

  private Parameters parameters() {
    modifications++;
    if (parameters == null) {
      parameters = new Parameters();
    }
    return parameters;
  }

  @Override
  public void setPrimitive(int index, int setter, long bits) {
    try {
      if (records()) {
        parameters().primitive(index, setter, bits);
      }
    } catch (Throwable t) {
      masterOnly = true;
      context.fault("parameter", t);
    }
  }

  @Override
  public void setObject(int index, int setter, Object value) {
    try {
      if (records()) {
        parameters().object(index, setter, value);
      }
    } catch (Throwable t) {
      masterOnly = true;
      context.fault("parameter", t);
    }
  }

  @Override
  public void setObject(
      int index, int setter, Object value, Object qualifier, int type, int scale) {
    try {
      if (records()) {
        parameters().qualified(index, setter, value, qualifier, type, scale);
      }
    } catch (Throwable t) {
      masterOnly = true;
      context.fault("parameter", t);
    }
  }

  @Override
  public void setOpaque(int index) {
    try {
      if (records()) {
        parameters().opaque(index);
      }
    } catch (Throwable t) {
      masterOnly = true;
      context.fault("parameter", t);
    }
  }

  @Override
  public void clearParameters() {
    try {
      modifications++;
      if (parameters != null) {
        parameters.clear();
      }
    } catch (Throwable t) {
      masterOnly = true;
      context.fault("parameter", t);
    }
  }
}
