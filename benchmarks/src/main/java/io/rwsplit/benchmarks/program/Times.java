package io.rwsplit.benchmarks.program;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * When transactions began, began to commit, had committed and were detected, as {@code
 * System.nanoTime()} counts; processes of one machine share that on Linux. Not thread-safe.
 */
public final class Times {
  private static final int COLUMNS = 4;

  private final long first;
  private final int expected;
  private long[] values;
  private int size;

  /**
   * Empty.
   *
   * @param first number of the first transaction
   * @param expected how many will come; 0 when that is not known
   */
  public Times(long first, int expected) {
    this.first = first;
    this.expected = expected;
    values = new long[COLUMNS * Math.max(expected, 1 << 12)];
  }

  int expected() {
    return expected;
  }

  void add(long start, long commits, long committed, long detected) {
    if (COLUMNS * size == values.length) {
      values = Arrays.copyOf(values, 2 * values.length);
    }
    values[COLUMNS * size] = start;
    values[COLUMNS * size + 1] = commits;
    values[COLUMNS * size + 2] = committed;
    values[COLUMNS * size + 3] = detected;
    size++;
  }

  /** Number of the first transaction. */
  public long first() {
    return first;
  }

  public int size() {
    return size;
  }

  /** When the transaction of this index, from 0, began. */
  public long start(int index) {
    return values[COLUMNS * index];
  }

  /** When {@code commit()} was called. */
  public long commits(int index) {
    return values[COLUMNS * index + 1];
  }

  /** When {@code commit()} had returned. */
  public long committed(int index) {
    return values[COLUMNS * index + 2];
  }

  /** When another thread had noticed; 0 when none was asked to. */
  public long detected(int index) {
    return values[COLUMNS * index + 3];
  }

  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      out.writeLong(first);
      out.writeInt(size);
      for (int i = 0; i < COLUMNS * size; i++) {
        out.writeLong(values[i]);
      }
    }
  }

  /** What {@link PacedWriter} has written last. */
  public static Times read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      long first = in.readLong();
      int size = in.readInt();
      Times times = new Times(first, size);
      for (int i = 0; i < size; i++) {
        times.add(in.readLong(), in.readLong(), in.readLong(), in.readLong());
      }
      return times;
    }
  }
}
