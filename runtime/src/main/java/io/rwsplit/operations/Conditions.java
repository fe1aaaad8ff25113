package io.rwsplit.operations;

import io.rwsplit.alert.Condition;
import io.rwsplit.config.AlertSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is wrong with the groups that run in this JVM. Used by one thread. */
public final class Conditions implements Supplier<List<Condition>> {
  private final AlertSettings limits;
  private Map<Group, GroupConditions> groups = new HashMap<>();

  /**
   * @param limits what is too much
   */
  public Conditions(AlertSettings limits) {
    this.limits = limits;
  }

  @Override
  public List<Condition> get() {
    List<Condition> found = new ArrayList<>();
    Map<Group, GroupConditions> seen = new HashMap<>();
    for (Group group : RunningGroups.all()) {
      GroupConditions known = groups.get(group);
      if (known == null) {
        known = new GroupConditions(group, limits);
      }
      seen.put(group, known);
      known.look(System.nanoTime(), found);
    }
    groups = seen;
    return found;
  }
}
