package io.rwsplit.benchmarks.program;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** All programs by name, in the order of the report. */
public final class Programs {

  private static final Map<String, Supplier<Program>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("prepared-select", Reads.Prepared::point);
    ALL.put("prepared-100-rows", Reads.Prepared::hundredRows);
    ALL.put("prepare-each-time", Reads.PrepareEachTime::new);
    ALL.put("adhoc-distinct", Reads.DistinctTexts::new);
    ALL.put("adhoc-reuse", Reads.ReusedStatement::new);
    ALL.put("pool-select", Pooled.Select::new);
    ALL.put("select-1", Reads.WithoutTable::new);
    ALL.put("select-in-tx", Writes.ReadInTransaction::new);
    ALL.put("update", Writes.Update::new);
    ALL.put("write-tx", () -> new Writes.Transaction("NORMAL"));
    ALL.put("write-tx-full", () -> new Writes.Transaction(null));
    ALL.put("pool-write-tx", Pooled.Transaction::new);
  }

  private Programs() {}

  /** The names, in the order of the report. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(ALL.keySet());
  }

  /**
   * A new program.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  public static Program create(String name) {
    Supplier<Program> supplier = ALL.get(name);
    if (supplier == null) {
      throw new IllegalArgumentException("no program '" + name + "', only " + names());
    }
    return supplier.get();
  }
}
