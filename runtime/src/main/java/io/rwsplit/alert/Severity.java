package io.rwsplit.alert;

import java.util.Locale;

/** How bad it is; the later the worse. */
public enum Severity {
  /** Somebody should look. */
  WARNING,
  /** Somebody must act. */
  CRITICAL;

  /** In lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
