package io.rwsplit.config;

/** How one of several eligible replicas is chosen for a read. */
public enum Strategy {
  /** Each in turn. */
  ROUND_ROBIN,
  /** By chance; chances are as the weights. */
  RANDOM,
  /** The one with the fewest connections in use for its weight. */
  LEAST_CONNECTIONS,
  /** The first by rank; equals in turn. */
  PRIORITY,
  /** In turn, each as often as its weight says. */
  WEIGHTED_ROUND_ROBIN,
  /** Those that answer faster, more often. */
  RESPONSE_TIME,
  /** The better of two by connections in use, time to answer and lag. */
  ADAPTIVE
}
