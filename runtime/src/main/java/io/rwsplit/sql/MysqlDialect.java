package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.Set;

/**
 * Names of MySQL's and MariaDB's SQL. Facts from "Built-In Function and Operator Reference",
 * "Keywords and Reserved Words" of MySQL 8.0 and "Built-in Functions" of MariaDB's knowledge base.
 */
final class MysqlDialect {
  /**
   * SHOW of these reads the catalog only. Not indexes, of which each server has estimates of its
   * own; not events, which a replica shows as disabled; not CREATE, which tells AUTO_INCREMENT.
   */
  static final Set<String> CATALOG_SHOWS =
      Dialect.words("TABLES COLUMNS FIELDS DATABASES SCHEMAS TRIGGERS COLLATION CHARACTER");

  /**
   * Settings on which the result of no read depends. Not {@code sql_log_bin}: what a session writes
   * without it no replica ever has.
   */
  static final Set<String> HARMLESS_SETTINGS =
      Dialect.words(
          "net_write_timeout net_read_timeout wait_timeout interactive_timeout lock_wait_timeout",
          "innodb_lock_wait_timeout max_execution_time max_statement_time unique_checks",
          "foreign_key_checks sql_safe_updates profiling sql_notes sql_warnings",
          "auto_increment_increment auto_increment_offset insert_id sort_buffer_size",
          "join_buffer_size read_buffer_size tmp_table_size max_heap_table_size optimizer_switch",
          "optimizer_search_depth long_query_time bulk_insert_buffer_size");

  /** Settings of transactions. */
  static final Set<String> TRANSACTION_SETTINGS =
      Dialect.words("tx_isolation transaction_isolation tx_read_only transaction_read_only");

  private MysqlDialect() {}

  static Dialect create(Engine engine) {
    return new Dialect.Builder(engine)
        .pure(MysqlFunctions.pure(engine))
        .sideEffects(
            "default nextval setval get_lock release_lock release_all_locks sleep benchmark load_file",
            "master_pos_wait master_gtid_wait source_pos_wait wait_for_executed_gtid_set",
            "wait_until_sql_thread_after_gtids service_get_read_locks service_get_write_locks",
            "service_release_locks sys_exec sys_eval")
        .session(
            "last_insert_id row_count found_rows connection_id current_user session_user system_user",
            "user database schema current_role is_free_lock is_used_lock lastval ps_current_thread_id",
            "ps_thread_id current_schema binlog_gtid_pos last_value_seq statement_digest icu_version",
            "sqlcode sqlerrm version")
        .jdbcEscapes(
            "ucase lcase concat length left right locate ltrim rtrim repeat replace space substring",
            "insert char ascii abs acos asin atan atan2 ceiling cos cot degrees exp floor log log10",
            "mod pi power radians rand round sign sin sqrt tan truncate curdate curtime now dayname",
            "dayofmonth dayofweek dayofyear hour minute month monthname quarter second week year",
            "timestampadd timestampdiff ifnull convert")
        .parenthesisKeywords(
            "ALL AGAINST AND ANY AS BETWEEN BINARY BY CASE COLUMNS DISTINCT DISTINCTROW DIV ELSE",
            "ESCAPE EXCEPT EXISTS FROM GROUP HAVING IN INDEX INTERSECT INTERVAL IS JOIN KEY LATERAL LIKE",
            "LIMIT MOD NOT OFFSET ON OR OVER PARTITION REGEXP RLIKE ROW SELECT SOME STRAIGHT_JOIN THEN",
            "UNION USING VALUES WHEN WHERE XOR OF")
        .operators(
            "= < > <= >= <> != <=> + - * / % ^ || | & ~ << >> ! && -> ->> !~", "( ) , . =* =~ =!")
        .sessionTables(
            "processlist innodb_trx innodb_locks innodb_lock_waits session_variables",
            "global_variables session_status global_status innodb_metrics user_statistics",
            "client_statistics index_statistics table_statistics system_variables plugins all_plugins",
            "profiling query_cache_info query_response_time metadata_lock_info temp_tables_info",
            "innodb_buffer_page innodb_buffer_page_lru innodb_buffer_pool_stats innodb_cmp",
            "innodb_cmp_reset innodb_cmpmem innodb_cmpmem_reset innodb_cmp_per_index",
            "innodb_cmp_per_index_reset innodb_tablespaces_encryption innodb_mutexes",
            "innodb_sys_semaphore_waits innodb_ft_config innodb_ft_being_deleted innodb_ft_deleted",
            "innodb_ft_index_cache innodb_ft_index_table innodb_temp_table_info key_caches",
            "wsrep_status wsrep_membership thread_pool_groups thread_pool_queues thread_pool_stats",
            "thread_pool_waits slave_status optimizer_trace optimizer_costs user_variables",
            // A column: numbers that were given to what was rolled back are not replicated.
            "auto_increment")
        .sessionKeywords("CURRENT_USER CURRENT_ROLE")
        .sessionSchemas("performance_schema sys mysql information_schema")
        // What replicas have of the master by its DDL. Each server has its own numbers, times and
        // estimates in tables, partitions, statistics, events and files.
        .schemaViews(
            "information_schema.columns information_schema.schemata information_schema.views",
            "information_schema.key_column_usage information_schema.table_constraints",
            "information_schema.referential_constraints information_schema.check_constraints",
            "information_schema.parameters information_schema.character_sets",
            "information_schema.collations",
            "information_schema.collation_character_set_applicability")
        .typeWords(
            "VARCHAR CHAR CHARACTER NCHAR NVARCHAR BINARY VARBINARY DECIMAL DEC NUMERIC FIXED FLOAT",
            "DOUBLE REAL INT INTEGER BIGINT SMALLINT TINYINT MEDIUMINT BIT TIME DATETIME TIMESTAMP",
            "YEAR")
        // without IGNORE_SPACE in sql_mode, "count (x)" calls the stored function of that name
        .spaceSensitive(
            "adddate bit_and bit_or bit_xor cast count curdate curtime date_add date_sub extract",
            "group_concat json_arrayagg json_objectagg max mid min now position std stddev",
            "stddev_pop stddev_samp subdate substr substring sum sysdate trim variance var_pop var_samp")
        .build();
  }
}
