package io.rwsplit.config;

import java.util.Collections;
import java.util.List;

/** A configuration that passed every check: of the JVM, and of each group. Immutable. */
public final class Configuration {
  private final JvmSettings jvm;
  private final List<Settings> groups;

  Configuration(JvmSettings jvm, List<Settings> groups) {
    this.jvm = jvm;
    this.groups = Collections.unmodifiableList(groups);
  }

  /** What is the same for all groups. */
  public JvmSettings jvm() {
    return jvm;
  }

  /** The groups; at least one, each with a name and a master of its own. */
  public List<Settings> groups() {
    return groups;
  }
}
