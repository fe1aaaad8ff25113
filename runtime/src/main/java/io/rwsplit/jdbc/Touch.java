package io.rwsplit.jdbc;

import io.rwsplit.catalog.CatalogSnapshot;

/** What is known of the tables that a running statement may touch. Immutable. */
final class Touch {
  /** The schema before it began; null when that is not known, or nobody asks. */
  final CatalogSnapshot before;

  /** Its text; null when it has none, or nobody asks. */
  final String sql;

  Touch(CatalogSnapshot before, String sql) {
    this.before = before;
    this.sql = sql;
  }
}
