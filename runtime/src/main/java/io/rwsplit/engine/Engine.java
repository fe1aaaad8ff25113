package io.rwsplit.engine;

/** A database engine rwsplit knows the dialect, the URL forms and the drivers of. */
public enum Engine {
  /** SQLite files, opened by sqlite-jdbc ({@code org.sqlite}). */
  SQLITE,
  /** PostgreSQL, opened by pgjdbc ({@code org.postgresql}). */
  POSTGRESQL,
  /** MariaDB, opened by Connector/J of MariaDB ({@code org.mariadb.jdbc}). */
  MARIADB,
  /** MySQL, opened by either Connector/J ({@code com.mysql}, {@code org.mariadb.jdbc}). */
  MYSQL,
  /** H2 ({@code org.h2}). */
  H2
}
