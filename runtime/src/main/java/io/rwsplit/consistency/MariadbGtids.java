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

  /** The server that wrote it, by domain. */
  private final Map<Long, Long> writers;

  /** The server whose position this is; 0 where the master is always the same. */
  private final long origin;

  private final String text;

  private MariadbGtids(Map<Long, Long> newest, Map<Long, Long> writers, long origin, String text) {
    this.newest = newest;
    this.writers = writers;
    this.origin = origin;
    this.text = text;
  }

  /**
   * Parses the value of a variable; blank text is the position before the first transaction.
   *
   * @throws IllegalArgumentException when it is no list of GTIDs
   */
  public static MariadbGtids parse(String text) {
    return parse(text, 0);
  }

  /**
   * The position of a master that may have been promoted. Others may have gone on past it on their
   * own, so a greater number is not enough: only who holds the same server's transactions, or the
   * master's own, is known to hold what the master has.
   *
   * @param origin the master's {@code server_id}; 0 where no other server becomes the master
   */
  public static MariadbGtids parse(String text, long origin) {
    Map<Long, Long> newest = new TreeMap<>();
    Map<Long, Long> writers = new TreeMap<>();
    for (String gtid : text.split(",", -1)) {
      String trimmed = gtid.trim();
      if (trimmed.isEmpty()) {
        continue;
      }
      String[] parts = trimmed.split("-", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("no GTID of MariaDB: " + trimmed);
      }
      long domain = Long.parseUnsignedLong(parts[0]);
      long sequence = Long.parseUnsignedLong(parts[2]);
      Long known = newest.get(domain);
      if (known == null || Long.compareUnsigned(known, sequence) <= 0) {
        newest.put(domain, sequence);
        writers.put(domain, Long.parseUnsignedLong(parts[1]));
      }
    }
    return new MariadbGtids(newest, writers, origin, text.trim());
  }

  /** True before the first transaction. */
  public boolean isEmpty() {
    return newest.isEmpty();
  }

  @Override
  public boolean includes(Position other) {
    MariadbGtids master = (MariadbGtids) other;
    for (Map.Entry<Long, Long> needed : master.newest.entrySet()) {
      Long held = newest.get(needed.getKey());
      if (held == null
          || Long.compareUnsigned(held, needed.getValue()) < 0
          || !isOfHistory(master, needed.getKey())) {
        return false;
      }
    }
    return true;
  }

  /** True when the newest transaction of a domain is one of the master's history. */
  private boolean isOfHistory(MariadbGtids master, Long domain) {
    if (master.origin == 0) {
      return true;
    }
    Long writer = writers.get(domain);
    return writer.equals(master.writers.get(domain)) || writer == master.origin;
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
