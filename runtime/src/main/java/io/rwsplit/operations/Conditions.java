package io.rwsplit.operations;

import io.rwsplit.alert.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is wrong with the groups that run in this JVM. Used by one thread. */
public final class Conditions implements Supplier<List<Condition>> {
  private final double connectionsWarning;
  private final double connectionsCritical;
  private Map<Group, GroupConditions> groups = new HashMap<>();

  /**
   * Both are parts between 0 and 1.
   *
   * @param connectionsWarning part of a replica's connections above which there is a warning
   * @param connectionsCritical and above which it is critical
   */
  public Conditions(double connectionsWarning, double connectionsCritical) {
    this.connectionsWarning = connectionsWarning;
    this.connectionsCritical = connectionsCritical;
  }

  @Override
  public List<Condition> get() {
    List<Condition> found = new ArrayList<>();
    Map<Group, GroupConditions> seen = new HashMap<>();
    for (Group group : RunningGroups.all()) {
      GroupConditions known = groups.get(group);
      if (known == null) {
        known = new GroupConditions(group, connectionsWarning, connectionsCritical);
      }
      seen.put(group, known);
      known.look(System.nanoTime(), found);
    }
    groups = seen;
    return found;
  }
}
