package io.rwsplit.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the configuration of the JVM and of each group from what the sources give. Stateless.
 *
 * <p>Runs in premain: it must touch neither logging nor the network.
 */
final class ConfigReader {
  private ConfigReader() {}

  /** The configuration that these {@code rwsplit.*} properties and {@code RWSPLIT_*} make. */
  static ConfigResult read(Map<String, String> properties, Map<String, String> environment) {
    return new ConfigInputs(properties, environment, null).read();
  }

  /** The configuration that these sources make. */
  static ConfigResult read(Sources sources) {
    Values jvm = new Values("", sources);
    if (jvm.isSwitchedOff()) {
      return ConfigResult.disabled();
    }
    jvm.parse(true);
    if (jvm.isGivenBelow("rwsplit.http")) {
      new HttpChecks(jvm).run();
    }
    if (jvm.isGivenBelow("rwsplit.alert")) {
      new AlertChecks(jvm).run();
    }
    List<Fault> warnings = new ArrayList<Fault>(sources.warnings());
    List<Values> groups = groups(sources, jvm);
    if (groups.isEmpty() && jvm.faults().isEmpty() && sources.faults().isEmpty()) {
      warnings.addAll(jvm.warnings());
      return ConfigResult.absent(warnings);
    }
    for (Values group : groups) {
      group.parse(false);
      new CrossChecks(group).run();
    }
    if (groups.size() > 1) {
      new GroupChecks(groups).run();
    }
    Map<String, Fault> faults = new LinkedHashMap<String, Fault>();
    collect(faults, sources.faults());
    collect(faults, jvm.faults());
    Map<String, Fault> odd = new LinkedHashMap<String, Fault>();
    collect(odd, warnings);
    collect(odd, jvm.warnings());
    List<Settings> settings = new ArrayList<Settings>();
    for (Values group : groups) {
      collect(faults, group.faults());
      collect(odd, group.warnings());
      settings.add(new Settings(group));
    }
    warnings = new ArrayList<Fault>(odd.values());
    if (!faults.isEmpty()) {
      return ConfigResult.faulty(
          new ArrayList<Fault>(faults.values()), warnings, jvm.flag(Property.STRICT));
    }
    return ConfigResult.configured(new Configuration(new JvmSettings(jvm), settings), warnings);
  }

  /** What is wrong with a value for all groups is said once. */
  private static void collect(Map<String, Fault> into, List<Fault> faults) {
    for (Fault fault : faults) {
      into.put(fault.toString(), fault);
    }
  }

  /** The groups that are switched on; the one without a name when it has databases. */
  private static List<Values> groups(Sources sources, Values jvm) {
    List<Values> groups = new ArrayList<Values>();
    if (jvm.isGiven(Property.MASTER) || jvm.isGiven(Property.REPLICAS)) {
      groups.add(new Values("", sources));
    }
    Set<String> known = new TreeSet<String>();
    for (String name : jvm.names(Property.GROUPS)) {
      if (!isName(name)) {
        jvm.fault(
            Property.GROUPS,
            jvm.given(Property.GROUPS),
            "names the group \"" + name + '"',
            "names of letters and digits, the first a letter");
      } else if (!known.add(name.toLowerCase(Locale.ROOT))) {
        jvm.fault(
            Property.GROUPS,
            jvm.given(Property.GROUPS),
            "names " + name + " twice",
            "each group once");
      } else {
        Values group = new Values(name, sources);
        if (!group.isSwitchedOff()) {
          groups.add(group);
        }
      }
    }
    for (String name : sources.groups()) {
      if (!known.contains(name)) {
        jvm.warn(
            Fault.of(
                Source.GROUP + name + ".*",
                null,
                "is ignored: " + Property.GROUPS.propertyName() + " does not name " + name,
                null));
      }
    }
    return groups;
  }

  /** Without a separator in it, so that names of environment variables have one meaning. */
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = Character.toLowerCase(name.charAt(i));
      boolean letter = c >= 'a' && c <= 'z';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
