package io.rwsplit.alert;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which alerts stand, and which notices are due: a function of what is wrong at each look, and of
 * time, which is given. Used by one thread.
 *
 * <ol>
 *   <li>There is one alert of a kind and server while it lasts. A condition becomes one when it has
 *       lasted for a time, and is over when it was gone for another. An event is one at once, and
 *       over when that time has passed without another.
 *   <li>While a cause of it stands, as a condition or an alert, it becomes none and nothing is said
 *       of it; the notices of the cause name it.
 *   <li>After a notice there is no other of the same kind and server for a time, unless of
 *       something worse. What was not said then is said at the end of that time if it still lasts.
 *   <li>The end is said of what was said.
 * </ol>
 */
final class AlertBook {
  /** Kinds by servers of all groups stay far below. */
  static final int MOST = 1_000;

  private final AlertRules rules;
  private final Map<AlertKey, Standing> standings = new LinkedHashMap<>();
  private boolean began;
  private long last;

  AlertBook(AlertRules rules) {
    this.rules = rules;
  }

  /**
   * One look.
   *
   * @param now by {@link System#nanoTime()}
   * @param millis the wall clock, for people
   * @return the notices that are due, causes before what they explain
   */
  List<Notice> look(long now, long millis, List<Condition> conditions) {
    long step = began ? Math.min(now - last, rules.longestStep) : 0;
    began = true;
    last = now;
    Map<AlertKey, Condition> found = worst(conditions);
    List<Notice> notices = new ArrayList<>();
    for (Standing each : standings.values()) {
      if (!found.containsKey(each.key) && each.missing(step, rules)) {
        end(each, now, millis, notices);
      }
    }
    for (Condition each : found.values()) {
      AlertKey cause = cause(each, found);
      Standing standing = standing(each, millis);
      if (standing != null) {
        standing.seen(each, cause, step, rules);
        standing.judge(now, millis, rules);
      }
    }
    explain();
    for (Standing each : standings.values()) {
      Notice.Event event = each.due(now, rules);
      if (event != null) {
        notices.add(notice(event, each, now, millis, each.tell(now)));
      }
    }
    forget(now);
    return notices;
  }

  private static Map<AlertKey, Condition> worst(List<Condition> conditions) {
    Map<AlertKey, Condition> worst = new LinkedHashMap<>();
    for (Condition each : conditions) {
      Condition other = worst.get(each.key());
      if (other == null || other.severity().compareTo(each.severity()) <= 0) {
        worst.put(each.key(), each);
      }
    }
    return worst;
  }

  private AlertKey cause(Condition condition, Map<AlertKey, Condition> found) {
    for (AlertKey each : condition.causes()) {
      Standing standing = standings.get(each);
      if (found.containsKey(each) || (standing != null && standing.stands())) {
        return each;
      }
    }
    return null;
  }

  private Standing standing(Condition condition, long millis) {
    Standing known = standings.get(condition.key());
    if (known == null) {
      if (standings.size() >= MOST) {
        return null;
      }
      known = new Standing(condition.key());
      standings.put(condition.key(), known);
    }
    if (!known.stands()) {
      known.seenMillis = millis;
    }
    return known;
  }

  /** Whatever has a cause is named by all that stand behind it. */
  private void explain() {
    for (Standing each : standings.values()) {
      Standing cause = each.present && each.cause != null ? standings.get(each.cause) : null;
      for (int i = 0; cause != null && i < AlertKind.values().length; i++) {
        cause.explained.add(each.key.toString());
        cause = cause.cause == null ? null : standings.get(cause.cause);
      }
    }
  }

  private static void end(Standing standing, long now, long millis, List<Notice> notices) {
    Notice over = notice(Notice.Event.RECOVERED, standing, now, millis, 0);
    if (standing.end()) {
      notices.add(over);
    }
  }

  private static Notice notice(
      Notice.Event event, Standing standing, long now, long millis, long unsaid) {
    Condition condition = standing.latest;
    return new Notice(
        event,
        standing.key,
        standing.severity,
        condition.text(),
        condition.advice(),
        millis,
        now - standing.raisedAt,
        unsaid,
        new ArrayList<>(standing.explained));
  }

  private void forget(long now) {
    for (Iterator<Standing> all = standings.values().iterator(); all.hasNext(); ) {
      if (all.next().isForgettable(now, rules)) {
        all.remove();
      }
    }
  }

  /** The alerts that stand, and what they explain. */
  List<ActiveAlert> active() {
    List<ActiveAlert> active = new ArrayList<>();
    for (Standing each : standings.values()) {
      boolean explained = each.present && each.cause != null;
      if (each.raised || explained) {
        active.add(
            new ActiveAlert(
                each.key,
                each.raised ? each.severity : each.latest.severity(),
                each.latest.text(),
                each.latest.advice(),
                each.raised ? each.raisedMillis : each.seenMillis,
                each.isTold(),
                explained ? each.cause.toString() : null));
      }
    }
    return active;
  }
}
