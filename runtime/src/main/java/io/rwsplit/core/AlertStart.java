package io.rwsplit.core;

import io.rwsplit.alert.Alerts;
import io.rwsplit.alert.Sink;
import io.rwsplit.config.AlertSettings;
import io.rwsplit.config.JvmSettings;
import io.rwsplit.jmx.AlertsBean;
import io.rwsplit.operations.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Begins to look for what deserves an alert, a while after the first connection: what lasts no
 * longer is none, and a program that has ended by then need not load the classes.
 */
final class AlertStart implements Runnable {
  /** So many times what must pass before there is an alert; also for what comes up at the start. */
  private static final int PAUSES = 2;

  private final JvmSettings settings;

  AlertStart(JvmSettings settings) {
    this.settings = settings;
  }

  @Override
  public void run() {
    try {
      Thread.sleep(TimeUnit.NANOSECONDS.toMillis(PAUSES * settings.alertRaiseNanos()));
      begin();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable t) {
      LoggerFactory.getLogger(AlertStart.class)
          .warn("alerts could not begin; the application runs without them", t);
    }
  }

  private void begin() {
    AlertSettings alerts = settings.alerts();
    List<Sink> further = new ArrayList<>();
    if (settings.jmx()) {
      notifications(further);
    }
    Alerts.start(alerts, new Conditions(alerts), further);
  }

  private static void notifications(List<Sink> sinks) {
    try {
      sinks.add(AlertsBean.register());
    } catch (Exception e) {
      LoggerFactory.getLogger(AlertStart.class)
          .warn("rwsplit.jmx: alerts are no notifications: {}", e.toString());
    }
  }
}
