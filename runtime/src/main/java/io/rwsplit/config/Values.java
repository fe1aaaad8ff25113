package io.rwsplit.config;

import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.engine.Secrets;
import io.rwsplit.log.Log;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The properties' values as they were given and as they were parsed, and the faults met on the way.
 * Confined to the thread that reads the configuration; unchanged once {@link Settings} holds it.
 */
final class Values {
  private final Map<Property, Object> parsed = new EnumMap<Property, Object>(Property.class);

  /** As it was parsed: references replaced, defaults too. */
  private final Map<Property, String> effective = new EnumMap<Property, String>(Property.class);

  private final Map<Property, String> given = new EnumMap<Property, String>(Property.class);
  private final Map<Property, String> where = new EnumMap<Property, String>(Property.class);
  private final String group;
  private final List<String> contradictions = new ArrayList<String>();
  private final List<Fault> faults = new ArrayList<Fault>();
  private final List<Fault> warnings = new ArrayList<Fault>();

  /**
   * Takes each property from where it is given.
   *
   * @param group whose values these are, as written; empty for the one without a name
   */
  Values(String group, Sources sources) {
    this.group = group;
    for (Property property : Property.values()) {
      Given found = sources.find(group, property);
      if (found != null) {
        given.put(property, found.text);
        where.put(property, found.where);
        String contradiction = sources.contradiction(group, property, found);
        if (contradiction != null) {
          contradictions.add(contradiction);
        }
      }
    }
  }

  private Values(Values other) {
    group = other.group;
    parsed.putAll(other.parsed);
    effective.putAll(other.effective);
    given.putAll(other.given);
    where.putAll(other.where);
    contradictions.addAll(other.contradictions);
  }

  /**
   * Parses what is given, and the defaults of the rest.
   *
   * @param jvm true for what is of the whole JVM, false for what is of a group
   */
  void parse(boolean jvm) {
    for (Property property : Property.values()) {
      if (property.isOfJvm() != jvm) {
        continue;
      }
      String text = given.get(property);
      try {
        String whole = text == null ? property.defaultValue() : Placeholders.resolve(text);
        if (whole != null) {
          effective.put(property, whole);
          parsed.put(property, property.parse(whole));
        }
      } catch (InvalidValue e) {
        fault(property, text, e.getMessage(), e.allowedOr(property.allowed()));
      }
    }
  }

  void fault(Property property, String value, String problem, String allowed) {
    faults.add(Fault.of(nameOf(property), value, problem, allowed));
  }

  void warn(Property property, String value, String problem) {
    warnings.add(Fault.of(nameOf(property), value, problem, null));
  }

  void warn(Fault warning) {
    warnings.add(warning);
  }

  private String nameOf(Property property) {
    String known = where.get(property);
    return known == null ? Source.nameFor(group, property) : known;
  }

  /** The name under which a property is given to this group. */
  String nameFor(Property property) {
    return Source.nameFor(group, property);
  }

  /** The group's name as written; empty for the one without. */
  String group() {
    return group;
  }

  /** For messages. */
  String groupInWords() {
    return group.isEmpty() ? "the group without a name" : "group " + group;
  }

  /** True when it is switched off, whatever else is wrong. */
  boolean isSwitchedOff() {
    String text = given(Property.ENABLED);
    try {
      return text != null && "false".equalsIgnoreCase(Placeholders.resolve(text).trim());
    } catch (InvalidValue e) {
      // Said when it is parsed.
      return false;
    }
  }

  /** What other sources say otherwise, in words without secrets. */
  List<String> contradictions() {
    return contradictions;
  }

  List<Fault> faults() {
    return faults;
  }

  List<Fault> warnings() {
    return warnings;
  }

  /** The text of a property as it is written, trimmed unless secret; null when it is not set. */
  String given(Property property) {
    return given.get(property);
  }

  boolean isGiven(Property property) {
    return given.containsKey(property);
  }

