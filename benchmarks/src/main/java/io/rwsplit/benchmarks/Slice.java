package io.rwsplit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a program did in one slice of time: operations, and what they cost. Immutable. */
final class Slice {

  private final long operations;
  private final long threadCpuNanos;
  private final long wallNanos;
  private final long processCpuNanos;
  private final long allocatedBytes;
  private final long onReplicas;
  private final long onMaster;

  private Slice(long[] figures) {
    operations = figures[0];
    threadCpuNanos = figures[1];
    wallNanos = figures[2];
    processCpuNanos = figures[3];
    allocatedBytes = figures[4];
    onReplicas = figures[5];
    onMaster = figures[6];
  }

  /** Seven numbers, in the order of the fields; -1 for what is not known. */
  static Slice parse(String line) {
    String[] words = line.split(" ", -1);
    long[] figures = new long[7];
    for (int i = 0; i < figures.length; i++) {
      figures[i] = Long.parseLong(words[i]);
    }
    return new Slice(figures);
  }

  /**
   * CPU time of the program's own threads per operation, the median over the slices, in ns; NaN
   * when it is not known.
   */
  static double threadCpu(List<Slice> slices) {
    return slices.get(0).threadCpuNanos < 0 ? Double.NaN : median(slices, s -> s.threadCpuNanos);
  }

  /** Time on the clock per operation, the median over the slices, in ns. */
  static double wall(List<Slice> slices) {
    return median(slices, s -> s.wallNanos);
  }

  /** Bytes allocated by the program's own threads per operation; NaN when that is not known. */
  static double allocated(List<Slice> slices) {
    return slices.get(0).allocatedBytes < 0 ? Double.NaN : median(slices, s -> s.allocatedBytes);
  }

  private static double median(List<Slice> slices, ToDoubleFunction<Slice> figure) {
    List<Double> figures = new ArrayList<>();
    for (Slice slice : slices) {
      figures.add(figure.applyAsDouble(slice) / slice.operations);
    }
    return Summary.of(figures).median();
  }

  /**
   * CPU time of the whole process per operation, in ns. Over all slices together: the system counts
   * it in ticks of 10 ms, too coarse for one slice.
   */
  static double processCpu(List<Slice> slices) {
    long nanos = 0;
    for (Slice slice : slices) {
      nanos += slice.processCpuNanos;
    }
    return nanos / operations(slices);
  }

  static double operations(List<Slice> slices) {
    double operations = 0;
    for (Slice slice : slices) {
      operations += slice.operations;
    }
    return operations;
  }

  /** Statements that the agent ran on replicas; negative without the agent. */
  static long onReplicas(List<Slice> slices) {
    long sum = 0;
    for (Slice slice : slices) {
      sum += slice.onReplicas;
    }
    return sum;
  }

  /** The part of the agent's statements that ran on replicas; NaN without the agent. */
  static double share(List<Slice> slices) {
    long master = 0;
    for (Slice slice : slices) {
      master += slice.onMaster;
    }
    long replicas = onReplicas(slices);
    return replicas < 0 || replicas + master == 0
        ? Double.NaN
        : (double) replicas / (replicas + master);
  }
}
