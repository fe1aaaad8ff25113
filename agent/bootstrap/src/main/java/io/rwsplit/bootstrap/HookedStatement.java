package io.rwsplit.bootstrap;

/** What a woven statement class implements: access to its injected field. */
public interface HookedStatement {
  /** The hook; null for statements that are not managed. */
  StatementHook rwsplit$hook();

  /** Attaches a hook. */
  void rwsplit$hook(StatementHook hook);
}
