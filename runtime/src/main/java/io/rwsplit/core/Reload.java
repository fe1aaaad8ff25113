package io.rwsplit.core;

import io.rwsplit.config.ConfigInputs;
import io.rwsplit.config.ConfigResult;
import io.rwsplit.config.Configuration;
import io.rwsplit.config.Fault;
import io.rwsplit.config.Settings;
import io.rwsplit.log.Log;
import java.util.ArrayList;
import java.util.List;
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
final class Reload implements Runnable {
  /** Whoever writes a file may not be done: it counts when it stays as it is for so long. */
  private static final long SETTLED_MILLIS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final ConfigInputs inputs;
  private final Groups groups;
  private final long intervalMillis;
  private String text;
  private boolean watching;

  /**
   * @param text of the file that the running configuration was read from; null when unknown
   */
  Reload(ConfigInputs inputs, Configuration running, Groups groups, String text) {
    this.inputs = inputs;
    this.groups = groups;
    this.intervalMillis = TimeUnit.NANOSECONDS.toMillis(running.jvm().configIntervalNanos());
    this.text = text;
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
        List<String> unused = now();
      }
    } catch (RuntimeException | Error e) {
      LOG.warn("looking at the configuration failed", e);
    }
  }

  /**
   * Reads the configuration again and applies what may change.
   *
   * @return what has come of it, line by line, without secrets
   */
  synchronized List<String> now() {
    text = inputs.fileText();
    ConfigResult read = inputs.read();
    List<String> said = new ArrayList<>();
    for (Fault warning : read.warnings()) {
      said.add("warning: " + warning);
    }
    switch (read.state()) {
      case FAULTY:
        said.add("the new configuration has faults, and changes nothing:");
        for (Fault fault : read.faults()) {
          said.add("  " + fault);
        }
        break;
      case ABSENT:
        said.add("the new configuration names no database, and changes nothing");
        break;
      case DISABLED:
        groups.switchOff(said);
        break;
      default:
        apply(read.configuration(), said);
    }
    boolean bad = read.state() != ConfigResult.State.CONFIGURED;
    for (String line : said) {
      if (bad) {
        LOG.warn("{}", line);
      } else {
        LOG.info("{}", line);
      }
    }
    return said;
  }

  private void apply(Configuration configuration, List<String> said) {
    for (Settings group : configuration.groups()) {
      group.conceal();
    }
    if (Log.level() != configuration.jvm().logLevel()) {
      Log.setLevel(configuration.jvm().logLevel());
      said.add("rwsplit.log.level is " + configuration.jvm().logLevel() + " now");
    }
    List<Settings> unknown = groups.reload(configuration.groups(), said);
    for (Settings group : unknown) {
      said.add("group " + group.group() + " is new: it needs a restart");
    }
    if (said.isEmpty()) {
      said.add("the configuration was read again: nothing has changed");
    }
  }
}
