package io.rwsplit.config;

/** What form a property's text has. */
enum PropertyKind {
  /** {@code true} or {@code false}. */
  FLAG,
  /** One of the names of an enum, in lower case. */
  CHOICE,
  /** A whole number. */
  COUNT,
  /** 0 to 100 with at most two decimals; hundredths. */
  PERCENT,
  /** A whole number with a unit of time; nanoseconds. */
  DURATION,
  /** A duration, or {@code 0} or {@code off} for never. */
  PERIOD,
  /** Durations, separated by commas. */
  DURATIONS,
  /** Whole numbers, separated by commas. */
  COUNTS,
  /** A name of letters, digits and a few signs. */
  NAME,
  /** Such names, separated by commas; each may be missing. */
  LABELS,
  /** Several such names joined by {@code +}, separated by commas; each may be missing. */
  LABEL_SETS,
  /** {@code tag=regular expression}, separated by semicolons. */
  TAGGED_PATTERNS,
  /** {@code tag=name,name}, separated by semicolons. */
  TAGGED_NAMES,
  /** Names, separated by commas. */
  NAMES,
  /** A regular expression. */
  PATTERN,
  /** One JDBC URL. */
  URL,
  /** JDBC URLs, separated by commas. */
  URLS,
  /** URLs of http or https, separated by commas. */
  REST_URLS,
  /** Any text. */
  TEXT,
  /** Any text, never shown. */
  SECRET
}
