package io.rwsplit.replication;

import io.rwsplit.log.LogScope;
import io.rwsplit.thread.OwnThreads;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads of the replicator, without a context class loader that would pin the app's. */
final class Workers {
  private Workers() {}

  /** A thread in the present {@link LogScope}, named {@code rwsplit-} and what it does. */
  static Thread thread(String work, Runnable body) {
    return plain(LogScope.threadName(work), LogScope.keep(body));
  }

  private static Thread plain(String name, Runnable body) {
    return OwnThreads.daemon(name, body);
  }

  /** Threads for checkpoints, as many as there are log files being checkpointed at a time. */
  static ThreadPoolExecutor checkpointers() {
    final AtomicInteger number = new AtomicInteger();
    final String name = LogScope.threadName("checkpoint-");
    final String scope = LogScope.current();
    ThreadFactory factory =
        new ThreadFactory() {
          @Override
          public Thread newThread(Runnable body) {
            return plain(name + number.incrementAndGet(), LogScope.in(scope, body));
          }
        };
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<Runnable>(), factory);
  }
}
