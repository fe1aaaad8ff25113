package io.rwsplit.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where those tell what goes wrong whose state nobody looks at. Thread-safe; every call is short
 * and throws nothing, and costs next to nothing when alerts are not looked at. What is told is
 * kept, bounded, until the next look.
 */
public final class Signals {
  private static final int MOST = 100;

  private static final Map<AlertKey, Condition> EVENTS = new LinkedHashMap<>();
  private static final Map<AlertKey, Condition> LASTING = new LinkedHashMap<>();

  private Signals() {}

  /**
   * Something has happened that has no state to look at.
   *
   * @param kind one for which {@link AlertKind#isEvent()}
   * @param group name of the group; empty for the one without
   * @param node name of the server; empty for the whole group
   * @param text what is wrong, with figures; no literals of the application's statements
   * @param advice what to do
   */
  public static void happened(
      AlertKind kind, Severity severity, String group, String node, String text, String advice) {
    AlertKey key = new AlertKey(kind, group, node);
    put(EVENTS, key, new Condition(key, severity, text, advice));
  }

  /** Something is wrong until {@link #ended} is called; the last call counts. */
  public static void began(
      AlertKind kind, Severity severity, String group, String node, String text, String advice) {
    AlertKey key = new AlertKey(kind, group, node);
    put(LASTING, key, new Condition(key, severity, text, advice));
  }

  /** What {@link #began} is over; nothing when it never began. */
  public static void ended(AlertKind kind, String group, String node) {
    synchronized (LASTING) {
      LASTING.remove(new AlertKey(kind, group, node));
    }
  }

  private static void put(Map<AlertKey, Condition> into, AlertKey key, Condition condition) {
    synchronized (into) {
      if (into.size() < MOST || into.containsKey(key)) {
        into.put(key, condition);
      }
    }
  }

  /** What has happened since the last call, and what lasts. */
  static List<Condition> take() {
    List<Condition> all = new ArrayList<>();
    synchronized (EVENTS) {
      all.addAll(EVENTS.values());
      EVENTS.clear();
    }
    synchronized (LASTING) {
      all.addAll(LASTING.values());
    }
    return all;
  }
}
