package io.rwsplit.route;

/** How new a read's rows must be, by a rule of the configuration. */
public enum Tier {
  /** The master's own. */
  STRONG,
  /** What the configured consistency asks for. */
  CONFIGURED,
  /** Those of any replica in service. */
  EVENTUAL
}
