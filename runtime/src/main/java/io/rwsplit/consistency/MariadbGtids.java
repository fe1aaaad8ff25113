package io.rwsplit.consistency;

import java.util.Map;
import java.util.TreeMap;

/**
 * The newest GTID of each replication domain of MariaDB, as in {@code gtid_binlog_pos} and {@code
 * gtid_slave_pos}: {@code domain-server-sequence}, separated by commas. Within a domain sequence
 * numbers grow along the one order in which its transactions are applied, whichever server they
 * come from ("Global Transaction ID", mariadb.com/kb). Immutable.
 */
public final class MariadbGtids implements Position {
  /** Unsigned sequence number by domain. */
  private final Map<Long, Long> newest;

  private final String text;

  private MariadbGtids(Map<Long, Long> newest, String text) {
    this.newest = newest;
    this.text = text;
  }

  /**
   * Parses the value of a variable; blank text is the position before the first transaction.
   *
   * @throws IllegalArgumentException when it is no list of GTIDs
   */
  public static MariadbGtids parse(String text) {
    Map<Long, Long> newest = new TreeMap<>();
    for (String gtid : text.split(",", -1)) {
      String trimmed = gtid.trim();
      if (trimmed.isEmpty()) {
        continue;
      }
      String[] parts = trimmed.split("-", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("no GTID of MariaDB: " + trimmed);
      }
      long sequence = Long.parseUnsignedLong(parts[2]);
      Long known = newest.put(Long.parseUnsignedLong(parts[0]), sequence);
      if (known != null && Long.compareUnsigned(known, sequence) > 0) {
        newest.put(Long.parseUnsignedLong(parts[0]), known);
      }
    }
    return new MariadbGtids(newest, text.trim());
  }

  /** True before the first transaction. */
  public boolean isEmpty() {
    return newest.isEmpty();
  }

  @Override
  public boolean includes(Position other) {
    for (Map.Entry<Long, Long> needed : ((MariadbGtids) other).newest.entrySet()) {
      Long held = newest.get(needed.getKey());
      if (held == null || Long.compareUnsigned(held, needed.getValue()) < 0) {
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
    return other instanceof MariadbGtids && newest.equals(((MariadbGtids) other).newest);
  }

  @Override
  public int hashCode() {
    return newest.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
