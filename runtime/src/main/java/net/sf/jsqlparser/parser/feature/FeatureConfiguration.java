package net.sf.jsqlparser.parser.feature;

import java.util.EnumMap;
import java.util.Map;

/**
 * Takes the place of JSqlParser's own class of this name, which initialises the java.util.logging
 * LogManager of the application's JVM as soon as a parser is made.
 *
 * <p>Same members, without the logger. The shaded jar leaves the original out. Not thread-safe, one
 * instance per parser.
 */
public class FeatureConfiguration {
  private final Map<Feature, Object> values = new EnumMap<>(Feature.class);

  /** A configuration with every feature's default. */
  public FeatureConfiguration() {
    for (Feature f : Feature.values()) {
      if (f.isConfigurable()) {
        values.put(f, f.getDefaultValue());
      }
    }
  }

  /** Sets a feature, if it can be set. */
  public FeatureConfiguration setValue(Feature feature, Object value) {
    if (feature.isConfigurable()) {
      values.put(feature, value);
    }
    return this;
  }

  /** The feature's value, or null. */
  public Object getValue(Feature feature) {
    if (!feature.isConfigurable()) {
      throw new IllegalStateException("The feature " + feature + " is not configurable!");
    }
    return values.get(feature);
  }

  /** The feature's value as a boolean; null is false. */
  public boolean getAsBoolean(Feature feature) {
    return Boolean.parseBoolean(String.valueOf(getValue(feature)));
  }

  /** The feature's value as a number. */
  public Long getAsLong(Feature feature) {
    return Long.valueOf(String.valueOf(getValue(feature)));
  }

  /** The feature's value as text, or null. */
  public String getAsString(Feature feature) {
    Object value = getValue(feature);
    return value == null ? null : String.valueOf(value);
  }
}
