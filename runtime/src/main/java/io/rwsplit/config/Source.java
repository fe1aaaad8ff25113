package io.rwsplit.config;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one source (the system properties, the environment, a file) gives, by group and property.
 * Confined to the thread that reads the configuration.
 */
final class Source {
  /** What the names begin with that are meant for one group, before the group's name. */
  static final String GROUP = Property.PREFIX + "group.";

  static final String ENVIRONMENT_GROUP = Property.ENVIRONMENT_PREFIX + "GROUP_";

  private static final String ALL = "";

  private final Map<String, Map<Property, Given>> groups =
      new HashMap<String, Map<Property, Given>>();

  /** The name of the group that a property's name is meant for, as written; empty for none. */
  static String groupOf(String name) {
    return name.startsWith(GROUP) ? upTo(name, GROUP.length(), '.') : ALL;
  }

  /** The same of an environment variable's name. */
  static String groupOfEnvironment(String name) {
    return name.startsWith(ENVIRONMENT_GROUP) ? upTo(name, ENVIRONMENT_GROUP.length(), '_') : ALL;
  }

  private static String upTo(String name, int from, char end) {
    int at = name.indexOf(end, from);
    return at < 0 ? name.substring(from) : name.substring(from, at);
  }

  /** The name without the group that it is meant for, as of a property of all groups. */
  static String plainName(String name, String group) {
    int rest = GROUP.length() + group.length() + 1;
    return group.isEmpty() ? name : Property.PREFIX + name.substring(Math.min(rest, name.length()));
  }

  /** The same of an environment variable's name. */
  static String plainEnvironment(String name, String group) {
    int rest = ENVIRONMENT_GROUP.length() + group.length() + 1;
    return group.isEmpty()
        ? name
        : Property.ENVIRONMENT_PREFIX + name.substring(Math.min(rest, name.length()));
  }

  /** The system property for a group, such as {@code rwsplit.group.shop.lag.max}. */
  static String nameFor(String group, Property property) {
    String name = property.propertyName();
    return group.isEmpty() ? name : GROUP + group + name.substring(Property.PREFIX.length() - 1);
  }

  void put(String group, Property property, Given given) {
    String key = group.toLowerCase(Locale.ROOT);
    Map<Property, Given> ofGroup = groups.get(key);
    if (ofGroup == null) {
      ofGroup = new EnumMap<Property, Given>(Property.class);
      groups.put(key, ofGroup);
    }
    ofGroup.put(property, given);
  }

  /** What is given for exactly this group; empty for what is meant for all; null for nothing. */
  Given get(String group, Property property) {
    Map<Property, Given> ofGroup = groups.get(group.toLowerCase(Locale.ROOT));
    return ofGroup == null ? null : ofGroup.get(property);
  }
}
