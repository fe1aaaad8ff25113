package io.rwsplit.jdbc;

/**
 * The hook of a connection to the master that was opened while its group could not be started:
 * nothing of it is routed, and once the group runs, whatever it does may have written. Thread-safe.
 */
public abstract class UnstartedConnection extends UnseenConnection {

  /** The group once it runs; null before. */
  protected abstract RoutingContext running();

  @Override
  final void ran() {
    RoutingContext group = known();
    if (group != null) {
      UnfollowedConnection.ran(group);
    }
  }

  @Override
  final void runs() {
    RoutingContext group = known();
    if (group != null) {
      group.passing.missed();
    }
  }

  private RoutingContext known() {
    for (int tries = 0; tries < RoutingContext.TRIES; ) {
      try {
        return running();
      } catch (Throwable t) {
        // Asked again: nothing else tells where the write has to be seen.
        tries++;
      }
    }
    return null;
  }
}
