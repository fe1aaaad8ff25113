package io.rwsplit.operations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The drivers that had been loaded when the agent came into the JVM, for people. Empty in a JVM
 * that was started with it. Thread-safe.
 */
public final class LoadedBefore {
  /** What has become of one. */
  public enum State {
    /** Attached to, and waits for calls that began before; nothing is managed yet. */
    WAITING,
    /** Connections opened from now on are managed; those of before stay on the master. */
    MANAGED,
    /** All of its connections stay as without the agent. */
    LEFT_ALONE
  }

  private static final Map<String, State> KNOWN = new LinkedHashMap<>();

  private LoadedBefore() {}

  /**
   * Notes what has become of a driver; of several copies of one, the last.
   *
   * @param connection the name of the class that its connections are of
   */
  public static void is(String connection, State state) {
    synchronized (KNOWN) {
      KNOWN.put(connection, state);
    }
  }

  /** By the names of the classes that connections are of; a copy. */
  public static Map<String, State> all() {
    synchronized (KNOWN) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(KNOWN));
    }
  }
}
