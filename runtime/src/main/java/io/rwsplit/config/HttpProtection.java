package io.rwsplit.config;

/** What of the HTTP server needs the token. */
public enum HttpProtection {
  /** Requests that change something. */
  CHANGES,
  /** All but the probes of health. */
  ALL
}
