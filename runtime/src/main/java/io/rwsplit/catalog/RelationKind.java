package io.rwsplit.catalog;

/** What a name in the catalog stands for. */
enum RelationKind {
  /** Rows of its own, and perhaps those of its parts. */
  TABLE,
  /** A query. */
  VIEW,
  /** SQLite's: a module with tables of its own, see the statement that made it. */
  VIRTUAL,
  /** Anything else that a user has made: nobody knows what reads or writes it. */
  OPAQUE,
  /** The engine's own. */
  SYSTEM
}
