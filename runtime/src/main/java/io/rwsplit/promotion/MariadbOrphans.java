package io.rwsplit.promotion;

import java.util.Map;
import java.util.TreeMap;

/** Counts the transactions that one MariaDB server has and another has not. Stateless. */
final class MariadbOrphans {
  private MariadbOrphans() {}

  /**
   * Compares two states of binary logs: of each domain and server the newest GTID. What a former
   * master has in excess are its own last transactions, one after the other.
   *
   * @param old {@code gtid_binlog_state} of the server in question, and what else it has
   * @param successor the same of the new master, with {@code gtid_slave_pos}
   */
  static Orphans count(String old, String successor) {
    Map<String, Long> has = newest(old);
    Map<String, Long> other = newest(successor);
    long count = 0;
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Long> each : has.entrySet()) {
      Long known = other.get(each.getKey());
      long first = known == null ? firstAfter(each.getKey(), has, other) : known;
      long excess = each.getValue() - first;
      if (excess > 0) {
        count += excess;
        text.append(text.length() == 0 ? "" : ", ").append(each.getKey()).append('-');
        text.append(first + 1)
            .append(excess == 1 ? "" : " to " + each.getKey() + "-" + each.getValue());
      }
    }
    return Orphans.exactly(count, count == 0 ? "none" : text.toString());
  }

  /** Where a server that the other knows nothing of may have begun: after all that both have. */
  private static long firstAfter(String key, Map<String, Long> has, Map<String, Long> other) {
    String domain = key.substring(0, key.indexOf('-') + 1);
    long common = 0;
    for (Map.Entry<String, Long> each : has.entrySet()) {
      Long known = each.getKey().startsWith(domain) ? other.get(each.getKey()) : null;
      if (known != null) {
        common = Math.max(common, Math.min(known, each.getValue()));
      }
    }
    return common;
  }

  /** Newest sequence number by {@code domain-server}. */
  private static Map<String, Long> newest(String gtids) {
    Map<String, Long> newest = new TreeMap<>();
    for (String gtid : gtids.split(",", -1)) {
      String trimmed = gtid.trim();
      int dash = trimmed.lastIndexOf('-');
      if (dash > 0) {
        String key = trimmed.substring(0, dash);
        long number = Long.parseLong(trimmed.substring(dash + 1));
        Long known = newest.get(key);
        newest.put(key, known == null ? number : Math.max(known, number));
      }
    }
    return newest;
  }
}
