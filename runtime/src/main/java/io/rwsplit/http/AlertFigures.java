package io.rwsplit.http;

import io.rwsplit.alert.ActiveAlert;
import io.rwsplit.alert.AlertKind;
import io.rwsplit.alert.Alerts;
import io.rwsplit.alert.Sink;

/** The figures of alerts for Prometheus; labels are of kinds, groups, servers and sinks. */
final class AlertFigures {
  private final StringBuilder out;

  AlertFigures(StringBuilder out) {
    this.out = out;
  }

  void add() {
    Alerts alerts = Alerts.running();
    if (alerts == null) {
      return;
    }
    family("rwsplit_alert_active", "gauge", "1 while an alert stands that nothing else explains.");
    for (ActiveAlert each : alerts.active()) {
      if (each.suppressedBy() == null) {
        sample(
            "rwsplit_alert_active",
            "group=\""
                + Exposition.escaped(each.key().group())
                + "\",kind=\""
                + each.key().kind()
                + "\",node=\""
                + Exposition.escaped(each.key().node())
                + "\",severity=\""
                + each.severity()
                + '"',
            1);
      }
    }
    family("rwsplit_alerts_raised_total", "counter", "Alerts that were said, by kind.");
    for (AlertKind kind : AlertKind.values()) {
      sample("rwsplit_alerts_raised_total", "kind=\"" + kind + '"', alerts.raised(kind));
    }
    family("rwsplit_alert_notices_delivered_total", "counter", "Notices that a sink has taken.");
    for (Sink sink : alerts.sinks()) {
      sample("rwsplit_alert_notices_delivered_total", of(sink), sink.delivered());
    }
    family("rwsplit_alert_notices_failed_total", "counter", "Notices that were given up.");
    for (Sink sink : alerts.sinks()) {
      sample("rwsplit_alert_notices_failed_total", of(sink), sink.failed());
    }
    family("rwsplit_alert_notices_dropped_total", "counter", "Notices a queue had no place for.");
    for (Sink sink : alerts.sinks()) {
      sample("rwsplit_alert_notices_dropped_total", of(sink), sink.dropped());
    }
    family("rwsplit_alert_sink_failures_total", "counter", "Attempts of a sink that failed.");
    for (Sink sink : alerts.sinks()) {
      sample("rwsplit_alert_sink_failures_total", of(sink), sink.failures());
    }
  }

  private static String of(Sink sink) {
    return "sink=\"" + sink.name() + '"';
  }

  private void family(String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, long value) {
    out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }
}
