package io.rwsplit.config;

import io.rwsplit.engine.Secrets;

/** Reports names that look like ours and are none, with the nearest that is. */
final class UnknownNames {
  private UnknownNames() {}

  /**
   * A property that is none of ours.
   *
   * @param place where it stands; null for the system properties
   */
  static Fault property(String name, String value, String place) {
    String group = Source.groupOf(name);
    Property nearest = nearest(Source.plainName(name, group), false);
    String meant = nearest == null ? null : Source.nameFor(group, nearest);
    return fault(
        place == null ? name : name + " (" + place + ")", value, "property", nearest, meant);
  }

  /** An environment variable that is none of ours. */
  static Fault environment(String name, String value) {
    String group = Source.groupOfEnvironment(name);
    Property nearest = nearest(Source.plainEnvironment(name, group), true);
    String meant = nearest == null ? null : nearest.environmentName();
    if (meant != null && !group.isEmpty()) {
      int prefix = Property.ENVIRONMENT_PREFIX.length();
      meant = Source.ENVIRONMENT_GROUP + group + '_' + meant.substring(prefix);
    }
    return fault(name, value, "environment variable", nearest, meant);
  }

  private static Fault fault(
      String name, String value, String what, Property nearest, String meant) {
    String problem = "is not a known " + what + ", ignored";
    if (nearest == null) {
      return Fault.of(name, value, problem, null);
    }
    String shown = nearest.isSecret() ? Secrets.MASK : value;
    return Fault.of(name, shown, problem + "; perhaps you mean " + meant, null);
  }

  /** The property whose name can be had with the fewest edits, if they are few; else null. */
  static Property nearest(String name, boolean environment) {
    Property nearest = null;
    int prefix = Property.PREFIX.length();
    int length = name.length() - prefix;
    int best = Math.max(length < 6 ? 1 : 2, length / 3) + 1;
    for (Property property : Property.values()) {
      String known = environment ? property.environmentName() : property.propertyName();
      int distance = distance(name, known);
      if (distance < best) {
        best = distance;
        nearest = property;
      }
    }
    return nearest;
  }

  /** Edits between two texts (Levenshtein), one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? diagonal : diagonal + 1;
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
