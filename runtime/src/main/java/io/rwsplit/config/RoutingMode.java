package io.rwsplit.config;

/** Whether statements are routed. */
public enum RoutingMode {
  /** Reads go to replicas. */
  ROUTE,
  /** Nothing is; it is only counted what would be. */
  OBSERVE
}
