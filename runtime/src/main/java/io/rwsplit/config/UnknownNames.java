package io.rwsplit.config;

import io.rwsplit.engine.Secrets;
import java.util.Locale;

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
    String plain = Source.plainName(name, group);
    Property nearest = nearest(plain, false);
    if (nearest == null) {
      nearest = elsewhere(plain);
    }
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

  /** A name that is right somewhere else: of an environment variable, or without the prefix. */
  private static Property elsewhere(String name) {
    Property variable = Property.ofEnvironment(name.toUpperCase(Locale.ROOT));
    return variable == null ? nearest(Property.PREFIX + name, false) : variable;
  }

  /** The property whose name can be had with the fewest edits, if they are few; else null. */
  static Property nearest(String name, boolean environment) {
    Property nearest = null;
    int prefix = Property.PREFIX.length();
    int best = NearestName.limit(name.length() - prefix);
    String meant = environment ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT);
    for (Property property : Property.values()) {
      String known = environment ? property.environmentName() : property.propertyName();
      int distance = NearestName.distance(meant, known);
      if (distance < best) {
        best = distance;
        nearest = property;
      }
    }
    return nearest;
  }
}
