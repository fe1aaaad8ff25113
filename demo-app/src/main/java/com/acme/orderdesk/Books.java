package com.acme.orderdesk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the desk counted and what it found wrong. Thread-safe. */
final class Books {

  private static final int REMEMBERED = 10;

  private final Latencies reads = new Latencies();
  private final Latencies writes = new Latencies();
  private final AtomicLong readCount = new AtomicLong();
  private final AtomicLong writeCount = new AtomicLong();
  private final AtomicLong orders = new AtomicLong();
  private final AtomicLong rollbacks = new AtomicLong();
  private final AtomicLong busy = new AtomicLong();
  private final AtomicLong checks = new AtomicLong();
  private final AtomicLong violations = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final List<String> remarks = new ArrayList<>();

  void read(long nanos) {
    reads.add(nanos);
    readCount.incrementAndGet();
  }

  void write(long nanos) {
    writes.add(nanos);
    writeCount.incrementAndGet();
  }

  void order() {
    orders.incrementAndGet();
  }

  void rollback() {
    rollbacks.incrementAndGet();
  }

  void busy() {
    busy.incrementAndGet();
  }

  /** Checks one fact of one read: {@code expected} and {@code actual} must be equal. */
  void same(String what, long expected, long actual) {
    checks.incrementAndGet();
    if (expected != actual) {
      violation(what + ": expected " + expected + ", read " + actual);
    }
  }

  /** Checks one fact of one read that must hold. */
  void holds(String what, boolean fact) {
    checks.incrementAndGet();
    if (!fact) {
      violation(what);
    }
  }

  private void violation(String what) {
    violations.incrementAndGet();
    remember("VIOLATION " + Thread.currentThread().getName() + ": " + what);
  }

  /** An error no desk should meet. */
  void failure(Throwable error) {
    failures.incrementAndGet();
    StackTraceElement[] stack = error.getStackTrace();
    String where = "";
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().startsWith("com.acme.")) {
        where = " at " + frame;
        break;
      }
    }
    remember("FAILURE " + Thread.currentThread().getName() + ": " + error + where);
  }

  private synchronized void remember(String remark) {
    if (remarks.size() < REMEMBERED) {
      remarks.add(remark);
    }
  }

  synchronized List<String> remarks() {
    return new ArrayList<>(remarks);
  }

  Latencies reads() {
    return reads;
  }

  Latencies writes() {
    return writes;
  }

  long readCount() {
    return readCount.get();
  }

  long writeCount() {
    return writeCount.get();
  }

  long orders() {
    return orders.get();
  }

  long rollbacks() {
    return rollbacks.get();
  }

  long busyRetries() {
    return busy.get();
  }

  long checks() {
    return checks.get();
  }

  long violations() {
    return violations.get();
  }

  long failures() {
    return failures.get();
  }
}
