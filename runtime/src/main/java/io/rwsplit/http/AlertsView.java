package io.rwsplit.http;

import io.rwsplit.alert.ActiveAlert;
import io.rwsplit.alert.Alerts;
import io.rwsplit.alert.Sink;
import io.rwsplit.alert.SinkAnswer;
import io.rwsplit.operations.Group;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The alerts that stand, who is told, and a trial of that. Stateless but for the trial. */
final class AlertsView {
  private static final long TRIAL_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final Semaphore TRIAL = new Semaphore(1);

  private AlertsView() {}

  static Answer answer(Request request, List<Group> groups, String node, Map<String, Object> body) {
    Alerts alerts = Alerts.running();
    List<Object> active = new ArrayList<>();
    List<Object> sinks = new ArrayList<>();
    if (alerts != null) {
      for (ActiveAlert each : alerts.active()) {
        if (isOf(each, groups)) {
          active.add(view(each));
        }
      }
      for (Sink sink : alerts.sinks()) {
        sinks.add(view(sink));
      }
    }
    return Answer.ok(
        new Fields()
            .put("looking", alerts != null)
            .put("alerts", active)
            .put("sinks", sinks)
            .map());
  }

  private static boolean isOf(ActiveAlert alert, List<Group> groups) {
    for (Group group : groups) {
      if (group.name().equals(alert.key().group())) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, Object> view(ActiveAlert alert) {
    return new Fields()
        .put("kind", alert.key().kind().toString())
        .put("group", alert.key().group())
        .put("node", alert.key().node())
        .put("severity", alert.severity().toString())
        .put("text", alert.text())
        .put("advice", alert.advice())
        .put("since", Instant.ofEpochMilli(alert.sinceMillis()).toString())
        .put("told", alert.isTold())
        .put("suppressedBy", alert.suppressedBy())
        .map();
  }

  private static Map<String, Object> view(Sink sink) {
    return new Fields()
        .put("name", sink.name())
        .put("delivered", sink.delivered())
        .put("failed", sink.failed())
        .put("dropped", sink.dropped())
        .put("waiting", sink.waiting())
        .put("lastFailure", sink.lastFailure())
        .map();
  }

  /** How many alerts of a group stand that nothing else explains. */
  static int count(Group group) {
    Alerts alerts = Alerts.running();
    int count = 0;
    List<ActiveAlert> active =
        alerts == null ? Collections.<ActiveAlert>emptyList() : alerts.active();
    for (ActiveAlert each : active) {
      boolean own = each.suppressedBy() == null && each.key().group().equals(group.name());
      count += own ? 1 : 0;
    }
    return count;
  }

  /** Sends a notice for trial to all who are told. */
  static Answer test(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    if (!body.isEmpty()) {
      throw new Refusal(400, "nothing is to be said here");
    }
    Alerts alerts = Alerts.running();
    if (alerts == null) {
      throw new Refusal(409, "alerts are not looked for yet");
    }
    if (!TRIAL.tryAcquire()) {
      throw new Refusal(409, "another trial is under way");
    }
    try {
      List<Object> sinks = new ArrayList<>();
      boolean all = true;
      for (SinkAnswer each : alerts.test(TRIAL_NANOS)) {
        all &= each.isDelivered();
        sinks.add(
            new Fields()
                .put("name", each.sink())
                .put("done", each.isDelivered())
                .put("result", each.words())
                .map());
      }
      return Answer.ok(new Fields().put("done", all).put("sinks", sinks).map());
    } finally {
      TRIAL.release();
    }
  }
}
