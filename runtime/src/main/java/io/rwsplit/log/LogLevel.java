package io.rwsplit.log;

/** How much rwsplit's own log says, from everything to nothing. */
public enum LogLevel {
  /** Every step of the agent itself; for its developers. */
  TRACE,
  /** State changes of pools, replication and weaving, and what third-party libraries say. */
  DEBUG,
  /** Start, summary, replicas that leave and return. */
  INFO,
  /** What costs replica reads or needs an operator's eye. */
  WARN,
  /** What rwsplit cannot do any more. */
  ERROR,
  /** Nothing at all. */
  OFF
}
