package io.rwsplit.core;

import io.rwsplit.log.LogScope;
import io.rwsplit.thread.OwnThreads;

/** What a group does at the end of the JVM, unless the group ends before. Thread-safe. */
final class JvmEnd {
  /** Null before it was planned. */
  private volatile Thread hook;

  /** From now on {@code work} is done at the end of the JVM, in the scope of this call. */
  void plan(Runnable work) {
    Thread end = OwnThreads.daemon(LogScope.threadName("shutdown"), LogScope.keep(work));
    hook = end;
    Runtime.getRuntime().addShutdownHook(end);
  }

  /** It will not be done, unless the JVM ends just now. */
  void cancel() {
    try {
      Thread planned = hook;
      if (planned != null) {
        boolean unused = Runtime.getRuntime().removeShutdownHook(planned);
      }
    } catch (IllegalStateException e) {
      // The JVM ends just now, and the hook does the same as whoever calls.
    }
  }
}
