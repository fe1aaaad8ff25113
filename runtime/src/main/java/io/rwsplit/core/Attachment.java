package io.rwsplit.core;

import io.rwsplit.bootstrap.Loaded;
import io.rwsplit.jdbc.LoadedHooks;
import io.rwsplit.jdbc.ManagedHooks;
import io.rwsplit.operations.LoadedBefore;
import io.rwsplit.thread.OwnThreads;
import io.rwsplit.weave.LoadedDrivers;
import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over drivers that are in use when the agent comes into the JVM. First their connections
 * tell what they do, and stay on the master. A thread that is inside of the driver then still runs
 * a body that tells nothing; when each of them was seen outside once, a ticket is drawn that covers
 * what they wrote, and connections that are opened from then on are managed.
 */
final class Attachment {
  private static final long MAX_PAUSE_MILLIS = 50;
  private static final long SAID_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Instrumentation instrumentation;
  private LoadedDrivers drivers;
  private Groups groups;

  Attachment(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** From now on what loaded classes tell is followed. */
  void follow(Groups configured, ManagedHooks hooks) {
    groups = configured;
    drivers = new LoadedDrivers(instrumentation, configured);
    Loaded.install(new LoadedHooks(configured, hooks));
  }

  /**
   * Begins, and returns before all is done.
   *
   * @param connections the drivers' connection classes that were loaded before
   * @param connecting classes that connect, of other drivers that were loaded in part
   */
  void begin(List<Class<?>> connections, List<Class<?>> connecting) {
    drivers.tellConnects(connecting);
    if (connections.isEmpty()) {
      return;
    }
    List<Class<?>> left = drivers.tell(connections);
    Launcher.leave(left);
    List<String> pending = drivers.pending();
    if (!pending.isEmpty()) {
      for (String each : pending) {
        LoadedBefore.is(each, LoadedBefore.State.WAITING);
      }
      groups.usedBefore();
      Set<Thread> inside = inside(Thread.getAllStackTraces());
      OwnThreads.daemon("rwsplit-attach", () -> complete(inside)).start();
    }
  }

  private void complete(Set<Thread> before) {
    Logger log = LoggerFactory.getLogger(Attachment.class);
    try {
      await(before, log);
      groups.missed();
      List<String> pending = drivers.pending();
      List<String> managed = drivers.complete();
      for (String each : pending) {
        boolean attached = managed.contains(each);
        LoadedBefore.is(
            each, attached ? LoadedBefore.State.MANAGED : LoadedBefore.State.LEFT_ALONE);
      }
      if (!managed.isEmpty()) {
        log.info(
            "attached to a driver loaded before: {}. Connections opened from now on are managed;"
                + " those that were open stay on the master",
            managed);
      }
    } catch (Throwable t) {
      groups.fault("attaching", t);
    }
  }

  private void await(Set<Thread> before, Logger log) throws InterruptedException {
    long since = System.nanoTime();
    boolean said = false;
    for (long pause = 1; !before.isEmpty(); pause = Math.min(MAX_PAUSE_MILLIS, pause + 1)) {
      Thread.sleep(pause);
      Map<Thread, StackTraceElement[]> now = Thread.getAllStackTraces();
      before.retainAll(inside(now));
      if (!said && System.nanoTime() - since > SAID_NANOS && !before.isEmpty()) {
        said = true;
        log.info(
            "waits for calls of the driver that began before the agent came, until then nothing is"
                + " managed: {}",
            before);
      }
    }
  }

  /**
   * Threads in the middle of a driver's code that is to tell, and those that carry a virtual
   * thread, which hides.
   */
  private Set<Thread> inside(Map<Thread, StackTraceElement[]> all) {
    Set<Thread> inside = new HashSet<>();
    for (Map.Entry<Thread, StackTraceElement[]> each : all.entrySet()) {
      for (StackTraceElement frame : each.getValue()) {
        if (frame.getClassName().equals("java.lang.VirtualThread") || drivers.isInside(frame)) {
          inside.add(each.getKey());
          break;
        }
      }
    }
    return inside;
  }
}