  /**
   * True when a property whose name begins so is given. What checks and holds such properties is
   * not even loaded else, in premain.
   */
  boolean isGivenBelow(String prefix) {
    for (Property property : given.keySet()) {
      if (property.propertyName().startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The parsed value or default; null when there is neither, or it is faulty. */
  Object get(Property property) {
    return parsed.get(property);
  }

  boolean flag(Property property) {
    return Boolean.TRUE.equals(get(property));
  }

  long number(Property property) {
    return ((Long) get(property)).longValue();
  }

  /** The durations of a property in nanoseconds; empty when it is not set. */
  @SuppressWarnings("unchecked") // Form.parse gives this type for DURATIONS.
  List<Long> durations(Property property) {
    Object durations = get(property);
    return durations == null ? Collections.<Long>emptyList() : (List<Long>) durations;
  }

  /** The whole numbers of a property; empty when it is not set. */
  @SuppressWarnings("unchecked") // Form.parse gives this type for COUNTS.
  List<Long> numbers(Property property) {
    Object numbers = get(property);
    return numbers == null ? Collections.<Long>emptyList() : (List<Long>) numbers;
  }

  /** The labels of a property by replica; empty when it is not set. */
  @SuppressWarnings("unchecked") // Form.parse gives this type for LABELS and LABEL_SETS.
  List<List<String>> labels(Property property) {
    Object labels = get(property);
    return labels == null ? Collections.<List<String>>emptyList() : (List<List<String>>) labels;
  }

  /** The rules of a property; empty when it is not set. */
  @SuppressWarnings("unchecked") // Form.parse gives this type for TAGGED_PATTERNS and _NAMES.
  List<TaggedRule> rules(Property property) {
    Object rules = get(property);
    return rules == null ? Collections.<TaggedRule>emptyList() : (List<TaggedRule>) rules;
  }

  /** The names of a property as written; empty when it is not set. */
  @SuppressWarnings("unchecked") // Form.parse gives this type for NAMES.
  List<String> names(Property property) {
    Object names = get(property);
    return names == null ? Collections.<String>emptyList() : (List<String>) names;
  }

  /** The URLs of a property; empty when it is not set. */
  @SuppressWarnings("unchecked") // Form.parse gives this type for URL and URLS.
  List<JdbcUrl> urls(Property property) {
    Object urls = get(property);
    return urls == null ? Collections.<JdbcUrl>emptyList() : (List<JdbcUrl>) urls;
  }

  /** The REST URLs of a property; empty when it is not set. */
  @SuppressWarnings("unchecked") // Form.parse gives this type for REST_URLS.
  List<RestUrl> restUrls(Property property) {
    Object urls = get(property);
    return urls == null ? Collections.<RestUrl>emptyList() : (List<RestUrl>) urls;
  }

  /** The same with other replicas. */
  Values withReplicas(List<JdbcUrl> replicas) {
    Values changed = new Values(this);
    changed.parsed.put(Property.REPLICAS, replicas);
    return changed;
  }

  /** Tells the log what must not be shown. */
  void conceal() {
    for (Property property : Property.values()) {
      if (property.isSecret()) {
        Log.conceal(effective.get(property));
      } else if (property.kind() == PropertyKind.URL || property.kind() == PropertyKind.URLS) {
        for (JdbcUrl url : urls(property)) {
          for (String secret : url.secrets()) {
            Log.conceal(secret);
          }
        }
      }
    }
  }

  /** The properties that have another value there. */
  List<Property> differences(Values newer) {
    List<Property> different = new ArrayList<Property>();
    for (Property property : Property.values()) {
      String before = effective.get(property);
      String now = newer.effective.get(property);
      if (before == null ? now != null : !before.equals(now)) {
        different.add(property);
      }
    }
    return different;
  }

  /** A property and its value, without secrets; of one that is not set its default. */
  String line(Property property) {
    String value = isGiven(property) ? shown(property) : property.defaultText();
    return Source.nameFor(group, property) + "=" + value;
  }

  /** What is given, by the properties' names, without secrets. */
  Map<String, String> shown() {
    Map<String, String> all = new LinkedHashMap<String, String>();
    for (Property property : Property.values()) {
      if (isGiven(property)) {
        all.put(property.propertyName(), shown(property));
      }
    }
    return all;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Property property : Property.values()) {
      if (isGiven(property) && !property.isOfJvm()) {
        text.append(text.length() == 0 ? "" : ", ").append(property.propertyName()).append('=');
        text.append(shown(property));
        String place = where.get(property);
        if (place.endsWith(")")) {
          text.append(place, place.indexOf(" ("), place.length());
        }
      }
    }
    return text.toString();
  }

  private String shown(Property property) {
    if (property.isSecret()) {
      return Secrets.MASK;
    }
    if (property.kind() == PropertyKind.URL || property.kind() == PropertyKind.URLS) {
      List<JdbcUrl> urls = urls(property);
      return urls.size() == 1 ? urls.get(0).toString() : urls.toString();
    }
    return Secrets.mask(given(property));
  }
}
