package io.rwsplit.catalog;

/**
 * The questions to the catalogs of the engines. Facts: PostgreSQL "System Catalogs" and "Function
 * Volatility Categories"; MariaDB and MySQL "Information Schema Tables"; SQLite "The Schema Table"
 * and "PRAGMA foreign_key_list"; H2 "Information Schema".
 */
final class CatalogQueries {
  /** PostgreSQL gives what {@code initdb} makes lower numbers than this. */
  private static final String USER_OBJECTS = "oid >= 16384";

  /** An aggregate, which is never volatile itself, is as the functions that it is made of. */
  static final String POSTGRES_FUNCTIONS =
      "SELECT p.proname, CASE WHEN p.prokind = 'a' THEN 's' ELSE p.provolatile::text END,"
          + " CASE WHEN p.prokind = 'a' THEN 'sql' ELSE l.lanname::text END,"
          + " CASE WHEN p.prokind = 'a' THEN (SELECT 'SELECT ' || pg_catalog.string_agg("
          + "f.proname || '(1)', ', ' ORDER BY f.oid) FROM pg_catalog.pg_aggregate a"
          + " JOIN pg_catalog.pg_proc f ON f.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn,"
          + " a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn) WHERE a.aggfnoid = p.oid)"
          + " ELSE p.prosrc END FROM pg_catalog.pg_proc p"
          + " JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE p."
          + USER_OBJECTS
          + " ORDER BY p.oid";

  /**
   * Functions of one row, which {@code t.f} calls as {@code f(t)} does: "Composite Types", section
   * "Using Composite Types in Queries".
   */
  static final String POSTGRES_ATTRIBUTES =
      "SELECT DISTINCT p.proname FROM pg_catalog.pg_proc p"
          + " JOIN pg_catalog.pg_type t ON t.oid = p.proargtypes[0]"
          + " WHERE p.prokind <> 'p' AND p.pronargs - p.pronargdefaults <= 1"
          + " AND t.typtype IN ('c', 'p', 'd') AND p."
          + USER_OBJECTS
          + " ORDER BY 1";

  /**
   * Relations that a standby shows otherwise or not at all: of a sequence it has a value of up to
   * 32 numbers later (SEQ_LOG_VALS), and nothing of what is not logged, nor of a table that has a
   * part or an heir of this kind.
   */
  static final String POSTGRES_UNLIKE =
      "WITH RECURSIVE u AS (SELECT c.oid, c.relname FROM pg_catalog.pg_class c WHERE c."
          + USER_OBJECTS
          + " AND (c.relkind = 'S' OR (c.relkind IN ('r', 'p', 'm') AND c.relpersistence = 'u'))"
          + " UNION SELECT p.oid, p.relname FROM u"
          + " JOIN pg_catalog.pg_inherits i ON i.inhrelid = u.oid"
          + " JOIN pg_catalog.pg_class p ON p.oid = i.inhparent)"
          + " SELECT DISTINCT relname FROM u ORDER BY 1";

  static final String POSTGRES_VIEWS =
      "SELECT c.relname, CASE WHEN c.relkind = 'v' THEN pg_catalog.pg_get_viewdef(c.oid) END"
          + " FROM pg_catalog.pg_class c WHERE c."
          + USER_OBJECTS
          + " AND (c.relkind IN ('v', 'f') OR c.relrowsecurity) ORDER BY c.oid";

  /** Temporary ones belong to sessions that are kept on the master. */
  static final String POSTGRES_RELATIONS =
      "SELECT c.relname, CASE WHEN c.oid < 16384 THEN 'SYSTEM'"
          + " WHEN c.relrowsecurity OR EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite w"
          + " WHERE w.ev_class = c.oid AND w.rulename <> '_RETURN') THEN 'OPAQUE'"
          + " WHEN c.relkind IN ('r', 'p', 'm') THEN 'TABLE'"
          + " WHEN c.relkind = 'v' THEN 'VIEW' ELSE 'OPAQUE' END,"
          + " CASE WHEN c.relkind = 'r' AND NOT c.relhassubclass THEN 1 ELSE 0 END"
          + " FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"
          + " AND c.relpersistence <> 't' ORDER BY c.oid";

