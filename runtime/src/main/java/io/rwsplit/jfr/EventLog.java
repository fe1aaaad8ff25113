package io.rwsplit.jfr;

import io.rwsplit.jfr.KeptEvent.Kind;
import io.rwsplit.log.Log;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest events of each group, for those who were not there. Thread-safe; takes no lock, since
 * those who add may hold one.
 */
public final class EventLog {
  /** So many are kept of a group. */
  public static final int KEPT = 200;

  /** Groups whose events are kept; a name is known from the configuration only. */
  private static final int MOST_GROUPS = 1_000;

  private static final int MOST_CHARS = 500;

  private static final class Ring {
    final AtomicLong next = new AtomicLong();
    final AtomicReferenceArray<KeptEvent> events = new AtomicReferenceArray<>(KEPT);
  }

  private final Map<String, Ring> groups = new ConcurrentHashMap<>();

  void add(String group, Kind kind, boolean trouble, String node, String text) {
    Ring ring = groups.get(group);
    if (ring == null) {
      if (groups.size() >= MOST_GROUPS) {
        return;
      }
      Ring fresh = new Ring();
      Ring earlier = groups.putIfAbsent(group, fresh);
      ring = earlier == null ? fresh : earlier;
    }
    long number = ring.next.getAndIncrement();
    String shown = text == null ? "" : Log.concealed(text);
    if (shown.length() > MOST_CHARS) {
      shown = shown.substring(0, MOST_CHARS) + "…";
    }
    ring.events.set((int) (number % KEPT), new KeptEvent(number, kind, trouble, node, shown));
  }

  /** The newest events of a group, newest first. */
  public List<KeptEvent> newest(String group) {
    List<KeptEvent> all = new ArrayList<>();
    Ring ring = groups.get(group);
    for (int i = 0; ring != null && i < KEPT; i++) {
      KeptEvent each = ring.events.get(i);
      if (each != null) {
        all.add(each);
      }
    }
    Collections.sort(all, (a, b) -> Long.compare(b.number(), a.number()));
    return all;
  }
}
