package io.rwsplit.pool;

import io.rwsplit.session.SessionSettings;
import io.rwsplit.session.Setting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The session state one replica connection has been given. Sessions come and go on a pooled
 * connection: what the last one had and the next one has not goes back to what the connection was
 * opened with, which is read once, before it is first changed. Confined to the owner of the lease.
 */
public final class Mirror {
  /** No lambda: the first one of a JVM would cost every start. */
  private static final Executor DIRECT =
      new Executor() {
        @Override
        public void execute(Runnable command) {
          command.run();
        }
      };

  private SessionSettings applied = SessionSettings.NONE;

  /** By key: what leads back; made when the key is first set. */
  private Map<String, Setting> opened;

  private Dialect dialect;

  /** The state the connection has. */
  SessionSettings applied() {
    return applied;
  }

  /** True when the connection needs nothing to have the state. */
  @SuppressWarnings("ReferenceEquality") // the same session asks with the same object
  boolean has(SessionSettings desired) {
    return applied == desired;
  }

  /** A rollback on the connection has undone what it was given since. */
  void rolledBackTo(SessionSettings earlier) {
    applied = earlier;
  }

  /** Brings the connection into the state. After a failure it is in an unknown one. */
  public void apply(Connection connection, SessionSettings desired) throws SQLException {
    if (!applied.equals(desired)) {
      if (dialect == null) {
        dialect = Dialect.of(connection);
        opened = new HashMap<>();
      }
      for (Setting setting : applied.all()) {
        Setting next = desired.get(setting.key());
        // A text that sets several variables does not undo what an earlier one set besides.
        if (next == null || (!next.equals(setting) && dialect.isGroup(setting))) {
          set(connection, opened.get(setting.key()));
        }
      }
      for (Setting setting : desired.all()) {
        if (!setting.equals(applied.get(setting.key()))) {
          Setting before = opened.get(setting.key());
          if (before == null) {
            before = dialect.read(connection, setting);
            opened.put(setting.key(), before);
          }
          if (applied.get(setting.key()) != null || !before.equals(setting)) {
            set(connection, setting);
          }
        }
      }
    }
    applied = desired;
  }

  private void set(Connection connection, Setting setting) throws SQLException {
    switch (setting.way()) {
      case SQL:
        dialect.run(connection, setting.text());
        break;
      case CATALOG:
        if (setting.text() == null) {
          throw new SQLException("a connection without a database cannot go back to none");
        }
        connection.setCatalog(setting.text());
        break;
      case ISOLATION:
        connection.setTransactionIsolation(setting.number());
        break;
      case NETWORK_TIMEOUT:
        connection.setNetworkTimeout(DIRECT, setting.number());
        break;
      case HOLDABILITY:
        connection.setHoldability(setting.number());
        break;
      case DATA_TYPE:
        DataTypes.set(connection, setting.text(), setting.type());
        break;
    }
  }
}
