package io.rwsplit.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What a program did in one slice of time: operations, and what they cost. Immutable. */
final class Slice {

  private final long operations;
  private final long threadCpuNanos;
  private final long wallNanos;
  private final long processCpuNanos;

  Slice(long operations, long threadCpuNanos, long wallNanos, long processCpuNanos) {
    this.operations = operations;
    this.threadCpuNanos = threadCpuNanos;
    this.wallNanos = wallNanos;
    this.processCpuNanos = processCpuNanos;
  }

  /** CPU time of the program's own thread per operation, the median over the slices, in ns. */
  static double threadCpu(List<Slice> slices) {
    List<Double> figures = new ArrayList<>();
    for (Slice slice : slices) {
      figures.add((double) slice.threadCpuNanos / slice.operations);
    }
    return Summary.of(figures).median();
  }

  /** Time on the clock per operation, the median over the slices, in ns. */
  static double wall(List<Slice> slices) {
    List<Double> figures = new ArrayList<>();
    for (Slice slice : slices) {
      figures.add((double) slice.wallNanos / slice.operations);
    }
    return Summary.of(figures).median();
  }

  /**
   * CPU time of the whole process per operation, in ns. Over all slices together: the system counts
   * it in ticks of 10 ms, too coarse for one slice.
   */
  static double processCpu(List<Slice> slices) {
    long nanos = 0;
    long operations = 0;
    for (Slice slice : slices) {
      nanos += slice.processCpuNanos;
      operations += slice.operations;
    }
    return (double) nanos / operations;
  }
}
