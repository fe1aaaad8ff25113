package io.rwsplit.bootstrap;

/** What a woven connection class implements: access to its injected field. */
public interface HookedConnection {
  /** The hook; null when none was attached yet. */
  ConnectionHook rwsplit$hook();

  /** Attaches a hook. */
  void rwsplit$hook(ConnectionHook hook);
}