  static final String POSTGRES_TRIGGERS =
      "SELECT c.relname, p.proname FROM pg_catalog.pg_trigger t"
          + " JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
          + " JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid"
          + " WHERE NOT t.tgisinternal AND p."
          + USER_OBJECTS
          + " ORDER BY t.oid";

  static final String POSTGRES_CASCADES =
      "SELECT p.relname, c.relname FROM pg_catalog.pg_constraint k"
          + " JOIN pg_catalog.pg_class p ON p.oid = k.confrelid"
          + " JOIN pg_catalog.pg_class c ON c.oid = k.conrelid WHERE k.contype = 'f'"
          + " AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))"
          + " ORDER BY k.oid";

  static final String POSTGRES_CHILDREN =
      "SELECT p.relname, c.relname FROM pg_catalog.pg_inherits i"
          + " JOIN pg_catalog.pg_class p ON p.oid = i.inhparent"
          + " JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid"
          + " WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' ORDER BY c.oid, p.oid";

  /** What a write evaluates without naming it; without a relation: domains, casts, operators. */
  static final String POSTGRES_EXPRESSIONS =
      "SELECT c.relname AS r, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS e"
          + " FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_class c ON c.oid = d.adrelid"
          + " UNION ALL SELECT c.relname, pg_catalog.pg_get_expr(k.conbin, k.conrelid)"
          + " FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
          + " WHERE k.conbin IS NOT NULL AND k."
          + USER_OBJECTS
          + " UNION ALL SELECT c.relname, pg_catalog.pg_get_expr(i.indexprs, i.indrelid)"
          + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
          + " WHERE i.indexprs IS NOT NULL AND c."
          + USER_OBJECTS
          + " UNION ALL SELECT c.relname, pg_catalog.pg_get_expr(i.indpred, i.indrelid)"
          + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
          + " WHERE i.indpred IS NOT NULL AND c."
          + USER_OBJECTS
          + " UNION ALL SELECT c.relname, pg_catalog.substring(pg_catalog.pg_get_triggerdef(t.oid),"
          + " ' WHEN (.*) EXECUTE ') FROM pg_catalog.pg_trigger t"
          + " JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
          + " WHERE t.tgqual IS NOT NULL AND NOT t.tgisinternal"
          + " UNION ALL SELECT NULL, pg_catalog.pg_get_expr(k.conbin, 0)"
          + " FROM pg_catalog.pg_constraint k WHERE k.contypid <> 0 AND k.conbin IS NOT NULL AND k."
          + USER_OBJECTS
          + " UNION ALL SELECT NULL, pg_catalog.pg_get_expr(y.typdefaultbin, 0)"
          + " FROM pg_catalog.pg_type y WHERE y.typdefaultbin IS NOT NULL AND y."
          + USER_OBJECTS
          + " UNION ALL SELECT NULL, p.proname || '(1)' FROM pg_catalog.pg_proc p WHERE p."
          + USER_OBJECTS
          + " AND (EXISTS (SELECT 1 FROM pg_catalog.pg_cast x WHERE x.castfunc = p.oid)"
          + " OR EXISTS (SELECT 1 FROM pg_catalog.pg_operator o WHERE o.oprcode = p.oid))"
          + " ORDER BY 1, 2";

