package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.Set;

/**
 * Names of SQLite's SQL. Facts from the pages "Built-In Scalar SQL Functions", "Date And Time
 * Functions", "Built-in Aggregate Functions", "Window Functions", "Math Functions", "JSON
 * Functions", FTS3, FTS5, R-Tree, Geopoly and "PRAGMA Statements" of sqlite.org, and
 * extension-functions.c, which sqlite-jdbc links in.
 */
final class SqliteDialect {
  /** PRAGMAs that read the schema or the file's header and take no setting. */
  static final Set<String> CATALOG_PRAGMAS =
      Dialect.words(
          "table_info table_xinfo table_list index_list index_info index_xinfo foreign_key_list",
          "foreign_key_check page_count freelist_count stats");

  /** PRAGMAs that read the file's header; with a value they write it. */
  static final Set<String> HEADER_PRAGMAS =
      Dialect.words("user_version application_id schema_version encoding auto_vacuum page_size");

  /** PRAGMAs whose answer belongs to this connection or this file, and that change nothing. */
  static final Set<String> MASTER_PRAGMAS =
      Dialect.words(
          "database_list function_list collation_list module_list pragma_list compile_options",
          "data_version integrity_check quick_check lock_status");

  /** Settings on which the result of no read depends: with a value they do not pin. */
  static final Set<String> HARMLESS_SETTINGS =
      Dialect.words(
          "busy_timeout cache_size cache_spill synchronous temp_store mmap_size threads",
          "soft_heap_limit hard_heap_limit foreign_keys secure_delete analysis_limit",
          "automatic_index cell_size_check checkpoint_fullfsync fullfsync defer_foreign_keys",
          "ignore_check_constraints recursive_triggers legacy_alter_table legacy_file_format",
          "query_only shrink_memory temp_store_directory data_store_directory");

  /** Settings that change what reads of this connection return. */
  static final Set<String> PINNING_SETTINGS =
      Dialect.words(
          "case_sensitive_like reverse_unordered_selects empty_result_callbacks full_column_names",
          "short_column_names count_changes read_uncommitted trusted_schema writable_schema");

  /** Statements and settings that change the database file when given (a value). */
  static final Set<String> WRITING_PRAGMAS =
      Dialect.words("optimize incremental_vacuum default_cache_size");

  private SqliteDialect() {}

  static Dialect create() {
    return new Dialect.Builder(Engine.SQLITE)
        .pure(
            "abs char coalesce concat concat_ws format glob hex if ifnull iif instr length like",
            "likelihood likely lower ltrim max min nullif octet_length printf quote random",
            "randomblob replace round rtrim sign soundex sqlite_compileoption_get",
            "sqlite_compileoption_used sqlite_source_id sqlite_version substr substring subtype",
            "trim typeof unhex unicode unistr unistr_quote unlikely upper zeroblob",
            // date and time
            "date time datetime julianday unixepoch strftime timediff",
            "current_date current_time current_timestamp",
            // aggregates and windows
            "avg count group_concat string_agg sum total median percentile percentile_cont",
            "percentile_disc row_number rank dense_rank percent_rank cume_dist ntile lag lead",
            "first_value last_value nth_value",
            // mathematics
            "acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log",
            "log10 log2 mod pi pow power radians sin sinh sqrt tan tanh trunc",
            // JSON
            "json jsonb json_array jsonb_array json_array_length json_error_position json_extract",
            "jsonb_extract json_insert jsonb_insert json_array_insert jsonb_array_insert",
            "json_object jsonb_object json_patch jsonb_patch json_pretty json_remove",
            "jsonb_remove json_replace jsonb_replace json_set jsonb_set json_type json_valid",
            "json_quote json_group_array jsonb_group_array json_group_object",
            "jsonb_group_object json_each json_tree jsonb_each jsonb_tree",
            // full text, R-Tree, Geopoly
            "match bm25 highlight snippet offsets matchinfo rtreecheck rtreedepth rtreenode",
            "geopoly_area geopoly_bbox geopoly_blob geopoly_ccw geopoly_contains_point",
            "geopoly_group_bbox geopoly_json geopoly_overlap geopoly_regular geopoly_svg",
            "geopoly_within geopoly_xform",
            // extension-functions.c
            "atn2 cot coth difference charindex leftstr lower_quartile mode padc padl padr proper",
            "replicate reverse rightstr square stdev strfilter upper_quartile variance")
        .sideEffects(
            "load_extension fts3_tokenizer optimize sqlite_log edit writefile eval"
                + " sqlite_rename_table sqlite_rename_column sqlite_drop_column sqlite_add_constraint")
        .session(
            "last_insert_rowid changes total_changes sqlite_offset pragma_database_list",
            "pragma_function_list pragma_collation_list pragma_module_list pragma_pragma_list",
            "pragma_compile_options pragma_data_version pragma_integrity_check",
            // A connection answers these from the schema it has in memory, without asking whether
            // that is still the database's: on a replica's it may be older than the replica.
            "pragma_table_info pragma_table_xinfo pragma_table_list pragma_index_list",
            "pragma_index_info pragma_index_xinfo pragma_foreign_key_list",
            "pragma_foreign_key_check pragma_page_count pragma_freelist_count pragma_stats",
            "pragma_user_version pragma_application_id pragma_schema_version pragma_encoding",
            "pragma_quick_check")
        .parenthesisKeywords(
            "ALL AND AS BETWEEN BY CASE CAST DISTINCT ELSE ESCAPE EXCEPT EXISTS FILTER FROM GLOB",
            "HAVING IN INTERSECT IS ISNULL JOIN LIKE LIMIT MATCH MATERIALIZED NOT NOTNULL OFFSET ON",
            "OR OVER SELECT THEN UNION USING VALUES WHEN WHERE")
        .collations("binary nocase rtrim")
        .sessionTables(
            "sqlite_temp_master sqlite_temp_schema sqlite_stmt bytecode tables_used sqlite_dbpage",
            "dbstat sqlite_memstat sqlite_stmtstat completion fsdir")
        .build();
  }
}
