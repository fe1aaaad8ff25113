package io.rwsplit.weave;

/** A {@code java.sql} interface whose implementations in a driver are woven. */
enum Role {
  DRIVER("java/sql/Driver"),
  CONNECTION("java/sql/Connection"),
  STATEMENT("java/sql/Statement"),
  PREPARED_STATEMENT("java/sql/PreparedStatement"),
  META_DATA("java/sql/DatabaseMetaData");

  final String internalName;

  Role(String internalName) {
    this.internalName = internalName;
  }
}
