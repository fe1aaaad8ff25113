package io.rwsplit.consistency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A GTID set of MySQL, as in {@code gtid_executed}: by server UUID, and since 8.3 by tag, intervals
 * of transaction numbers: {@code uuid:1-5:7,uuid:tag:1-3}. {@link #includes} is what {@code
 * GTID_SUBSET} asks of a server ("GTID Sets", MySQL Reference Manual). Immutable.
 */
public final class MysqlGtids implements Position {
  /** Ascending, disjoint, not adjacent: first and last number in turn, by UUID and tag. */
  private final Map<String, long[]> intervals;

  private final String text;

  private MysqlGtids(Map<String, long[]> intervals, String text) {
    this.intervals = intervals;
    this.text = text;
  }

  /**
   * Parses the value of a variable; blank text is the empty set.
   *
   * @throws IllegalArgumentException when it is no GTID set
   */
  public static MysqlGtids parse(String text) {
    Map<String, List<long[]>> found = new TreeMap<>();
    for (String ofServer : text.split(",", -1)) {
      String trimmed = ofServer.trim();
      if (!trimmed.isEmpty()) {
        add(trimmed.toLowerCase(Locale.ROOT).split(":", -1), found);
      }
    }
    Map<String, long[]> intervals = new TreeMap<>();
    for (Map.Entry<String, List<long[]>> each : found.entrySet()) {
      intervals.put(each.getKey(), joined(each.getValue()));
    }
    return new MysqlGtids(intervals, text.trim());
  }

  private static void add(String[] parts, Map<String, List<long[]>> found) {
    if (parts.length < 2) {
      throw new IllegalArgumentException("no GTID set: " + String.join(":", parts));
    }
    String key = parts[0].trim();
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].trim();
      if (part.isEmpty() || !Character.isDigit(part.charAt(0))) {
        // A tag: the intervals after it are its.
        key = parts[0].trim() + ":" + part;
        continue;
      }
      int dash = part.indexOf('-');
      long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash).trim());
      long last = dash < 0 ? first : Long.parseLong(part.substring(dash + 1).trim());
      if (last >= first) {
        List<long[]> ofKey = found.get(key);
        if (ofKey == null) {
          ofKey = new ArrayList<>();
          found.put(key, ofKey);
        }
        ofKey.add(new long[] {first, last});
      }
    }
  }

  private static long[] joined(List<long[]> unordered) {
    unordered.sort(
        new Comparator<long[]>() {
          @Override
          public int compare(long[] a, long[] b) {
            return Long.compare(a[0], b[0]);
          }
        });
    List<long[]> joined = new ArrayList<>();
    for (long[] next : unordered) {
      long[] last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && next[0] <= last[1] + 1) {
        last[1] = Math.max(last[1], next[1]);
      } else {
        joined.add(next);
      }
    }
    long[] flat = new long[joined.size() * 2];
    for (int i = 0; i < joined.size(); i++) {
      flat[2 * i] = joined.get(i)[0];
      flat[2 * i + 1] = joined.get(i)[1];
    }
    return flat;
  }

  /** True for the empty set. */
  public boolean isEmpty() {
    return intervals.isEmpty();
  }

  /** How many transactions it holds. */
  public long count() {
    long count = 0;
    for (long[] ofServer : intervals.values()) {
      for (int i = 0; i < ofServer.length; i += 2) {
        count += ofServer[i + 1] - ofServer[i] + 1;
      }
    }
    return count;
  }

  @Override
  public boolean includes(Position other) {
    for (Map.Entry<String, long[]> needed : ((MysqlGtids) other).intervals.entrySet()) {
      long[] held = intervals.get(needed.getKey());
      if (held == null || !covers(held, needed.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean covers(long[] held, long[] needed) {
    int h = 0;
    for (int n = 0; n < needed.length; n += 2) {
      while (h < held.length && held[h + 1] < needed[n]) {
        h += 2;
      }
      if (h == held.length || held[h] > needed[n] || held[h + 1] < needed[n + 1]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long bytesTo(Position ahead) {
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MysqlGtids
        && includes((Position) other)
        && ((Position) other).includes(this);
  }

  @Override
  public int hashCode() {
    return intervals.keySet().hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
