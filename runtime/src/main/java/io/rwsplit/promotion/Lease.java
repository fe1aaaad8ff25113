package io.rwsplit.promotion;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The right to change roles: the locks of a majority of all configured servers, held by open
 * sessions. Used by one thread; close it.
 *
 * <p>Two JVMs cannot have it at once, for two majorities share a server. A session that is lost may
 * let another JVM have that server's lock while this one still believes in it; so a promotion
 * carries a deadline that the promoted server itself compares with its clock ({@link
 * #VALID_MILLIS}), and who comes next waits longer than that, unless it holds the locks of all
 * servers that could be promoted.
 */
final class Lease implements AutoCloseable {
  /** For how long after a check that all locks are held a promotion may still begin. */
  static final long VALID_MILLIS = 2000;

  /** How long a JVM waits that does not hold all locks: longer than another's is valid. */
  static final long WAIT_MILLIS = 4000;

  private static final int PATIENCE_SECONDS = 30;

  private final PromotionSettings settings;
  private final NodeControl[] held;
  private String refusal;

  private Lease(PromotionSettings settings) {
    this.settings = settings;
    this.held = new NodeControl[settings.nodes()];
  }

  /**
   * Takes the locks of these nodes, as many as there are to be had, in the order of their
   * addresses, which is the same in every JVM; never waits for one.
   */
  static Lease take(PromotionSettings settings, Servers servers, List<Integer> nodes) {
    Lease lease = new Lease(settings);
    List<Integer> ordered = new ArrayList<>(nodes);
    Collections.sort(
        ordered,
        new Comparator<Integer>() {
          @Override
          public int compare(Integer a, Integer b) {
            return settings
                .addresses
                .get(a)
                .toString()
                .compareTo(settings.addresses.get(b).toString());
          }
        });
    for (int node : ordered) {
      lease.take(servers, node);
    }
    return lease;
  }

  private void take(Servers servers, int node) {
    NodeControl control = null;
    try {
      control = NodeControl.of(settings.engine, servers.open(node, PATIENCE_SECONDS));
      if (control.tryLock()) {
        held[node] = control;
        return;
      }
      refusal = "another JVM holds the lock of " + settings.names.get(node);
    } catch (SQLException e) {
      refusal = settings.names.get(node) + ": " + e.getMessage();
    }
    if (control != null) {
      control.close();
    }
  }

  /** Why the last lock was not to be had; null when all were. */
  String refusal() {
    return refusal;
  }

  boolean isMajority() {
    return count() >= settings.majority();
  }

  int count() {
    int count = 0;
    for (NodeControl control : held) {
      count += control == null ? 0 : 1;
    }
    return count;
  }

  /** True when it holds the locks of all nodes but this one. */
  boolean hasAllBut(int node) {
    for (int i = 0; i < held.length; i++) {
      if (i != node && held[i] == null) {
        return false;
      }
    }
    return true;
  }

  /** The session that holds the node's lock; null when it is not held. */
  NodeControl session(int node) {
    return held[node];
  }

  /** Asks every server whether the lock is still held; what is not is given up. */
  boolean stillMajority() {
    for (int i = 0; i < held.length; i++) {
      if (held[i] != null) {
        try {
          if (held[i].holdsLock()) {
            continue;
          }
          refusal = "the lock of " + settings.names.get(i) + " was lost";
        } catch (SQLException e) {
          refusal = settings.names.get(i) + ": " + e.getMessage();
        }
        held[i].close();
        held[i] = null;
      }
    }
    return isMajority();
  }

  @Override
  public void close() {
    for (NodeControl control : held) {
      if (control != null) {
        control.close();
      }
    }
  }
}
