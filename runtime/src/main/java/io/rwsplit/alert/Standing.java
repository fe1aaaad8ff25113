package io.rwsplit.alert;

import java.util.TreeSet;

/**
 * What is known of one key from look to look: how long its condition has lasted, whether it is an
 * alert, and what was said of it. Used by one thread; times are given.
 *
 * <p>What comes and goes adds up, as long as it is never gone for the time that ends an alert: so a
 * flap is one alert, not many, and not none.
 */
final class Standing {
  final AlertKey key;

  /** As it was when it was seen last. */
  Condition latest;

  /** What explains it now; null for nothing. */
  AlertKey cause;

  boolean present;
  boolean raised;
  Severity severity = Severity.WARNING;
  long raisedAt;
  long raisedMillis;

  /** When it was first seen, while it is not over. */
  long seenMillis;

  /** What was not said on its own for this, since it was raised. */
  final TreeSet<String> explained = new TreeSet<>();

  /** False from the first look that sees it until it was gone for the time that ends an alert. */
  private boolean over = true;

  private long held;
  private long heldCritical;
  private long gone;
  private long belowCritical;
  private boolean critical;

  /** True when a notice of this alert was sent. */
  private boolean told;

  /** True while something is to be said that was not. */
  private boolean untold;

  /** What was said last of this key, whether of this alert or an earlier one; null for nothing. */
  private Severity toldSeverity;

  private long toldAt;
  private long unsaid;

  Standing(AlertKey key) {
    this.key = key;
  }

  boolean isTold() {
    return told;
  }

  /** True while it explains others. */
  boolean stands() {
    return !over;
  }

  /** It is there in this look. */
  void seen(Condition condition, AlertKey explaining, long step, AlertRules rules) {
    long passed = present ? step : 0;
    latest = condition;
    present = true;
    over = false;
    gone = 0;
    cause = explaining;
    boolean criticalNow = condition.severity() == Severity.CRITICAL;
    if (explaining != null && !raised) {
      // When the cause is over it gets the whole time to follow.
      held = 0;
      heldCritical = 0;
      critical = criticalNow;
      return;
    }
    held += passed;
    if (criticalNow) {
      heldCritical += critical ? passed : 0;
      belowCritical = 0;
    } else {
      belowCritical += critical ? 0 : passed;
      if (belowCritical >= rules.clear) {
        heldCritical = 0;
        severity = Severity.WARNING;
      }
    }
    critical = criticalNow;
  }

  /** It has happened, or is long enough what it is, to be an alert of some severity. */
  void judge(long now, long millis, AlertRules rules) {
    boolean event = key.kind().isEvent();
    boolean atOnce = key.kind().isAtOnce();
    if (!raised && cause == null && (atOnce || held >= rules.raise)) {
      raised = true;
      told = false;
      raisedAt = now;
      raisedMillis = millis;
      severity = Severity.WARNING;
      untold = true;
    } else if (raised && event) {
      unsaid += untold ? 1 : 0;
      untold = true;
    }
    boolean isCritical = critical && (atOnce || heldCritical >= rules.raise);
    if (raised && isCritical && severity != Severity.CRITICAL) {
      severity = Severity.CRITICAL;
      untold = true;
    }
  }

  /** It is not there in this look; true when it is over with that. */
  boolean missing(long step, AlertRules rules) {
    gone += present ? 0 : step;
    present = false;
    if (gone < rules.clear || (key.kind().isEvent() && untold)) {
      return false;
    }
    over = true;
    held = 0;
    heldCritical = 0;
    belowCritical = 0;
    critical = false;
    return true;
  }

  /** The event of a notice that is due; null for none. */
  Notice.Event due(long now, AlertRules rules) {
    boolean event = key.kind().isEvent();
    if (!raised || !untold || cause != null || (!present && !event)) {
      return null;
    }
    boolean rests = toldSeverity != null && now - toldAt < rules.cooldown;
    if (rests && severity.compareTo(toldSeverity) <= 0) {
      return null;
    }
    return told && !event ? Notice.Event.ESCALATED : Notice.Event.RAISED;
  }

  /** How many were not said since the last notice; it is sent now. */
  long tell(long now) {
    long count = unsaid;
    unsaid = 0;
    told = true;
    untold = false;
    toldAt = now;
    toldSeverity = severity;
    return count;
  }

  /** It is over; true when that is to be said. */
  boolean end() {
    boolean say = raised && told && !key.kind().isEvent();
    if (raised && !told) {
      unsaid++;
    }
    raised = false;
    told = false;
    untold = false;
    cause = null;
    severity = Severity.WARNING;
    explained.clear();
    return say;
  }

  /** True when nothing is lost with it. */
  boolean isForgettable(long now, AlertRules rules) {
    boolean rested = toldSeverity == null || now - toldAt >= rules.cooldown;
    return over && !raised && rested && unsaid == 0;
  }
}
