package io.rwsplit.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The settings of one session through its transactions: what counts now, and what will count once
 * the transaction is committed. Guarded by its {@link SessionState}.
 */
final class SettingsState {
  private static final class Savepoint {
    final String name;
    final SessionSettings current;
    final SessionSettings lasting;

    Savepoint(String name, SessionSettings current, SessionSettings lasting) {
      this.name = name;
      this.current = current;
      this.lasting = lasting;
    }
  }

  private final List<Savepoint> savepoints = new ArrayList<>();
  private SessionSettings committed = SessionSettings.NONE;

  /** What a commit would leave. */
  private SessionSettings lasting = SessionSettings.NONE;

  /** What counts now: with SET LOCAL. */
  private SessionSettings current = SessionSettings.NONE;

  SessionSettings current() {
    return current;
  }

  /** True when the open transaction has changed something. */
  boolean isChanged() {
    return !current.equals(committed) || !lasting.equals(committed);
  }

  void set(Setting setting, boolean local) {
    current = current.with(setting);
    if (!local) {
      lasting = lasting.with(setting);
    }
  }

  /** A setting that no rollback undoes. */
  void setForGood(Setting setting) {
    set(setting, false);
    committed = committed.with(setting);
    for (int i = 0; i < savepoints.size(); i++) {
      Savepoint s = savepoints.get(i);
      savepoints.set(i, new Savepoint(s.name, s.current.with(setting), s.lasting.with(setting)));
    }
  }

  void unset(String key, boolean local) {
    current = current.without(key);
    if (!local) {
      lasting = lasting.without(key);
    }
  }

  /** Keeps only the settings that RESET ALL leaves: those that are no variables of the server. */
  void reset(boolean all) {
    for (Setting setting : current.all()) {
      boolean ofTheDriver =
          setting.way() == Setting.Way.NETWORK_TIMEOUT
              || setting.way() == Setting.Way.HOLDABILITY
              || setting.way() == Setting.Way.DATA_TYPE
              || (setting.key().equals("role") && !all);
      if (!ofTheDriver) {
        unset(setting.key(), false);
      }
    }
  }

  void savepoint(String name) {
    savepoints.add(new Savepoint(TransactionState.lower(name), current, lasting));
  }

  /** ROLLBACK TO: false when nobody knows what it leaves. */
  boolean rollbackTo(String name) {
    for (int i = savepoints.size() - 1; i >= 0; i--) {
      Savepoint savepoint = savepoints.get(i);
      if (name != null && savepoint.name.equals(TransactionState.lower(name))) {
        savepoints.subList(i + 1, savepoints.size()).clear();
        current = savepoint.current;
        lasting = savepoint.lasting;
        return true;
      }
    }
    return !isChanged();
  }

  void committed() {
    committed = lasting;
    current = lasting;
    savepoints.clear();
  }

  void rolledBack() {
    lasting = committed;
    current = committed;
    savepoints.clear();
  }
}
