package io.rwsplit.core;

import io.rwsplit.log.LogScope;
import io.rwsplit.thread.OwnThreads;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes daemon threads that neither keep the JVM alive nor hold on to the class loader of whichever
 * application thread happened to start them. Thread-safe.
 */
final class DaemonThreads implements ThreadFactory {
  private final String prefix;
  private final String scope = LogScope.current();
  private final AtomicInteger made = new AtomicInteger();

  /**
   * @param work what they do; their names are {@code rwsplit-work-1} and so on, with the name of
   *     the present {@link LogScope}, in which they will run
   */
  DaemonThreads(String work) {
    this.prefix = LogScope.threadName(work);
  }

  @Override
  public Thread newThread(Runnable work) {
    return OwnThreads.daemon(prefix + "-" + made.incrementAndGet(), LogScope.in(scope, work));
  }
}
