package io.rwsplit.session;

import io.rwsplit.sql.Pin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ties a session to its master connection, by kind and name, with how often it was taken.
 * Guarded by its {@link SessionState}.
 *
 * <p>A pin is taken at once, even when its statement failed or is rolled back; it is given up only
 * when that is certain.
 */
final class Pins {
  private final Map<Pin, Map<String, Integer>> taken = new EnumMap<>(Pin.class);

  /** Ends of pins that a rollback would undo. */
  private final List<Object[]> pending = new ArrayList<>();

  boolean isEmpty() {
    return taken.isEmpty();
  }

  void add(Pin pin, String name) {
    taken
        .computeIfAbsent(pin, p -> new HashMap<>())
        .merge(TransactionState.lower(name), 1, Integer::sum);
  }

  /** The end of a pin, or of all of a kind when {@code name} is null. */
  void remove(Pin pin, String name) {
    if (pin == Pin.ANY) {
      taken.clear();
      return;
    }
    if (name == null) {
      taken.remove(pin);
      return;
    }
    Map<String, Integer> names = taken.get(pin);
    if (names == null) {
      return;
    }
    // A lock is held until it was released as often as it was taken; all else is there or is not.
    names.computeIfPresent(
        TransactionState.lower(name), (n, times) -> counts(pin) && times > 1 ? times - 1 : null);
    if (names.isEmpty()) {
      taken.remove(pin);
    }
  }

  private static boolean counts(Pin pin) {
    return pin == Pin.ADVISORY_LOCK;
  }

  /** The end of a pin that holds once the transaction is committed. */
  void removeAtCommit(Pin pin, String name) {
    pending.add(new Object[] {pin, name});
  }

  void committed() {
    for (Object[] end : pending) {
      remove((Pin) end[0], (String) end[1]);
    }
    pending.clear();
  }

  void rolledBack() {
    pending.clear();
  }

  Set<Pin> kinds() {
    return new HashSet<>(taken.keySet());
  }
}
