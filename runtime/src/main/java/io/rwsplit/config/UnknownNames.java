package io.rwsplit.config;

import io.rwsplit.engine.Secrets;
import java.util.Map;

/** Reports names that look like ours and are none, with the nearest that is. */
final class UnknownNames {
  private UnknownNames() {}

  static void report(
      Map<String, String> properties, Map<String, String> environment, Values values) {
    for (Map.Entry<String, String> entry : properties.entrySet()) {
      if (Property.named(entry.getKey()) == null) {
        values.warn(fault(entry, false));
      }
    }
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      if (Property.ofEnvironment(entry.getKey()) == null) {
        values.warn(fault(entry, true));
      }
    }
  }

  private static Fault fault(Map.Entry<String, String> entry, boolean environment) {
    Property nearest = nearest(entry.getKey(), environment);
    String problem = "is not a known " + (environment ? "environment variable" : "property");
    if (nearest == null) {
      return Fault.of(entry.getKey(), entry.getValue(), problem + ", ignored", null);
    }
    String name = environment ? nearest.environmentName() : nearest.propertyName();
    String value = nearest.isSecret() ? Secrets.MASK : entry.getValue();
    return Fault.of(entry.getKey(), value, problem + ", ignored; perhaps you mean " + name, null);
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
