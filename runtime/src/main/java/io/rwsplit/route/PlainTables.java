package io.rwsplit.route;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which names are plain tables: no views, nothing that reads from another table. Thread-safe;
 * whoever knows the database's catalog tells it, and nothing is known before.
 */
public final class PlainTables {
  private final AtomicLong version = new AtomicLong();
  private volatile Set<String> known;
  private volatile Runnable refresh;

  /**
   * Who reads the catalog when it may have changed.
   *
   * @param reader called by application threads; must not block
   */
  public void refreshedBy(Runnable reader) {
    refresh = reader;
  }

  /** To be asked for before the catalog is read, and given to {@link #known}. */
  public long version() {
    return version.get();
  }

  /**
   * The catalog was read. Nothing is learnt from it when the schema may have changed on the way.
   *
   * @param asOf the version before it was read
   * @param names in lower case without schema; null: nothing is known. Not changed afterwards
   */
  public void known(long asOf, Set<String> names) {
    known = names;
    if (version.get() != asOf) {
      known = null;
    }
  }

  /** The schema may have changed: nothing is known until the catalog was read again. */
  public void schemaChanged() {
    version.incrementAndGet();
    known = null;
    Runnable reader = refresh;
    if (reader != null) {
      reader.run();
    }
  }

  /** True when the name stands for plain tables only. */
  boolean contains(String table) {
    Set<String> names = known;
    return names != null && names.contains(TableNames.last(table));
  }
}
