package io.rwsplit.jdbc;

import io.rwsplit.sql.Classification;
import io.rwsplit.sql.StatementKind;
import java.util.regex.Pattern;

/** Which statements may change what texts mean. */
final class SchemaChanges {
  /** DDL that makes no view and no function, and lets no table be read through one. */
  private static final Pattern DATA_ONLY =
      Pattern.compile(
          "^(CREATE (UNLOGGED |UNIQUE )?(TABLE|INDEX|SEQUENCE|DATABASE|USER|ROLE)"
              + "|DROP (TABLE|INDEX|SEQUENCE)|TRUNCATE|ANALYZE|VACUUM|REINDEX|GRANT|REVOKE|COMMENT"
              + "|OPTIMIZE|CHECKPOINT)\\b",
          Pattern.CASE_INSENSITIVE);

  private SchemaChanges() {}

  /** True of what may make, change or drop a function or a view. */
  static boolean mayChangeCode(Classification statement) {
    switch (statement.kind()) {
      case DDL:
        return statement.digest() == null || !DATA_ONLY.matcher(statement.digest()).find();
      case CALL:
        return true;
      case MULTI:
        for (Classification part : statement.parts()) {
          if (mayChangeCode(part)) {
            return true;
          }
        }
        return false;
      default:
        return false;
    }
  }

  /** True of what may change tables or what hides behind their names. */
  static boolean mayChangeSchema(StatementKind kind) {
    switch (kind) {
      case DDL:
      case CALL:
      case MULTI:
      case UNKNOWN:
        return true;
      default:
        return false;
    }
  }
}
