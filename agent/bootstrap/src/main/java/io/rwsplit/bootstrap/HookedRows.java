package io.rwsplit.bootstrap;

/**
 * What a woven result class implements of a driver that makes a result object for each execution:
 * access to its injected field.
 */
public interface HookedRows {
  /** The hook; null for results that no replica has served, and mostly for closed ones. */
  RowsHook rwsplit$hook();

  /** Attaches a hook, or takes it away. */
  void rwsplit$hook(RowsHook hook);
}
