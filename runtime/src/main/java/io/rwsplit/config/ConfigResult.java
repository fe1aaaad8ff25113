package io.rwsplit.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What reading the configuration came to: settings, or the reason why there are none. Immutable.
 */
public final class ConfigResult {
  /** The four ways a start can go. */
  public enum State {
    /** There are settings; split. */
    CONFIGURED,
    /** Neither a master nor a replica is named; weave nothing and say nothing. */
    ABSENT,
    /** Switched off by {@code rwsplit.enabled=false}; weave nothing and say nothing. */
    DISABLED,
    /** Something is wrong; report it, and run unsplit or refuse to start. */
    FAULTY
  }

  private static final String LINE = "[rwsplit] ";

  private final State state;
  private final Configuration configuration;
  private final List<Fault> faults;
  private final List<Fault> warnings;
  private final boolean strict;

  private ConfigResult(
      State state,
      Configuration configuration,
      List<Fault> faults,
      List<Fault> warnings,
      boolean strict) {
    this.state = state;
    this.configuration = configuration;
    this.faults = Collections.unmodifiableList(faults);
    this.warnings = Collections.unmodifiableList(warnings);
    this.strict = strict;
  }

  static ConfigResult configured(Configuration configuration, List<Fault> warnings) {
    List<Fault> none = Collections.emptyList();
    return new ConfigResult(
        State.CONFIGURED, configuration, none, warnings, configuration.jvm().strict());
  }

  static ConfigResult absent(List<Fault> warnings) {
    List<Fault> none = Collections.emptyList();
    return new ConfigResult(State.ABSENT, null, none, warnings, false);
  }

  /** The same with one more warning. */
  ConfigResult with(Fault warning) {
    List<Fault> more = new ArrayList<Fault>(warnings);
    more.add(warning);
    return new ConfigResult(state, configuration, faults, more, strict);
  }

  static ConfigResult disabled() {
    List<Fault> none = Collections.emptyList();
    return new ConfigResult(State.DISABLED, null, none, none, false);
  }

  static ConfigResult faulty(List<Fault> faults, List<Fault> warnings, boolean strict) {
    return new ConfigResult(State.FAULTY, null, faults, warnings, strict);
  }

  /** How the start goes on. */
  public State state() {
    return state;
  }

  /** The settings when {@link State#CONFIGURED}, else null. */
  public Configuration configuration() {
    return configuration;
  }

  /** All faults, when {@link State#FAULTY}; else empty. */
  public List<Fault> faults() {
    return faults;
  }

  /** What is odd but harmless: names that are not known, settings without effect. */
  public List<Fault> warnings() {
    return warnings;
  }

  /** True when the faults must keep the application from starting ({@code rwsplit.strict=true}). */
  public boolean refusesStart() {
    return state == State.FAULTY && strict;
  }

  /**
   * The lines to show an operator at start, each ending in a line feed; empty when there is nothing
   * to say. No secrets.
   */
  public String report() {
    StringBuilder report = new StringBuilder();
    if (!faults.isEmpty()) {
      report.append(LINE).append("The configuration has ").append(faults.size());
      report.append(faults.size() == 1 ? " fault; " : " faults; ");
      report.append(
          strict
              ? "the application is not started (rwsplit.strict=true):\n"
              : "the application runs without read/write splitting:\n");
      for (int i = 0; i < faults.size(); i++) {
        report.append(LINE).append("  ").append(i + 1).append(". ").append(faults.get(i));
        report.append('\n');
      }
    }
    for (Fault warning : warnings) {
      report.append(LINE).append("Warning: ").append(warning).append('\n');
    }
    return report.toString();
  }
}