  /**
   * What relations lead to: functions of their triggers, defaults, checks, rules, policies and
   * views, relations of their rules and views, those that foreign keys change with them, and parts.
   */
  static final String POSTGRES_REACHED =
      "WITH r AS (SELECT c.relname AS r, t.tgfoid AS f FROM pg_catalog.pg_trigger t"
          + " JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
          + " UNION SELECT c.relname, e.refobjid FROM ("
          + "SELECT a.adrelid AS r, d.refobjid FROM pg_catalog.pg_depend d"
          + " JOIN pg_catalog.pg_attrdef a ON a.oid = d.objid"
          + " WHERE d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass"
          + " AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass"
          + " UNION ALL SELECT k.conrelid, d.refobjid FROM pg_catalog.pg_depend d"
          + " JOIN pg_catalog.pg_constraint k ON k.oid = d.objid"
          + " WHERE d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass"
          + " AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass"
          + " UNION ALL SELECT w.ev_class, d.refobjid FROM pg_catalog.pg_depend d"
          + " JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid"
          + " WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass"
          + " AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass"
          + " UNION ALL SELECT y.polrelid, d.refobjid FROM pg_catalog.pg_depend d"
          + " JOIN pg_catalog.pg_policy y ON y.oid = d.objid"
          + " WHERE d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass"
          + " AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass) e"
          + " JOIN pg_catalog.pg_class c ON c.oid = e.r)"
          + " SELECT r.r, p.proname FROM r JOIN pg_catalog.pg_proc p ON p.oid = r.f WHERE p."
          + USER_OBJECTS
          + " UNION SELECT c.relname, o.relname FROM pg_catalog.pg_depend d"
          + " JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid"
          + " JOIN pg_catalog.pg_class c ON c.oid = w.ev_class"
          + " JOIN pg_catalog.pg_class o ON o.oid = d.refobjid"
          + " WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass"
          + " AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid <> o.oid"
          + " AND c."
          + USER_OBJECTS
          + " UNION SELECT p.relname, c.relname FROM pg_catalog.pg_constraint k"
          + " JOIN pg_catalog.pg_class p ON p.oid = k.confrelid"
          + " JOIN pg_catalog.pg_class c ON c.oid = k.conrelid WHERE k.contype = 'f'"
          + " AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))"
          + " UNION SELECT p.relname, c.relname FROM pg_catalog.pg_inherits i"
          + " JOIN pg_catalog.pg_class p ON p.oid = i.inhparent"
          + " JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid ORDER BY 1, 2";

  private static final String MYSQL_SYSTEM =
      "('sys', 'mysql', 'performance_schema', 'information_schema')";

  static final String MYSQL_VIEWS =
      "SELECT table_name, view_definition FROM information_schema.views"
          + " WHERE table_schema NOT IN "
          + MYSQL_SYSTEM
          + " ORDER BY table_schema, table_name";

  /** Where the server has no function of its own of that name, a stored one may be meant. */
  static final String MYSQL_FUNCTIONS =
      "SELECT routine_name, 'v', 'sql', NULL FROM information_schema.routines"
          + " WHERE routine_type = 'FUNCTION' AND routine_schema NOT IN "
          + MYSQL_SYSTEM
          + " ORDER BY routine_schema, routine_name";

  /** Bodies are shown to those only who may see them. */
  static final String MYSQL_ROUTINES =
      "SELECT routine_schema, specific_name, routine_name, routine_definition"
          + " FROM information_schema.routines WHERE routine_schema NOT IN "
          + MYSQL_SYSTEM
          + " ORDER BY routine_schema, routine_type, routine_name";

  static final String MYSQL_PARAMETERS =
      "SELECT specific_schema, specific_name, parameter_name FROM information_schema.parameters"
          + " WHERE parameter_name IS NOT NULL AND specific_schema NOT IN "
          + MYSQL_SYSTEM
          + " ORDER BY specific_schema, specific_name, routine_type, ordinal_position";

  /** Whom information_schema means by the current user. */
  private static final String MYSQL_USER =
      "CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')";

  private static final String MYSQL_PLAIN =
      "t.table_type = 'BASE TABLE' AND COALESCE(t.engine, '') IN ('InnoDB', 'MyISAM', 'Aria')";

  /** Triggers are listed only to those who may make them: else nobody knows what a write does. */
  static final String MYSQL_RELATIONS =
      "SELECT t.table_name, CASE WHEN t.table_schema IN "
          + MYSQL_SYSTEM
          + " THEN 'SYSTEM' WHEN t.table_type = 'VIEW' THEN 'VIEW' WHEN "
          + MYSQL_PLAIN
          + " AND (EXISTS (SELECT 1 FROM information_schema.user_privileges p"
          + " WHERE p.privilege_type = 'TRIGGER' AND p.grantee = "
          + MYSQL_USER
          + ") OR EXISTS (SELECT 1 FROM information_schema.schema_privileges p"
          + " WHERE p.privilege_type = 'TRIGGER' AND t.table_schema LIKE p.table_schema"
          + " AND p.grantee = "
          + MYSQL_USER
          + ") OR EXISTS (SELECT 1 FROM information_schema.table_privileges p"
          + " WHERE p.privilege_type = 'TRIGGER' AND p.table_schema = t.table_schema"
          + " AND p.table_name = t.table_name AND p.grantee = "
          + MYSQL_USER
          + ")) THEN 'TABLE' ELSE 'OPAQUE' END, CASE WHEN "
          + MYSQL_PLAIN
          + " THEN 1 ELSE 0 END"
          + " FROM information_schema.tables t ORDER BY t.table_schema, t.table_name";

