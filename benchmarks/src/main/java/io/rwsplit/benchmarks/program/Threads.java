package io.rwsplit.benchmarks.program;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * 64 threads that read by primary key over the application's pool of 16 connections: each takes
 * one, prepares, executes, closes and gives it back.
 */
final class Threads extends Program {
  private static final int THREADS = 64;
  private static final int CONNECTIONS = 16;

  private final boolean virtual;

  /**
   * When the slice ends, for all: a virtual thread that never blocks keeps its processor, and with
   * a slice of its own each would take its turn after the other.
   */
  private volatile long end;

  private HikariDataSource pool;
  private ExecutorService executor;

  Threads(boolean virtual) {
    super(16);
    this.virtual = virtual;
  }

  @Override
  public void open(String url) {
    pool = Pooled.pool(url, CONNECTIONS);
    executor = virtual ? virtualThreads() : Executors.newFixedThreadPool(THREADS);
  }

  /** Of JDK 21 and later; this class is compiled for less. */
  private static ExecutorService virtualThreads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no virtual threads", e);
    }
  }

  @Override
  public long run(int count) throws SQLException {
    return reads(count, 0);
  }

  private long reads(int count, int from) throws SQLException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Pooled.select(pool, (from + i * 7_919) % Tables.ITEMS);
    }
    return sum;
  }

  @Override
  Work work(long nanos) throws SQLException {
    CountDownLatch begin = new CountDownLatch(1);
    List<Future<Work>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int from = i * 131;
      running.add(executor.submit(() -> thread(begin, from)));
    }
    long start = System.nanoTime();
    end = start + nanos;
    begin.countDown();
    long operations = 0;
    long cpu = 0;
    long allocated = 0;
    long sum = 0;
    try {
      for (Future<Work> each : running) {
        Work work = each.get();
        operations += work.operations;
        cpu += work.cpuNanos;
        allocated += work.allocatedBytes;
        sum += work.sum;
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new SQLException(e);
    }
    long wall = System.nanoTime() - start;
    // A virtual thread does not know its own figures.
    return new Work(operations, virtual ? -1 : cpu, wall, virtual ? -1 : allocated, sum);
  }

  // Nothing relies on it: virtual threads are to take turns as threads that wait would.
  @SuppressWarnings("ThreadPriorityCheck")
  private Work thread(CountDownLatch begin, int from) throws InterruptedException, SQLException {
    begin.await();
    long operations = 0;
    long sum = 0;
    long allocatedBefore = virtual ? 0 : Work.allocated();
    long cpuBefore = virtual ? 0 : Work.cpu();
    do {
      sum += reads(turn(), from + (int) (operations % Tables.ITEMS));
      operations += turn();
      if (virtual) {
        Thread.yield();
      }
    } while (System.nanoTime() - end < 0);
    return new Work(
        operations,
        virtual ? 0 : Work.cpu() - cpuBefore,
        0,
        virtual ? 0 : Work.allocated() - allocatedBefore,
        sum);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    pool.close();
  }
}
