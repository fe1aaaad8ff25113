package io.rwsplit.thread;

import java.lang.reflect.Constructor;
import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes daemon threads that hold on to nothing of whoever happens to make them. A new thread
 * otherwise keeps the context class loader of the application's thread, copies its inheritable
 * thread locals, and remembers the protection domains on its stack ({@code
 * Thread.inheritedAccessControlContext}, until JDK 24): each would keep the classes of a web
 * application that is undeployed. Stateless.
 */
public final class OwnThreads {
  private OwnThreads() {}

  /** Java 9 and later: a thread without inheritable thread locals. */
  private static final class Bare {
    static final Constructor<Thread> CONSTRUCTOR = constructor();

    private static Constructor<Thread> constructor() {
      try {
        return Thread.class.getConstructor(
            ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class);
      } catch (NoSuchMethodException e) {
        return null;
      }
    }
  }

  /** A thread that was not started. */
  public static Thread daemon(String name, Runnable work) {
    return daemon(name, work, 0);
  }

  /**
   * A thread that was not started.
   *
   * @param stackSize in bytes; 0 for the JVM's default
   */
  public static Thread daemon(String name, Runnable work, long stackSize) {
    return AccessController.doPrivileged(
        new PrivilegedAction<Thread>() {
          @Override
          public Thread run() {
            Thread thread = make(name, work, stackSize);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
          }
        });
  }

  private static Thread make(String name, Runnable work, long stackSize) {
    if (Bare.CONSTRUCTOR != null) {
      try {
        return Bare.CONSTRUCTOR.newInstance(null, work, name, stackSize, false);
      } catch (ReflectiveOperationException e) {
        // The other one does as well, but for inheritable thread locals.
      }
    }
    return new Thread(null, work, name, stackSize);
  }
}
