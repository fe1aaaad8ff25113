package io.rwsplit.core;

import io.rwsplit.config.ConfigInputs;
import io.rwsplit.config.ConfigResult;
import io.rwsplit.config.Configuration;
import io.rwsplit.config.JvmSettings;
import io.rwsplit.config.Settings;
import io.rwsplit.log.Log;
import io.rwsplit.operations.ReloadReport;
import io.rwsplit.operations.Reloading;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what has changed in the configuration file into the groups that run: when somebody asks,
 * and whenever the file has another text. A configuration with faults changes nothing. Thread-safe.
 *
 * <p>The text itself is compared: times of files are coarse, and a mounted directory may exchange
 * the file behind a link.
 */
final class Reload extends Reloading implements Runnable {
  /** Whoever writes a file may not be done: it counts when it stays as it is for so long. */
  private static final long SETTLED_MILLIS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final ConfigInputs inputs;
  private final Groups groups;
  private final JvmSettings running;
  private final long intervalMillis;
  private String text;
  private boolean watching;

  /**
   * @param text of the file that the running configuration was read from; null when unknown
   */
  Reload(ConfigInputs inputs, Configuration running, Groups groups, String text) {
    this.inputs = inputs;
    this.groups = groups;
    this.running = running.jvm();
    this.intervalMillis = TimeUnit.NANOSECONDS.toMillis(running.jvm().configIntervalNanos());
    this.text = text;
  }

  @Override
  public String file() {
    return inputs.file();
  }

  /** Others may ask for it from now on. Here, so that who has no file loads nothing of this. */
  Reload offered() {
    Reloading.runs(this);
    return this;
  }

  /** Begins to look at the file; does nothing the second time. */
  synchronized void watch() {
    if (!watching && intervalMillis > 0) {
      watching = true;
      new DaemonThreads("config").newThread(this).start();
    }
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(intervalMillis);
        look();
      }
    } catch (InterruptedException e) {
      // Nobody of ours does that: whoever did wants the thread to end.
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      String found = inputs.fileText();
      if (found.equals(text)) {
        return;
      }
      Thread.sleep(SETTLED_MILLIS);
      if (found.equals(inputs.fileText())) {
        ReloadReport unused = now();
      }
    } catch (RuntimeException | Error e) {
      LOG.warn("looking at the configuration failed", e);
    }
  }

  @Override
  public synchronized ReloadReport now() {
    text = inputs.fileText();
    ConfigResult read = inputs.read();
    ReloadReport report = new ReloadReport(inputs.file());
    report.warnings(read.warnings());
    switch (read.state()) {
      case FAULTY:
        report.refused("the new configuration has faults", read.faults());
        break;
      case ABSENT:
        report.refused("the new configuration names no database", read.faults());
        break;
      case DISABLED:
        groups.switchOff(report);
        break;
      default:
        apply(read.configuration(), report);
    }
    boolean bad = read.state() != ConfigResult.State.CONFIGURED;
    for (String line : report.lines()) {
      if (bad) {
        LOG.warn("{}", line);
      } else {
        LOG.info("{}", line);
      }
    }
    return report;
  }

  private void apply(Configuration configuration, ReloadReport report) {
    for (Settings group : configuration.groups()) {
      group.conceal();
    }
    JvmSettings newer = configuration.jvm();
    if (Log.level() != newer.logLevel()) {
      Log.setLevel(newer.logLevel());
      String level = newer.logLevel().name().toLowerCase(Locale.ROOT);
      report.applied("rwsplit.log.level=" + level + " holds from now on");
    }
    for (String changed : running.changesLeft(newer)) {
      report.restart(changed + " needs a restart");
    }
    List<Settings> unknown = groups.reload(configuration.groups(), report);
    for (Settings group : unknown) {
      report.restart("group " + group.group() + " is new: it needs a restart");
    }
  }
}
