package io.rwsplit.session;

import io.rwsplit.engine.Engine;
import io.rwsplit.session.SessionState.Extent;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.StatementKind;
import java.util.List;

/**
 * What running a statement on the master does to its session: to its transaction, settings and
 * pins. Guarded by its {@link SessionState}.
 */
final class StatementEffects {
  private final Engine engine;
  private final SettingModel model;
  private final TransactionState transaction;
  private final TransactionControl control;
  private final SettingsState settings;
  private final Pins pins;

  StatementEffects(
      Engine engine,
      SettingModel model,
      TransactionState transaction,
      TransactionControl control,
      SettingsState settings,
      Pins pins) {
    this.engine = engine;
    this.model = model;
    this.transaction = transaction;
    this.control = control;
    this.settings = settings;
    this.pins = pins;
  }

  /** See {@link SessionState#executed}. */
  boolean executed(Classification statement, Extent extent, boolean succeeded) {
    if (statement.kind() != StatementKind.MULTI) {
      return single(statement, succeeded);
    }
    return several(statement, succeeded ? extent : Extent.UNCERTAIN);
  }

  private boolean several(Classification statement, Extent extent) {
    boolean visible = statement.mayWrite();
    boolean sawControl = false;
    List<Classification> parts =
        extent == Extent.FIRST ? statement.parts().subList(0, 1) : statement.parts();
    boolean openedOnTheWay = false;
    for (Classification part : parts) {
      boolean wasOpen = openByText();
      visible |= single(part, true);
      sawControl |= wasOpen != openByText();
      openedOnTheWay |= openByText();
    }
    if (extent == Extent.UNCERTAIN && (sawControl || openedOnTheWay)) {
      transaction.uncertain = true;
      transaction.wrote = true;
    }
    if (extent == Extent.UNCERTAIN) {
      pinUncertain(parts);
    }
    if (statement.parts().isEmpty() && statement.mayWrite()) {
      transaction.uncertain = true;
    }
    return visible;
  }

  /** Nobody knows whether the SETs of the text were run: the session has them, or has not. */
  private void pinUncertain(List<Classification> parts) {
    for (int i = 1; i < parts.size(); i++) {
      Classification part = parts.get(i);
      if (part.kind() == StatementKind.SESSION && part.name() != null) {
        pins.add(Pin.SETTING, part.name());
      }
    }
  }

  private boolean openByText() {
    return transaction.openByText() || transaction.uncertain;
  }

  private boolean single(Classification statement, boolean succeeded) {
    if (statement.kind() != StatementKind.MULTI && !statement.parts().isEmpty()) {
      boolean visible = false;
      for (Classification part : statement.parts()) {
        visible |= single(part, succeeded);
      }
      return visible;
    }
    boolean inside = !transaction.autoCommit || openByText();
    boolean writes = statement.mayWrite() && !Statements.isControl(statement);
    boolean visible = writes && !inside;
    if (inside) {
      transaction.wrote |= writes;
      transaction.locked |= statement.kind() == StatementKind.LOCKING_READ;
      transaction.failed |= !succeeded && engine == Engine.POSTGRESQL;
      transaction.readOnMaster |= Statements.readsData(statement);
      visible |= control.implicitCommit(statement, succeeded);
    } else if (statement.kind() != StatementKind.SET_TRANSACTION && !Statements.begins(statement)) {
      transaction.statementOutside();
    }
    sessionEffect(statement, succeeded, inside);
    return control.executed(statement, succeeded) || visible;
  }

  /** Pins and settings: what running the statement set up or ended. */
  private void sessionEffect(Classification statement, boolean succeeded, boolean inside) {
    Pin pin = statement.pin();
    boolean assigns = statement.name() != null && statement.value() != null;
    if (assigns && Statements.isSetting(statement) && model.knows(statement.name())) {
      assigned(statement, succeeded, inside);
      return;
    }
    if (pin != Pin.NONE && !(statement.isLocal() && Statements.isSetConfig(statement))) {
      // Also when it failed: a failed ATTACH or SET may have had part of its effect.
      pins.add(pin, statement.name());
    }
    if (statement.unpin() != Pin.NONE && succeeded) {
      unpinned(statement, inside);
    } else if (endsSettings(statement.unpin()) && !settings.current().all().isEmpty()) {
      // What a failed RESET or DISCARD has left is not known. A failed DROP changes none.
      pins.add(Pin.SETTING, statement.name());
    }
  }

  private static boolean endsSettings(Pin unpin) {
    return unpin == Pin.ANY || unpin == Pin.SETTING || unpin == Pin.NAMESPACE;
  }

  private void assigned(Classification statement, boolean succeeded, boolean inside) {
    String name = statement.name();
    boolean local = statement.isLocal();
    if (!succeeded) {
      // A driver that misses a result has run it all the same: executeQuery of a SET.
      pins.add(statement.pin() == Pin.NONE ? Pin.SETTING : statement.pin(), name);
      return;
    }
    if (local && !inside) {
      return;
    }
    if (model.isDefault(name, statement.value())) {
      settings.unset(model.key(name), local);
      return;
    }
    Setting setting =
        model.setting(
            name, statement.value(), Statements.isSetConfig(statement), settings.current());
    if (setting != null) {
      settings.set(setting, local);
      unpin(statement.pin() == Pin.NONE ? Pin.SETTING : statement.pin(), name, inside);
    } else if (local) {
      transaction.masterOnly = true;
    } else if (statement.pin() != Pin.NONE) {
      pins.add(statement.pin(), name);
    }
  }

  private void unpinned(Classification statement, boolean inside) {
    Pin pin = statement.unpin();
    String name = statement.name();
    unpin(pin, name, inside);
    if (pin == Pin.ANY || (pin == Pin.SETTING && name == null)) {
      settings.reset(pin == Pin.ANY);
      unpin(Pin.SETTING, null, inside);
      transaction.reset();
    } else if (pin == Pin.SETTING || pin == Pin.NAMESPACE) {
      settings.unset(model.key(name), false);
      if (name.startsWith("default_transaction")) {
        transaction.reset();
      }
    }
  }

  private void unpin(Pin pin, String name, boolean inside) {
    // Locks, prepared statements and MySQL's temporary tables know of no rollback.
    boolean atOnce =
        pin == Pin.ADVISORY_LOCK
            || pin == Pin.PREPARED_STATEMENT
            || pin == Pin.TABLE_LOCK
            || engine.isMySqlFamily();
    if (inside && !atOnce) {
      pins.removeAtCommit(pin, name);
    } else {
      pins.remove(pin, name);
    }
  }
}
