package io.rwsplit.core;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.jdbc.ClosableHook;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One copy of the driver's classes in this JVM, by its class loader, and the application's
 * connections to the master that it has opened. Holds neither the loader nor the connections.
 * Thread-safe.
 */
final class DriverCopy {
  /** Closed connections are looked for when there are so many more than at the last look. */
  private static final int SWEEP = 64;

  private final WeakReference<ClassLoader> loader;
  private final boolean permanent;
  private final List<WeakReference<ConnectionHook>> open = new ArrayList<>();
  private int sweepAt = SWEEP;
  private int connecting;

  /** By {@link System#nanoTime()}. */
  private long usedAt = System.nanoTime();

  /**
   * @param loader null for the boot loader
   */
  DriverCopy(ClassLoader loader) {
    this.loader = new WeakReference<>(loader);
    this.permanent = isPermanent(loader);
  }

  /** True for loaders that live as long as the JVM. */
  private static boolean isPermanent(ClassLoader loader) {
    ClassLoader each = ClassLoader.getSystemClassLoader();
    while (each != null && each != loader) {
      each = each.getParent();
    }
    return each == loader;
  }

  boolean isOf(ClassLoader other) {
    return loader.get() == other;
  }

  /** False for a copy whose loader may go away, as a web application's. */
  boolean isPermanent() {
    return permanent;
  }

  /** True once nobody needs the copy any more. */
  boolean isCollected() {
    return !permanent && loader.get() == null;
  }

  /** True when the container has said that nothing of the loader is to run any more. */
  boolean isStopped() {
    ClassLoader known = loader.get();
    return !permanent && (known == null || ContainerLoaders.isStopped(known));
  }

  synchronized void connecting() {
    connecting++;
    usedAt = System.nanoTime();
  }

  synchronized void connectEnded() {
    connecting--;
    usedAt = System.nanoTime();
  }

  /**
   * The application has opened a connection.
   *
   * @param hook of the connection, which alone holds it; a {@link ClosableHook}
   */
  synchronized void opened(ConnectionHook hook) {
    usedAt = System.nanoTime();
    if (open.size() >= sweepAt) {
      sweep();
      sweepAt = open.size() + SWEEP;
    }
    open.add(new WeakReference<>(hook));
  }

  private void sweep() {
    for (Iterator<WeakReference<ConnectionHook>> each = open.iterator(); each.hasNext(); ) {
      ConnectionHook hook = each.next().get();
      if (hook == null || ((ClosableHook) hook).isClosed()) {
        each.remove();
      }
    }
  }

  /** True while connections of the application are open, or being opened. */
  synchronized boolean isInUse() {
    sweep();
    boolean used = connecting > 0 || !open.isEmpty();
    if (used) {
      usedAt = System.nanoTime();
    }
    return used;
  }

  /** How long nothing was seen open; 0 while something is. */
  synchronized long idleNanos() {
    return isInUse() ? 0 : System.nanoTime() - usedAt;
  }
}
