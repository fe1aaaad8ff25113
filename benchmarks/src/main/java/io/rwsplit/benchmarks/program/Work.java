package io.rwsplit.benchmarks.program;

import java.lang.management.ManagementFactory;

/** What a stretch of work cost; -1 is what cannot be known. Immutable. */
final class Work {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  final long operations;
  final long cpuNanos;
  final long wallNanos;

  /** On the heap, by the threads of the application. */
  final long allocatedBytes;

  /** Of all results, so that none can be left out. */
  final long sum;

  Work(long operations, long cpuNanos, long wallNanos, long allocatedBytes, long sum) {
    this.operations = operations;
    this.cpuNanos = cpuNanos;
    this.wallNanos = wallNanos;
    this.allocatedBytes = allocatedBytes;
    this.sum = sum;
  }

  /** CPU time of this thread. */
  static long cpu() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** What this thread has allocated. */
  static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
