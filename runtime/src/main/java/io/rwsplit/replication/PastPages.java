package io.rwsplit.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Contents that pages of the master had before they were changed, as far as somebody may still ask
 * for them. Not thread-safe: changed by the capture thread while nobody holds the {@link
 * Retention}, read by its holders.
 */
final class PastPages {
  /** What a page held before the frame with number {@code until}. */
  private static final class Version {
    final long until;
    final byte[] content;

    Version(long until, byte[] content) {
      this.until = until;
      this.content = content;
    }
  }

  /** By page, the oldest first. */
  private final Map<Integer, List<Version>> versions = new HashMap<Integer, List<Version>>();

  private long bytes;

  long bytes() {
    return bytes;
  }

  /** The page's content at a place; null when it was not changed from there to the floor. */
  byte[] at(int page, long place) {
    List<Version> known = versions.get(page);
    if (known != null) {
      for (Version version : known) {
        if (place < version.until) {
          return version.content;
        }
      }
    }
    return null;
  }

  /** From here on contents of the page are not kept yet. */
  long keptUntil(int page) {
    List<Version> known = versions.get(page);
    return known == null || known.isEmpty() ? 0 : known.get(known.size() - 1).until;
  }

  void keep(int page, long until, byte[] content) {
    versions.computeIfAbsent(page, p -> new ArrayList<Version>(2)).add(new Version(until, content));
    bytes += content.length;
  }

  /** Drops what no needed place lies in. */
  void drop(NeededPlaces needed) {
    for (Iterator<List<Version>> pages = versions.values().iterator(); pages.hasNext(); ) {
      List<Version> known = pages.next();
      long from = 0;
      for (Iterator<Version> each = known.iterator(); each.hasNext(); ) {
        Version version = each.next();
        if (!needed.anyIn(from, version.until)) {
          each.remove();
          bytes -= version.content.length;
        }
        from = version.until;
      }
      if (known.isEmpty()) {
        pages.remove();
      }
    }
  }

  boolean isEmpty() {
    return versions.isEmpty();
  }
}
