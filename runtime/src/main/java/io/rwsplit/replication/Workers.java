package io.rwsplit.replication;

import io.rwsplit.thread.OwnThreads;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads of the replicator, without a context class loader that would pin the app's. */
final class Workers {
  private Workers() {}

  static Thread thread(String name, Runnable body) {
    return OwnThreads.daemon(name, body);
  }

  /** Threads for checkpoints, as many as there are log files being checkpointed at a time. */
  static ThreadPoolExecutor checkpointers() {
    final AtomicInteger number = new AtomicInteger();
    ThreadFactory factory =
        new ThreadFactory() {
          @Override
          public Thread newThread(Runnable body) {
            return thread("rwsplit-checkpoint-" + number.incrementAndGet(), body);
          }
        };
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<Runnable>(), factory);
  }
}
