package io.rwsplit.weave;

/** A {@code java.sql} interface whose implementations in a driver are woven. */
enum Role {
  DRIVER("java/sql/Driver"),
  CONNECTION("java/sql/Connection"),
  STATEMENT("java/sql/Statement"),
  PREPARED_STATEMENT("java/sql/PreparedStatement"),
  META_DATA("java/sql/DatabaseMetaData"),

  /** Of drivers that make a result object for each execution. */
  RESULT("java/sql/ResultSet");

  final String internalName;

  Role(String internalName) {
    this.internalName = internalName;
  }
}
