package io.rwsplit.jdbc;

/** Where a connect of the application to the master leads, and in which term. Immutable. */
public final class Destination {
  /** Term of a connection to a server that is no master: nothing that needs one may run there. */
  public static final long NO_TERM = -1;

  private final String url;
  private final long term;

  private Destination(String url, long term) {
    this.url = url;
    this.term = term;
  }

  /** To the URL as the application wrote it, as the master of a term. */
  public static Destination asWritten(long term) {
    return new Destination(null, term);
  }

  /** To another server, the master of a term. */
  public static Destination master(String url, long term) {
    return new Destination(url, term);
  }

  /** To a replica, since there is no master: for reads that replicas serve, and nothing else. */
  public static Destination replica(String url) {
    return new Destination(url, NO_TERM);
  }

  /** The URL to connect to; null for the one the application wrote. */
  public String url() {
    return url;
  }

  /** The number of the term, or {@link #NO_TERM}. */
  public long term() {
    return term;
  }
}
