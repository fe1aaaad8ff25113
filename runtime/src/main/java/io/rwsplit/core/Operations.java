package io.rwsplit.core;

import io.rwsplit.failover.Failover;
import io.rwsplit.jmx.ConfigurationBean;
import io.rwsplit.promotion.PromotionManager;
import io.rwsplit.replication.ReplicationOperations;
import io.rwsplit.topology.ServerView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where those find the running groups who come from outside: command line, HTTP, tests. A group
 * runs from the application's first connection to its master on. Thread-safe.
 *
 * <p>The methods without a group's name are for JVMs with one group: they speak of the one that has
 * no name, else of the one that began first.
 */
public final class Operations {
  private static final List<GroupOperations> RUNNING = new CopyOnWriteArrayList<>();

  private static volatile Reload reload;
  private static volatile boolean shown;

  private Operations() {}

  /** Set where a file may have changed, when a group begins. */
  static void reloads(Reload known) {
    boolean first = reload == null;
    reload = known;
    if (first && shown) {
      showConfiguration();
    }
  }

  private static void showConfiguration() {
    Logger log = LoggerFactory.getLogger(Operations.class);
    try {
      Supplier<List<String>> reading =
          new Supplier<List<String>>() {
            @Override
            public List<String> get() {
              return reload();
            }
          };
      log.info("MBean {}", ConfigurationBean.register(reload.file(), reading));
    } catch (Throwable t) {
      log.warn("no MBean", t);
    }
  }

  /**
   * Reads the configuration file again, and applies what may change; what has faults changes
   * nothing.
   *
   * @return what has come of it, line by line, without secrets; empty where there is no file
   */
  public static List<String> reload() {
    Reload known = reload;
    return known == null ? Collections.<String>emptyList() : known.now().lines();
  }

  /** Each group that runs has an MBean from now on. */
  static void showByJmx() {
    shown = true;
  }

  /** Called once for each group, when it begins. */
  static void started(GroupOperations group) {
    RUNNING.add(group);
    if (shown) {
      group.show();
    }
  }

  /** The groups that run, in the order in which they began. */
  public static List<GroupOperations> groups() {
    return Collections.unmodifiableList(new ArrayList<>(RUNNING));
  }

  /**
   * A group that runs.
   *
   * @param name empty for the one without a name
   * @return null when there is none of the name, or not yet
   */
  public static GroupOperations group(String name) {
    for (GroupOperations group : RUNNING) {
      if (group.name().equals(name)) {
        return group;
      }
    }
    return null;
  }

  private static GroupOperations only() {
    GroupOperations unnamed = group("");
    return unnamed != null || RUNNING.isEmpty() ? unnamed : RUNNING.get(0);
  }

  /** All databases of the configuration as they are seen now; empty before the first connection. */
  public static List<ServerView> topology() {
    GroupOperations group = only();
    return group == null ? Collections.<ServerView>emptyList() : group.topology();
  }

  /** The switch of the routing, its circuit and its counts; null before the first connection. */
  public static Routing routing() {
    GroupOperations group = only();
    return group == null ? null : group.routing();
  }

  /** Who is the master, and the roles of all servers; null where the master never changes. */
  public static Failover failover() {
    GroupOperations group = only();
    return group == null ? null : group.failover();
  }

  /** What promotes replicas, by itself and when asked; null without {@code promote}. */
  public static PromotionManager promotion() {
    GroupOperations group = only();
    return group == null ? null : group.promotion();
  }

  /** The replication of this JVM; null before the first connection, and where it feeds nothing. */
  public static ReplicationOperations replication() {
    GroupOperations group = only();
    return group == null ? null : group.replication();
  }

  /** A group is over: its driver's classes are to go. It begins again with the next connection. */
  static void ended(GroupOperations group) {
    RUNNING.remove(group);
    group.hide();
  }
}
