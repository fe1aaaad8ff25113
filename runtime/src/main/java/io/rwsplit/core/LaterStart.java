package io.rwsplit.core;

import io.rwsplit.engine.Secrets;
import io.rwsplit.log.LogScope;
import io.rwsplit.log.ScopedLoggers;
import io.rwsplit.operations.FailedStarts;
import io.rwsplit.thread.OwnThreads;
import java.lang.ref.WeakReference;
import java.sql.Driver;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;

/**
 * Starts a group again whose start has failed for want of what may be there later, such as memory,
 * threads or a stack: on a thread of its own, after pauses that grow. Thread-safe.
 */
final class LaterStart {
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int TRIES = 3;

  /** Whose group it is. */
  interface Owner {
    /**
     * Starts it now.
     *
     * @param driver as it was given; null when it is not known any more
     * @return true when the group runs, or never will
     */
    boolean startAgain(Driver driver, ClassLoader loader, String url, Properties properties)
        throws ReflectiveOperationException;
  }

  private final String group;
  private final Owner owner;

  // Whoever stops a web application must not find its driver held by this.
  private final WeakReference<Driver> driver;
  private final WeakReference<ClassLoader> loader;
  private final boolean boot;
  private final String url;
  private final Properties properties;

  /**
   * What the newest try has failed with. A field, for whoever catches it may have no memory for a
   * text; null once its text is known, for its classes may be a web application's.
   */
  volatile Throwable failure;

  /** The text of that; null before. Of the thread. */
  private String why;

  /** Null while it could not be made. */
  private volatile Thread thread;

  /**
   * @param driver that has opened, or will open, the application's connection; may be null
   * @param loader of its classes
   */
  LaterStart(
      String group,
      Owner owner,
      Driver driver,
      ClassLoader loader,
      String url,
      Properties properties) {
    this.group = group;
    this.owner = owner;
    this.driver = new WeakReference<>(driver);
    this.loader = new WeakReference<>(loader);
    this.boot = loader == null;
    this.url = url;
    this.properties = OwnParameters.plain(properties);
  }

  /**
   * True for what may be otherwise some time later. A class that could not be initialised stays so,
   * and what the configuration says does, too.
   */
  static boolean isPassing(Throwable failure) {
    return !(failure instanceof LinkageError)
        && !(failure instanceof ReflectiveOperationException)
        && !(failure instanceof IllegalArgumentException);
  }

  /** Begins to wait, if that has not been possible yet: there may have been no thread to be had. */
  void ensure() {
    if (thread == null) {
      begin();
    }
  }

  private synchronized void begin() {
    if (thread != null) {
      return;
    }
    Runnable work =
        new Runnable() {
          @Override
          public void run() {
            tries();
          }
        };
    Thread made = OwnThreads.daemon("rwsplit-start", LogScope.in(group, work));
    made.start();
    thread = made;
  }

  private void tries() {
    Logger log = null;
    long pause = FIRST_NANOS;
    boolean said = false;
    while (true) {
      note(System.nanoTime() + pause);
      rest(pause);
      pause = Math.min(2 * pause, MOST_NANOS);
      try {
        if (log == null) {
          log = ScopedLoggers.of(LaterStart.class);
        }
        if (!said) {
          log.warn(
              "the start of rwsplit has failed: all statements go to the master; it is tried again"
                  + " in the background, for connections that are opened after it");
          said = true;
        }
        ClassLoader known = loader.get();
        if ((known == null && !boot) || owner.startAgain(driver.get(), known, url, properties)) {
          FailedStarts.over(group);
          return;
        }
      } catch (Throwable t) {
        failure = t;
        if (!isPassing(t)) {
          noteLast();
          return;
        }
      }
    }
  }

  /** For the status; what a fault keeps from it is there with the next try. */
  private void note(long nextTry) {
    try {
      textOfFailure();
      FailedStarts.waits(group, why, nextTry);
    } catch (Throwable t) {
      // Such as that there is still no memory.
      failure = failure == null ? t : failure;
    }
  }

  /** It is not tried again: for the status. */
  void noteLast() {
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        textOfFailure();
        FailedStarts.is(group, why);
        return;
      } catch (Throwable t) {
        failure = failure == null ? t : failure;
      }
    }
  }

  private void textOfFailure() {
    Throwable known = failure;
    if (known != null) {
      why = Secrets.mask(known.toString());
      failure = null;
    }
  }

  private static void rest(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      boolean unused = Thread.interrupted();
      LockSupport.parkNanos(left);
    }
  }
}
