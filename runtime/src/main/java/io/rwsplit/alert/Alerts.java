package io.rwsplit.alert;

import io.rwsplit.config.AlertSettings;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.thread.OwnThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all groups from time to time, on a thread of its own, and hands what is due to the
 * sinks. Nothing of the application's path is asked or locked. Thread-safe.
 */
public final class Alerts {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final int STEPS = 5;
  private static final Path HOST_NAME = Paths.get("/proc/sys/kernel/hostname");

  private static volatile Alerts running;

  private final Supplier<List<Condition>> state;
  private final long intervalMillis;
  private final AlertBook book;
  private final List<Sink> sinks;
  private final Map<AlertKind, LongAdder> raised = new EnumMap<>(AlertKind.class);
  private volatile List<ActiveAlert> active = Collections.emptyList();

  private Alerts(AlertSettings settings, Supplier<List<Condition>> state, List<Sink> further) {
    this.state = state;
    for (AlertKind kind : AlertKind.values()) {
      raised.put(kind, new LongAdder());
    }
    this.intervalMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(settings.intervalNanos()));
    this.book =
        new AlertBook(
            new AlertRules(
                settings.raiseNanos(),
                settings.clearNanos(),
                settings.cooldownNanos(),
                STEPS * settings.intervalNanos()));
    this.sinks = sinks(settings, further);
  }

  private static List<Sink> sinks(AlertSettings settings, List<Sink> further) {
    String source = settings.source() == null ? host() : settings.source();
    List<Sink> sinks = new ArrayList<>(further);
    if (settings.log()) {
      sinks.add(new LogSink());
    }
    if (settings.webhookUrl() != null) {
      sinks.add(new WebhookSink(settings, source));
    }
    if (settings.mailHost() != null) {
      sinks.add(new MailSink(settings, source));
    }
    return Collections.unmodifiableList(sinks);
  }

  /** Not by a look-up, which may hang. */
  private static String host() {
    String name = System.getenv("HOSTNAME");
    try {
      if (name == null || name.isEmpty()) {
        name = new String(Files.readAllBytes(HOST_NAME), StandardCharsets.UTF_8).trim();
      }
    } catch (IOException e) {
      // Not Linux.
    }
    return name == null || name.isEmpty() ? "rwsplit" : name;
  }

  /**
   * Begins to look, for ever.
   *
   * @param state what is wrong at a moment; called by one thread
   * @param further sinks besides those of the settings
   */
  public static void start(
      AlertSettings settings, Supplier<List<Condition>> state, List<Sink> further) {
    settings.conceal();
    Alerts alerts = new Alerts(settings, state, further);
    running = alerts;
    OwnThreads.daemon("rwsplit-alerts", alerts::run).start();
  }

  /** Those of this JVM; null before the first look. */
  public static Alerts running() {
    return running;
  }

  private void run() {
    try {
      while (true) {
        lookSurely();
        Thread.sleep(intervalMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nobody else would look. */
  private void lookSurely() {
    try {
      look();
    } catch (Throwable e) {
      // Out of memory or stack: to say so would end the same way.
    }
  }

  private void look() {
    try {
      List<Condition> conditions = state.get();
      long now = System.nanoTime();
      for (Notice notice : book.look(now, System.currentTimeMillis(), conditions)) {
        if (notice.event() == Notice.Event.RAISED) {
          raised.get(notice.key().kind()).increment();
        }
        keep(notice);
        for (Sink sink : sinks) {
          sink.offer(notice, null);
        }
      }
      active = Collections.unmodifiableList(book.active());
      for (Sink sink : sinks) {
        sink.cutOff(now);
      }
    } catch (Throwable e) {
      LOG.warn("alerts: a look failed", e);
    }
  }

  private static void keep(Notice notice) {
    String node = notice.key().node();
    FlightEvents.alerted(
        notice.key().group(),
        notice.event() == Notice.Event.RECOVERED,
        node.isEmpty() ? null : node,
        notice.line());
  }

  /** The alerts that stand, and what they explain; those of the last look. */
  public List<ActiveAlert> active() {
    return active;
  }

  /** Notices of a kind that something has begun. */
  public long raised(AlertKind kind) {
    return raised.get(kind).sum();
  }

  /** Those who are told. */
  public List<Sink> sinks() {
    return sinks;
  }

  /**
   * Sends a notice for trial to all sinks.
   *
   * @param nanos how long to wait for what has become of it
   */
  public List<SinkAnswer> test(long nanos) {
    long deadline = System.nanoTime() + nanos;
    Notice notice = Notice.test(System.currentTimeMillis());
    List<SinkAnswer> answers = new ArrayList<>();
    for (Sink sink : sinks) {
      SinkAnswer answer = new SinkAnswer(sink.name());
      answers.add(answer);
      sink.offer(notice, answer);
    }
    for (SinkAnswer answer : answers) {
      answer.await(deadline - System.nanoTime());
    }
    return answers;
  }
}
