package io.rwsplit.config;

import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Reads the configuration from system properties ({@code rwsplit.lag.max}) and, for those that are
 * not set, from the environment ({@code RWSPLIT_LAG_MAX}). Stateless.
 *
 * <p>Runs in premain: it must not throw, and must touch neither logging nor the network.
 */
public final class ConfigReader {
  private ConfigReader() {}

  /** The configuration of this process; never throws. */
  public static ConfigResult read() {
    try {
      return read(ofSystem(System.getProperties()), ofEnvironment(System.getenv()));
    } catch (RuntimeException | LinkageError e) {
      Fault fault =
          Fault.of(Property.PREFIX + "*", null, "cannot be read: " + e.getClass().getName(), null);
      return ConfigResult.faulty(
          Collections.singletonList(fault), Collections.<Fault>emptyList(), false);
    }
  }

  private static Map<String, String> ofSystem(Properties properties) {
    Map<String, String> ours = new TreeMap<String, String>();
    for (String name : properties.stringPropertyNames()) {
      String value = name.startsWith(Property.PREFIX) ? properties.getProperty(name) : null;
      if (value != null) {
        ours.put(name, value);
      }
    }
    return ours;
  }

  private static Map<String, String> ofEnvironment(Map<String, String> environment) {
    Map<String, String> ours = new TreeMap<String, String>();
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      if (entry.getKey().startsWith(Property.ENVIRONMENT_PREFIX)) {
        ours.put(entry.getKey(), entry.getValue());
      }
    }
    return ours;
  }

  /** The configuration that these {@code rwsplit.*} properties and {@code RWSPLIT_*} make. */
  static ConfigResult read(Map<String, String> properties, Map<String, String> environment) {
    if (properties.isEmpty() && environment.isEmpty()) {
      return ConfigResult.absent(Collections.<Fault>emptyList());
    }
    Values values = new Values(properties, environment);
    if ("false".equalsIgnoreCase(values.given(Property.ENABLED))) {
      return ConfigResult.disabled();
    }
    UnknownNames.report(properties, environment, values);
    if (!values.isGiven(Property.MASTER) && !values.isGiven(Property.REPLICAS)) {
      return ConfigResult.absent(values.warnings());
    }
    values.parse();
    new CrossChecks(values).run();
    if (!values.faults().isEmpty()) {
      return ConfigResult.faulty(values.faults(), values.warnings(), values.flag(Property.STRICT));
    }
    return ConfigResult.configured(new Settings(values), values.warnings());
  }
}
