package io.rwsplit.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The groups that run in this JVM, each from the application's first connection on. Thread-safe.
 */
public final class RunningGroups {
  private static final List<Group> RUNNING = new CopyOnWriteArrayList<>();

  private RunningGroups() {}

  /** Called once for each group, when it begins. */
  public static void add(Group group) {
    RUNNING.add(group);
  }

  /** It is over; the application's next connection may begin another in its place. */
  public static void remove(Group group) {
    RUNNING.remove(group);
  }

  /** Those that run now, in the order in which they began; a copy. */
  public static List<Group> all() {
    return new ArrayList<>(RUNNING);
  }
}
