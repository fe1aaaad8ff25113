package io.rwsplit.alert;

import io.rwsplit.thread.OwnThreads;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody who is told, by a thread and a bounded queue of its own: one that is slow or dead holds
 * up neither the application nor another sink. What the queue has no place for replaces the oldest,
 * is counted and said. Thread-safe.
 */
public abstract class Sink {
  static final int QUEUE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Sink.class);
  private static final long FIRST_PAUSE_MILLIS = 1_000;

  /** A notice, and who waits for what becomes of it; null for nobody. */
  private static final class Job {
    final Notice notice;
    final SinkAnswer answer;

    Job(Notice notice, SinkAnswer answer) {
      this.notice = notice;
      this.answer = answer;
    }

    void answer(boolean delivered, String words) {
      if (answer != null) {
        answer.set(delivered, words);
      }
    }
  }

  private final String name;
  private final int attempts;
  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(QUEUE);
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile String lastFailure;
  private boolean started;

  /**
   * @param name in log, metrics and answers
   * @param attempts for one notice, with growing pauses
   */
  protected Sink(String name, int attempts) {
    this.name = name;
    this.attempts = attempts;
  }

  /**
   * Delivers a notice; blocks for as long as it takes.
   *
   * @return what has become of it, in words without secrets
   * @throws Refused when there is no use in another attempt
   * @throws IOException when there may be
   */
  protected abstract String deliver(Notice notice) throws IOException;

  /** Breaks an attempt that has used up its time; called from time to time, and never blocks. */
  void cutOff(long now) {}

  /** Takes a notice without blocking. */
  final void offer(Notice notice, SinkAnswer answer) {
    Job job = new Job(notice, answer);
    start();
    while (!queue.offer(job)) {
      Job oldest = queue.poll();
      if (oldest != null) {
        oldest.answer(false, "dropped: the queue is full");
        drop();
      }
    }
  }

  private void drop() {
    dropped.increment();
    long all = dropped.sum();
    if (all == 1 || all % QUEUE == 0) {
      LOG.warn("alerts: {} does not keep up; {} notices were dropped", name, all);
    }
  }

  private synchronized void start() {
    if (!started) {
      started = true;
      OwnThreads.daemon("rwsplit-alert-" + name, this::run).start();
    }
  }

  private void run() {
    try {
      while (true) {
        Job job = queue.take();
        work(job);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Job job) throws InterruptedException {
    // Whoever waits for an answer wants to know of the first attempt.
    int most = job.answer == null ? attempts : 1;
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        String words = deliver(job.notice);
        delivered.increment();
        job.answer(true, words);
        return;
      } catch (Throwable e) {
        failures.increment();
        lastFailure = words(e);
        if (attempt >= most || e instanceof Refused) {
          failed.increment();
          LOG.warn("alerts: {} did not take a notice: {}", name, lastFailure);
          job.answer(false, lastFailure);
          return;
        }
      }
      Thread.sleep(pause);
      pause *= 2;
    }
  }

  private static String words(Throwable problem) {
    String message = problem.getMessage();
    String kind = problem.getClass().getSimpleName();
    String words = problem instanceof Refused ? message : kind + ": " + message;
    return Condition.shown(words);
  }

  /** Its name. */
  public final String name() {
    return name;
  }

  /** Notices that were delivered. */
  public final long delivered() {
    return delivered.sum();
  }

  /** Notices that were given up. */
  public final long failed() {
    return failed.sum();
  }

  /** Attempts that failed. */
  public final long failures() {
    return failures.sum();
  }

  /** Notices that were dropped for others. */
  public final long dropped() {
    return dropped.sum();
  }

  /** Notices that wait. */
  public final int waiting() {
    return queue.size();
  }

  /** Why the last attempt failed that did; null when none has. */
  public final String lastFailure() {
    return lastFailure;
  }
}
