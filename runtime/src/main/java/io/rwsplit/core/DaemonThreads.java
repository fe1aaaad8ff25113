package io.rwsplit.core;

import io.rwsplit.thread.OwnThreads;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes daemon threads that neither keep the JVM alive nor hold on to the class loader of whichever
 * application thread happened to start them. Thread-safe.
 */
final class DaemonThreads implements ThreadFactory {
  private final String prefix;
  private final AtomicInteger made = new AtomicInteger();

  DaemonThreads(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public Thread newThread(Runnable work) {
    return OwnThreads.daemon(prefix + "-" + made.incrementAndGet(), work);
  }
}
