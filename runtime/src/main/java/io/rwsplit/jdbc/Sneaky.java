package io.rwsplit.jdbc;

/** Throws a checked exception through a signature that does not declare it. */
final class Sneaky {
  private Sneaky() {}

  /** Never returns; declared to return so that callers can {@code throw} it. */
  static RuntimeException rethrow(Throwable failure) {
    return Sneaky.<RuntimeException>cast(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> RuntimeException cast(Throwable failure) throws T {
    throw (T) failure;
  }
}