  static final String MYSQL_TRIGGERS =
      "SELECT event_object_table, action_statement FROM information_schema.triggers"
          + " ORDER BY trigger_schema, trigger_name";

  static final String MYSQL_CASCADES =
      "SELECT referenced_table_name, table_name FROM information_schema.referential_constraints"
          + " WHERE delete_rule IN ('CASCADE', 'SET NULL', 'SET DEFAULT')"
          + " OR update_rule IN ('CASCADE', 'SET NULL', 'SET DEFAULT')"
          + " ORDER BY constraint_schema, table_name, constraint_name";

  static final String SQLITE_SCHEMA =
      "SELECT type, name, tbl_name, sql FROM sqlite_master"
          + " WHERE type IN ('table', 'view', 'trigger') ORDER BY rowid";

  static final String SQLITE_CASCADES =
      "SELECT f.\"table\", m.name FROM sqlite_master m, pragma_foreign_key_list(m.name) f"
          + " WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
          + " AND (f.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT')"
          + " OR f.on_update IN ('CASCADE', 'SET NULL', 'SET DEFAULT'))"
          + " ORDER BY m.rowid, f.id";

  /** An alias may have the name of one of H2's own functions ({@code BUILTIN_ALIAS_OVERRIDE}). */
  static final String H2_FUNCTIONS =
      "SELECT routine_name, 'v', 'sql', NULL FROM information_schema.routines"
          + " ORDER BY routine_schema, routine_name";

  /**
   * Empty of H2 before 2.0, and where its driver asks a later server, which shows it the catalog of
   * before ({@code InformationSchemaTableLegacy}).
   */
  static final String H2_IS_STANDARD =
      "SELECT table_name FROM information_schema.tables"
          + " WHERE table_schema = 'INFORMATION_SCHEMA' AND table_name = 'ROUTINES'";

  /** As {@link #H2_FUNCTIONS}, of the catalog of before. */
  static final String OLD_H2_FUNCTIONS =
      "SELECT alias_name, 'v', 'sql', NULL FROM information_schema.function_aliases"
          + " ORDER BY alias_schema, alias_name";

  /** As {@link #H2_VIEWS}, of the catalog of before: with the whole statement that makes a view. */
  static final String OLD_H2_VIEWS =
      "SELECT table_name, view_definition FROM information_schema.views"
          + " UNION ALL SELECT table_name, NULL FROM information_schema.tables"
          + " WHERE table_schema <> 'INFORMATION_SCHEMA' AND table_type <> 'VIEW'"
          + " AND (table_type <> 'TABLE' OR COALESCE(storage_type, '') NOT IN ('CACHED', 'MEMORY'))"
          + " UNION ALL SELECT table_name, NULL FROM information_schema.triggers"
          + " WHERE trigger_type LIKE '%SELECT%' ORDER BY 1, 2";

  /** A table that is linked, of an engine of Java code, or has a trigger for SELECT, is unknown. */
  static final String H2_VIEWS =
      "SELECT table_name, view_definition FROM information_schema.views"
          + " WHERE table_schema <> 'INFORMATION_SCHEMA'"
          + " UNION ALL SELECT table_name, NULL FROM information_schema.tables"
          + " WHERE table_schema <> 'INFORMATION_SCHEMA' AND table_type <> 'VIEW'"
          + " AND COALESCE(storage_type, '') NOT IN ('CACHED', 'MEMORY')"
          + " UNION ALL SELECT event_object_table, NULL FROM information_schema.triggers"
          + " WHERE event_manipulation LIKE '%SELECT%' ORDER BY 1, 2";

  /** SQL's own standard, for all others. */
  static final String STANDARD_RELATIONS =
      "SELECT table_name, 'OPAQUE', CASE WHEN table_type IN ('TABLE', 'BASE TABLE') THEN 1 ELSE 0"
          + " END FROM information_schema.tables ORDER BY table_schema, table_name";

  private CatalogQueries() {}
}
