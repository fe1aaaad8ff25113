package io.rwsplit.config;

import io.rwsplit.engine.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All sources of the configuration, the stronger first: system properties, the environment, the
 * file, names of others. What is meant for one group is stronger than what is meant for all,
 * whatever the sources. Confined to the thread that reads the configuration.
 */
final class Sources {
  /** After the name of a secret: the path of a file that holds it. */
  private static final String FILE = ".file";

  private static final String FILE_OF_ENVIRONMENT = "_FILE";
  private static final String ENVIRONMENT = " (environment ";

  private final List<Source> sources = new ArrayList<Source>();
  private final Set<String> groups = new TreeSet<String>();
  private final List<Fault> faults = new ArrayList<Fault>();
  private final List<Fault> warnings = new ArrayList<Fault>();

  /** Adds the system properties with names of ours. */
  void addProperties(Map<String, String> properties) {
    Source source = new Source();
    for (Map.Entry<String, String> entry : properties.entrySet()) {
      named(source, entry.getKey(), entry.getValue(), null);
    }
    sources.add(source);
  }

  /** Adds what a file gives. */
  void addFile(ConfigFile file) {
    faults.addAll(file.faults());
    Source source = new Source();
    for (FileEntry entry : file.entries()) {
      if (!Aliases.isOne(entry.name)) {
        named(source, entry.name, entry.value, file.place(entry));
      }
    }
    sources.add(source);
  }

  /**
   * @param place where it stands; null for the system properties
   */
  private void named(Source source, String name, String text, String place) {
    String where = place == null ? name : name + " (" + place + ")";
    String group = Source.groupOf(name);
    String plain = Source.plainName(name, group);
    Property property = Property.named(plain);
    String value = text;
    if (property == null && plain.endsWith(FILE)) {
      property = secret(Property.named(plain.substring(0, plain.length() - FILE.length())));
      value = "${file:" + text.trim() + "}";
    }
    if (property == null) {
      warnings.add(UnknownNames.property(name, text, place));
    } else if (place != null && property.isReadEarly()) {
      warnings.add(
          Fault.of(
              where, null, "is ignored: it must be a system property or in the environment", null));
    } else {
      put(source, group, property, value, where);
    }
  }

  private static Property secret(Property property) {
    return property != null && property.isSecret() ? property : null;
  }

  /** Adds the variables with names of ours. */
  void addEnvironment(Map<String, String> environment) {
    Source source = new Source();
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      String name = entry.getKey();
      String value = entry.getValue();
      String group = Source.groupOfEnvironment(name);
      String plain = Source.plainEnvironment(name, group);
      Property property = Property.ofEnvironment(plain);
      if (property == null && plain.endsWith(FILE_OF_ENVIRONMENT)) {
        int end = plain.length() - FILE_OF_ENVIRONMENT.length();
        property = secret(Property.ofEnvironment(plain.substring(0, end)));
        value = "${file:" + value.trim() + "}";
      }
      if (property == null) {
        warnings.add(UnknownNames.environment(name, value));
      } else if (!entry.getValue().isEmpty()) {
        String own = Source.nameFor(group.toLowerCase(Locale.ROOT), property);
        put(source, group, property, value, own + ENVIRONMENT + name + ")");
      }
    }
    sources.add(source);
  }

  /**
   * Adds names of others; they count only together, since an application may use one of them for
   * something else.
   *
   * @param values by name
   * @param places where they stand, by name, such as {@code environment FAILOVER_ENABLED}
   */
  void addAliases(Map<String, String> values, Map<String, String> places) {
    if (isBlank(values.get(Aliases.MASTER_DB_PATH.name()))
        || isBlank(values.get(Aliases.SLAVE_DB_PATHS.name()))) {
      return;
    }
    Source source = new Source();
    for (Aliases alias : Aliases.values()) {
      String value = values.get(alias.name());
      if (!isBlank(value)) {
        Property property = alias.property;
        String where = property.propertyName() + " (" + places.get(alias.name()) + ")";
        put(source, "", property, alias.translate(values), where);
      }
    }
    sources.add(source);
  }

  private static boolean isBlank(String value) {
    return value == null || value.trim().isEmpty();
  }

  /** The elements of a list of YAML as the property's text has them. */
  private static String oneText(String value, Property property) {
    boolean rules =
        property.kind() == PropertyKind.TAGGED_PATTERNS
            || property.kind() == PropertyKind.TAGGED_NAMES;
    return value.replace(YamlText.SEPARATOR, rules ? ';' : ',');
  }

  private void put(Source source, String group, Property property, String text, String where) {
    if (!group.isEmpty() && property.isOfJvm()) {
      warnings.add(
          Fault.of(
              where,
              property.isSecret() ? Secrets.MASK : oneText(text, property),
              "is ignored: " + property.propertyName() + " is for the whole JVM, not for a group",
              null));
      return;
    }
    if (!group.isEmpty()) {
      groups.add(group.toLowerCase(Locale.ROOT));
    }
    String value = oneText(text, property);
    if (isUnset(property, value)) {
      return;
    }
    Given other = source.get(group, property);
    if (other != null && !isRepeated(other.where, where)) {
      faults.add(Fault.of(where, null, "is given as " + other.where + " too", "one of the two"));
    }
    source.put(group, property, new Given(property.isSecret() ? value : value.trim(), where));
  }

  /** True when a file gives the same name twice, which is said of the file already. */
  private static boolean isRepeated(String where, String again) {
    int place = where.indexOf(" (");
    return place >= 0
        && !where.startsWith(ENVIRONMENT, place)
        && again.startsWith(where.substring(0, place + 2));
  }

  /** An empty URL is what a start script with an empty variable gives: the same as none. */
  private static boolean isUnset(Property property, String text) {
    boolean blankMeansUnset =
        property == Property.MASTER
            || property == Property.REPLICAS
            || property == Property.PATRONI
            || property == Property.PATRONI_USER
            || property == Property.REPLICAS_USER
            || property == Property.GROUPS
            || property == Property.CONFIG;
    return blankMeansUnset && text.trim().isEmpty();
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

  /** What other sources say otherwise of what {@link #find} has found, in words. */
  String contradiction(String group, Property property, Given found) {
    for (Source source : sources) {
      Given own = source.get(group, property);
      Given other = own == null && property.isInherited() ? source.get("", property) : own;
      boolean asSpecific = other != null && (own != null) == isOwn(group, property);
      if (asSpecific && other != found && !other.text.equals(found.text)) {
        String shown = property.isSecret() ? Secrets.MASK : Secrets.mask(other.text);
        return found.where + " is used, not " + other.where + " = " + shown;
      }
    }
    return null;
  }

  private boolean isOwn(String group, Property property) {
    return exactly(group, property) != null;
  }

  /** The groups that properties are given for, in lower case. */
  Set<String> groups() {
    return groups;
  }

  /** What is wrong with the sources themselves. */
  List<Fault> faults() {
    return faults;
  }

  /** Names that look like ours and are none, and what else is odd. */
  List<Fault> warnings() {
    return warnings;
  }
}
