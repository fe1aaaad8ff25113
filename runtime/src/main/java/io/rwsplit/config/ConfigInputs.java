package io.rwsplit.config;

import java.io.File;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where the configuration of this process comes from: system properties and the environment as they
 * were at the start, and a file, which is read when the configuration is. Immutable.
 *
 * <p>Made when an application starts: nothing here throws, or touches logging or the network.
 */
public final class ConfigInputs {
  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final String argument;

  /**
   * @param argument the path that the agent was given; null or blank for none
   */
  ConfigInputs(Map<String, String> properties, Map<String, String> environment, String argument) {
    this.properties = properties;
    this.environment = environment;
    this.argument = argument == null ? "" : argument.trim();
  }

  /**
   * The inputs of this process as they are now.
   *
   * @param argument the path of a file; may be null
   */
  public static ConfigInputs ofProcess(String argument) {
    return ofProcess(argument, System.getProperties());
  }

  /**
   * The inputs of this process.
   *
   * @param argument what follows {@code -javaagent:rwsplit.jar=}; may be null
   * @param properties the system properties, of which a copy is kept
   */
  public static ConfigInputs ofProcess(String argument, Properties properties) {
    return new ConfigInputs(ofSystem(properties), ofEnvironment(System.getenv()), argument);
  }

  private static Map<String, String> ofSystem(Properties properties) {
    Map<String, String> ours = new TreeMap<String, String>();
    for (String name : properties.stringPropertyNames()) {
      boolean named = name.startsWith(Property.PREFIX) || Aliases.isOne(name);
      String value = named ? properties.getProperty(name) : null;
      if (value != null) {
        ours.put(name, value);
      }
    }
    return ours;
  }

  private static Map<String, String> ofEnvironment(Map<String, String> environment) {
    Map<String, String> ours = new TreeMap<String, String>();
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      String name = entry.getKey();
      if (name.startsWith(Property.ENVIRONMENT_PREFIX) || Aliases.isOne(name)) {
        ours.put(name, entry.getValue());
      }
    }
    return ours;
  }

  /** Path of the configuration file; empty when there is none. */
  public String file() {
    return argument.isEmpty() ? early(Property.CONFIG) : argument;
  }

  /** The file's text as it is now; what is wrong with it, where it cannot be read; never null. */
  public String fileText() {
    try {
      return TextFile.read(new File(file()));
    } catch (InvalidValue e) {
      return "\u0000" + e.getMessage();
    }
  }

  /** True when a file must be read before the application starts, which may be refused then. */
  public boolean isStrict() {
    return "true".equalsIgnoreCase(early(Property.STRICT));
  }

  /** True when the agent is switched off, whatever a file says. */
  public boolean isSwitchedOff() {
    return "false".equalsIgnoreCase(early(Property.ENABLED));
  }

  private String early(Property property) {
    String value = properties.get(property.propertyName());
    if (value == null) {
      value = environment.get(property.environmentName());
    }
    return value == null ? "" : value.trim();
  }

  /** Reads the configuration; never throws. */
  public ConfigResult read() {
    try {
      ConfigResult read = ConfigReader.read(sources());
      return read.state() == ConfigResult.State.ABSENT && !file().isEmpty()
          ? read.with(
              Fault.of(
                  "The file " + file(),
                  null,
                  "does not give rwsplit.master, nor does a system property or the environment",
                  null))
          : read;
    } catch (RuntimeException | LinkageError e) {
      Fault fault =
          Fault.of(Property.PREFIX + "*", null, "cannot be read: " + e.getClass().getName(), null);
      return ConfigResult.faulty(
          Collections.singletonList(fault), Collections.<Fault>emptyList(), isStrict());
    }
  }

  private Sources sources() {
    Map<String, String> aliases = new TreeMap<String, String>();
    Map<String, String> places = new TreeMap<String, String>();
    Sources sources = new Sources();
    sources.addProperties(without(properties, "system property", aliases, places));
    sources.addEnvironment(without(environment, "environment", aliases, places));
    String path = file();
    if (!path.isEmpty()) {
      ConfigFile file = ConfigFile.read(path);
      sources.addFile(file);
      for (FileEntry entry : file.entries()) {
        if (Aliases.isOne(entry.name) && !aliases.containsKey(entry.name)) {
          aliases.put(entry.name, entry.value);
          places.put(entry.name, entry.name + ", " + file.place(entry));
        }
      }
    }
    if (!aliases.isEmpty()) {
      sources.addAliases(aliases, places);
    }
    return sources;
  }

  private static Map<String, String> without(
      Map<String, String> all,
      String what,
      Map<String, String> aliases,
      Map<String, String> places) {
    Map<String, String> ours = new TreeMap<String, String>();
    for (Map.Entry<String, String> entry : all.entrySet()) {
      String name = entry.getKey();
      if (!Aliases.isOne(name)) {
        ours.put(name, entry.getValue());
      } else if (!aliases.containsKey(name)) {
        aliases.put(name, entry.getValue());
        places.put(name, what + " " + name);
      }
    }
    return ours;
  }
}
