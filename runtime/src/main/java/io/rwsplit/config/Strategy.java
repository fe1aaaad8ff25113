package io.rwsplit.config;

/** How one of several eligible replicas is chosen for a read. */
public enum Strategy {
  /** Each in turn. */
  ROUND_ROBIN,
  /** By chance, all equally likely. */
  RANDOM,
  /** The one with the fewest connections in use. */
  LEAST_CONNECTIONS,
  /** The first in the order of configuration. */
  PRIORITY
}
