package io.rwsplit.compare;

import io.rwsplit.engine.Engine;
import io.rwsplit.log.LogScope;
import io.rwsplit.thread.OwnThreads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares sampled reads, one after the other, on a thread of its own. Thread-safe. */
public final class Comparer {
  private static final Logger LOG = LoggerFactory.getLogger(Comparer.class);

  /** How often what was found different is run again, each. */
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int LONGEST = 300;

  /** So many failures in a row are no accident. */
  private static final int MOST_FAILURES = 60;

  private final ReadSampler sampler;
  private final Nodes nodes;
  private final List<String> replicas;
  private final long pauseNanos;
  private final long limitNanos;
  private final boolean showValues;
  private final Comparison comparison;
  private final Findings findings = new Findings();
  private final LongAdder same = new LongAdder();
  private final LongAdder different = new LongAdder();
  private final Map<Undecided, LongAdder> undecided = new EnumMap<>(Undecided.class);
  private final Thread thread;

  /**
   * Not started yet.
   *
   * @param replicas names, by index
   * @param perSecond so many comparisons there are at most
   * @param limitNanos what a statement may take
   * @param showValues true when a few values of differing rows may be kept and shown
   * @param threadName of the thread
   */
  public Comparer(
      ReadSampler sampler,
      Nodes nodes,
      Engine engine,
      List<String> replicas,
      int perSecond,
      long limitNanos,
      boolean showValues,
      String threadName) {
    this.sampler = sampler;
    this.nodes = nodes;
    this.replicas = Collections.unmodifiableList(new ArrayList<>(replicas));
    this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.limitNanos = limitNanos;
    this.showValues = showValues;
    this.comparison = new Comparison(nodes, engine, limitNanos);
    for (Undecided cause : Undecided.values()) {
      undecided.put(cause, new LongAdder());
    }
    this.thread = OwnThreads.daemon(threadName, LogScope.keep(this::run));
  }

  /** Begins to compare. */
  public void start() {
    thread.start();
  }

  /** Ends it; what is under way is given up. */
  public void stop() {
    thread.interrupt();
    comparison.hurry();
  }

  /** Called often, by one thread: ends a statement that has run for too long. */
  public void cutOff() {
    comparison.cancel(limitNanos);
  }

  /** Somebody needs the files for himself: what is running ends at once. */
  public void hurry() {
    comparison.hurry();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Findings.Standing due = findings.due(System.nanoTime(), AGAIN_NANOS);
        SampledRead next = due == null ? sampler.poll(IDLE_NANOS) : null;
        if (due == null && next == null) {
          // Nothing is held open while there is nothing to do.
          comparison.close();
          continue;
        }
        compare(due, next);
        TimeUnit.NANOSECONDS.sleep(pauseNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      comparison.close();
    }
  }

  private void compare(Findings.Standing due, SampledRead next) throws InterruptedException {
    try {
      if (due == null) {
        judge(next, comparison.decide(next));
      } else {
        again(due);
      }
    } catch (RuntimeException | Error e) {
      comparison.close();
      nodes.fault(e);
    }
  }

  private void judge(SampledRead read, Comparison.Outcome outcome) {
    if (outcome.undecided != null) {
      undecided.get(outcome.undecided).increment();
    } else if (outcome.isSame()) {
      same.increment();
    } else {
      different.increment();
      Finding finding =
          new Finding(
              nodes.name(read.replica),
              shown(read.what.digest()),
              System.currentTimeMillis(),
              outcome.master,
              outcome.replica,
              new RowDifference(outcome.master, outcome.replica),
              showValues);
      if (findings.add(finding, read, System.nanoTime())) {
        LOG.warn("{}", CompareText.of(finding));
      }
    }
  }

  /** A statement that fails on the master for long, as one whose table is gone, tells nothing. */
  private void again(Findings.Standing due) {
    Comparison.Outcome outcome = comparison.round(due.read);
    due.failures = outcome.undecided == Undecided.FAILED ? due.failures + 1 : 0;
    if (outcome.isSame()) {
      findings.resolved(due);
      LOG.info("{} answers like the master again: {}", due.finding.replica(), due.finding.digest());
    } else if (due.failures >= MOST_FAILURES) {
      findings.resolved(due);
      LOG.info("the master does not answer any more: {}", due.finding.digest());
    }
  }

  private static String shown(String digest) {
    if (digest == null) {
      return "(a long text)";
    }
    return digest.length() > LONGEST ? digest.substring(0, LONGEST) + "…" : digest;
  }

  /** What was found until now. */
  public CompareReport report() {
    Map<Undecided, Long> causes = new EnumMap<>(Undecided.class);
    for (Map.Entry<Undecided, LongAdder> each : undecided.entrySet()) {
      causes.put(each.getKey(), each.getValue().sum());
    }
    return new CompareReport(
        sampler.hundredths(),
        same.sum(),
        different.sum(),
        Collections.unmodifiableMap(causes),
        sampler.dropped(),
        sampler.waiting(),
        findings.standing(replicas),
        findings.newest());
  }

  /** Logs what was found until now. */
  public void say() {
    CompareReport report = report();
    if (report.compared() > 0) {
      LOG.info("{}", CompareText.of(report));
    }
  }
}
