package io.rwsplit.benchmarks.program;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** All cases by name, in the order of the report. */
public final class Programs {
  private static final Set<Engine> EVERYWHERE =
      Collections.unmodifiableSet(EnumSet.allOf(Engine.class));
  private static final Set<Engine> SQLITE = Collections.unmodifiableSet(EnumSet.of(Engine.SQLITE));

  private static final Map<String, Case> ALL = new LinkedHashMap<>();

  static {
    read("prepared-select", EVERYWHERE, Reads.Prepared::point);
    read("prepared-100-rows", SQLITE, Reads.Prepared::hundredRows);
    read("scan-1000-rows", EVERYWHERE, Reads.Scan::new);
    read("prepare-each-time", EVERYWHERE, Reads.PrepareEachTime::new);
    read("adhoc-distinct", EVERYWHERE, Reads.DistinctTexts::shortOnes);
    read("adhoc-distinct-2k", EVERYWHERE, Reads.DistinctTexts::ofAnOrm);
    read("adhoc-reuse", SQLITE, Reads.ReusedStatement::new);
    read("pool-select", EVERYWHERE, Pooled.Select::new);
    read("threads-64", EVERYWHERE, () -> new Threads(false));
    read("threads-64-virtual", EVERYWHERE, () -> new Threads(true));
    kept("select-1", SQLITE, Reads.WithoutTable::new);
    kept("select-in-tx", EVERYWHERE, Writes.ReadInTransaction::new);
    kept("tx-1-update-3-select", EVERYWHERE, Writes.Mixed::new);
    kept("update", EVERYWHERE, Writes.Update::new);
    kept("write-tx", SQLITE, () -> new Writes.Transaction("NORMAL"));
    kept("write-tx-full", SQLITE, () -> new Writes.Transaction(null));
    kept("pool-write-tx", SQLITE, Pooled.Transaction::new);
  }

  private Programs() {}

  private static void read(String name, Set<Engine> engines, Supplier<Program> supplier) {
    ALL.put(name, new Case(name, Case.Route.REPLICA, engines, supplier));
  }

  private static void kept(String name, Set<Engine> engines, Supplier<Program> supplier) {
    ALL.put(name, new Case(name, Case.Route.MASTER, engines, supplier));
  }

  /** The names, in the order of the report. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(ALL.keySet());
  }

  /** Those of these cases that are measured on an engine, in the order given. */
  public static List<Case> on(Engine engine, Collection<String> names) {
    List<Case> cases = new ArrayList<>();
    for (String name : names) {
      Case each = named(name);
      if (each.runsOn(engine)) {
        cases.add(each);
      }
    }
    return cases;
  }

  /**
   * The case of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Case named(String name) {
    Case found = ALL.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no program '" + name + "', only " + names());
    }
    return found;
  }
}
