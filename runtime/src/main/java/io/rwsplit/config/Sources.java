package io.rwsplit.config;

import io.rwsplit.engine.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All sources of the configuration, the stronger first. What is meant for one group is stronger
 * than what is meant for all, whatever the sources. Confined to the thread that reads the
 * configuration.
 */
final class Sources {
  private final List<Source> sources = new ArrayList<Source>();
  private final Set<String> groups = new TreeSet<String>();
  private final List<Fault> warnings = new ArrayList<Fault>();

  /** The system properties and the environment, names of ours only. */
  Sources(Map<String, String> properties, Map<String, String> environment) {
    sources.add(ofProperties(properties));
    sources.add(ofEnvironment(environment));
  }

  private Source ofProperties(Map<String, String> properties) {
    Source source = new Source();
    for (Map.Entry<String, String> entry : properties.entrySet()) {
      String name = entry.getKey();
      String group = Source.groupOf(name);
      Property property = Property.named(Source.plainName(name, group));
      if (property == null) {
        warnings.add(UnknownNames.property(name, entry.getValue()));
      } else if (isPossible(group, property, name, entry.getValue())
          && !isUnset(property, entry.getValue())) {
        source.put(group, property, new Given(trimmed(property, entry.getValue()), name));
      }
    }
    return source;
  }

  private Source ofEnvironment(Map<String, String> environment) {
    Source source = new Source();
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      String name = entry.getKey();
      String group = Source.groupOfEnvironment(name);
      Property property = Property.ofEnvironment(Source.plainEnvironment(name, group));
      if (property == null) {
        warnings.add(UnknownNames.environment(name, entry.getValue()));
      } else if (isPossible(group, property, name, entry.getValue())
          && !entry.getValue().isEmpty()
          && !isUnset(property, entry.getValue())) {
        String own = group.toLowerCase(Locale.ROOT);
        String where = Source.nameFor(own, property) + " (environment " + name + ")";
        source.put(group, property, new Given(trimmed(property, entry.getValue()), where));
      }
    }
    return source;
  }

  private boolean isPossible(String group, Property property, String name, String value) {
    if (!group.isEmpty() && property.isOfJvm()) {
      warnings.add(
          Fault.of(
              name,
              property.isSecret() ? Secrets.MASK : value,
              "is ignored: " + property.propertyName() + " is for the whole JVM, not for a group",
              null));
      return false;
    }
    if (!group.isEmpty()) {
      groups.add(group.toLowerCase(Locale.ROOT));
    }
    return true;
  }

  /** An empty URL is what a start script with an empty variable gives: the same as none. */
  private static boolean isUnset(Property property, String text) {
    boolean blankMeansUnset =
        property == Property.MASTER
            || property == Property.REPLICAS
            || property == Property.PATRONI
            || property == Property.PATRONI_USER
            || property == Property.REPLICAS_USER
            || property == Property.GROUPS;
    return blankMeansUnset && text.trim().isEmpty();
  }

  private static String trimmed(Property property, String text) {
    return property.isSecret() ? text : text.trim();
  }

  /** What holds for a group; empty for the one without a name; null when nothing is given. */
  Given find(String group, Property property) {
    Given own = group.isEmpty() ? null : exactly(group, property);
    return own != null || (!group.isEmpty() && !property.isInherited())
        ? own
        : exactly("", property);
  }

  private Given exactly(String group, Property property) {
    for (Source source : sources) {
      Given given = source.get(group, property);
      if (given != null) {
        return given;
      }
    }
    return null;
  }

  /** The groups that properties are given for, in lower case. */
  Set<String> groups() {
    return groups;
  }

  /** Names that look like ours and are none, and what else is odd. */
  List<Fault> warnings() {
    return warnings;
  }
}
