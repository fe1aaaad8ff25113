package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.Set;

/**
 * Names of MySQL's and MariaDB's SQL. Facts from "Built-In Function and Operator Reference",
 * "Keywords and Reserved Words" of MySQL 8.0 and "Built-in Functions" of MariaDB's knowledge base.
 */
final class MysqlDialect {
  /** SHOW of these reads the catalog only. */
  static final Set<String> CATALOG_SHOWS =
      Dialect.words(
          "TABLES COLUMNS FIELDS INDEX INDEXES KEYS CREATE DATABASES SCHEMAS TRIGGERS EVENTS COLLATION",
          "CHARACTER");

  /** Settings on which the result of no read depends. */
  static final Set<String> HARMLESS_SETTINGS =
      Dialect.words(
          "net_write_timeout net_read_timeout wait_timeout interactive_timeout lock_wait_timeout",
          "innodb_lock_wait_timeout max_execution_time max_statement_time unique_checks",
          "foreign_key_checks sql_log_bin sql_safe_updates profiling sql_notes sql_warnings",
          "auto_increment_increment auto_increment_offset insert_id sort_buffer_size",
          "join_buffer_size read_buffer_size tmp_table_size max_heap_table_size optimizer_switch",
          "optimizer_search_depth long_query_time bulk_insert_buffer_size");

  /** Settings of transactions. */
  static final Set<String> TRANSACTION_SETTINGS =
      Dialect.words("tx_isolation transaction_isolation tx_read_only transaction_read_only");

  private MysqlDialect() {}

  static Dialect create(Engine engine) {
    return new Dialect.Builder(engine)
        .pure(
            // aggregates and windows
            "count sum avg min max group_concat bit_and bit_or bit_xor std stddev stddev_pop",
            "stddev_samp var_pop var_samp variance json_arrayagg json_objectagg any_value row_number",
            "rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value",
            "median percentile_cont percentile_disc grouping",
            // control
            "if ifnull nullif coalesce greatest least interval isnull nvl nvl2 decode",
            // text
            "ascii bin bit_length char char_length character_length chr concat concat_ws elt",
            "export_set field find_in_set format from_base64 hex insert instr lcase left length locate",
            "lower lpad ltrim make_set mid oct octet_length ord position quote regexp_instr",
            "regexp_like regexp_replace regexp_substr repeat replace reverse right rpad rtrim soundex",
            "space strcmp substr substring substring_index to_base64 trim ucase unhex upper",
            "weight_string convert cast charset coercibility collation binary to_char natural_sort_key",
            "sformat lengthb trim_oracle",
            // mathematics
            "abs acos asin atan atan2 ceil ceiling conv cos cot crc32 crc32c degrees exp floor ln log",
            "log10 log2 mod pi pow power radians rand round sign sin sqrt tan truncate",
            // dates
            "adddate addtime convert_tz curdate current_date current_time current_timestamp curtime",
            "date date_add date_format date_sub datediff day dayname dayofmonth dayofweek dayofyear",
            "extract from_days from_unixtime get_format hour last_day localtime localtimestamp makedate",
            "maketime microsecond minute month monthname now period_add period_diff quarter",
            "sec_to_time second str_to_date subdate subtime sysdate time time_format time_to_sec",
            "timediff timestamp timestampadd timestampdiff to_days to_seconds unix_timestamp utc_date",
            "utc_time utc_timestamp week weekday weekofyear year yearweek add_months months_between",
            // JSON, XML
            "json_array json_array_append json_array_insert json_contains json_contains_path json_depth",
            "json_extract json_insert json_keys json_length json_merge json_merge_patch",
            "json_merge_preserve json_object json_overlaps json_pretty json_quote json_remove",
            "json_replace json_schema_valid json_search json_set json_storage_size json_table json_type",
            "json_unquote json_valid json_value json_exists json_query json_compact json_detailed",
            "json_loose json_equals json_normalize extractvalue updatexml member",
            // bits, hashes, nets, uuids
            "bit_count md5 sha sha1 sha2 aes_encrypt aes_decrypt compress uncompress",
            "uncompressed_length inet_aton inet_ntoa inet6_aton inet6_ntoa is_ipv4 is_ipv4_compat",
            "is_ipv4_mapped is_ipv6 is_uuid uuid uuid_short uuid_to_bin bin_to_uuid random_bytes sys_guid",
            // geometry
            "st_area st_asgeojson st_astext st_aswkb st_aswkt st_asbinary st_buffer st_centroid",
            "st_contains st_convexhull st_crosses st_difference st_dimension st_disjoint st_distance",
            "st_distance_sphere st_endpoint st_envelope st_equals st_exteriorring st_geohash",
            "st_geomfromgeojson st_geomfromtext st_geomfromwkb st_intersection st_intersects",
            "st_isclosed st_isempty st_issimple st_isvalid st_latitude st_length st_longitude",
            "st_makeenvelope st_numpoints st_overlaps st_pointfromtext st_pointn st_simplify st_srid",
            "st_startpoint st_symdifference st_touches st_transform st_union st_within st_x st_y",
            "mbrcontains mbrcoveredby mbrcovers mbrdisjoint mbrequals mbrintersects mbroverlaps",
            "mbrtouches mbrwithin point linestring polygon multipoint multilinestring multipolygon",
            "geometrycollection",
            "st_aswkt st_boundary st_dimension st_geometryn st_geometrytype st_geometryfromtext",
            "st_geometryfromwkb st_geomcollfromtext st_geomcollfromwkb st_geometrycollectionfromtext",
            "st_geometrycollectionfromwkb st_interiorringn st_isring st_linefromtext st_linefromwkb",
            "st_linestringfromtext st_linestringfromwkb st_numgeometries st_numinteriorrings",
            "st_numinteriorring st_pointfromwkb st_pointonsurface st_polyfromtext st_polyfromwkb",
            "st_polygonfromtext st_polygonfromwkb st_relate st_collect st_hausdorffdistance",
            "st_frechetdistance st_lineinterpolatepoint st_pointatdistance st_pointfromgeohash",
            "st_latfromgeohash st_longfromgeohash st_swapxy st_validate st_geomfromewkt st_asewkt",
            "area asbinary astext aswkb aswkt boundary buffer centroid contains convexhull crosses",
            "dimension disjoint endpoint envelope equals exteriorring geomfromtext geomfromwkb",
            "geomcollfromtext geomcollfromwkb geometrycollectionfromtext geometrycollectionfromwkb",
            "geometryfromtext geometryfromwkb geometryn geometrytype glength interiorringn intersects",
            "isclosed isempty isring issimple linefromtext linefromwkb linestringfromtext",
            "linestringfromwkb mlinefromtext mlinefromwkb mpointfromtext mpointfromwkb mpolyfromtext",
            "mpolyfromwkb multilinestringfromtext multilinestringfromwkb multipointfromtext",
            "multipointfromwkb multipolygonfromtext multipolygonfromwkb numgeometries",
            "numinteriorrings numpoints overlaps pointfromtext pointfromwkb pointn pointonsurface",
            "polyfromtext polyfromwkb polygonfromtext polygonfromwkb srid startpoint st_multilinestringfromtext",
            "st_multipointfromtext st_multipolygonfromtext touches within x y mbrequal mbrdisjoint",
            // dynamic columns, old hashes, the rest
            "column_add column_check column_create column_delete column_exists column_get column_json",
            "column_list encode decode des_encrypt des_decrypt encrypt password old_password",
            "decode_oracle decode_histogram rpad_oracle lpad_oracle ltrim_oracle rtrim_oracle",
            "substr_oracle replace_oracle concat_operator_oracle rownum format_pico_time",
            "format_bytes uuid_v4 uuid_v7 uuidv4 uuidv7 vec_fromtext vec_totext vec_distance",
            "vec_distance_euclidean vec_distance_cosine json_array_intersect json_object_filter_keys",
            "json_object_to_array json_key_value json_unescape kdf chr st_simplify char_length",
            "json_schema_validation_report json_storage_free regexp_like gtid_subset gtid_subtract",
            "nchar trunc",
            "match name_const values version")
        .sideEffects(
            "default nextval setval get_lock release_lock release_all_locks sleep benchmark load_file",
            "master_pos_wait master_gtid_wait source_pos_wait wait_for_executed_gtid_set",
            "wait_until_sql_thread_after_gtids service_get_read_locks service_get_write_locks",
            "service_release_locks sys_exec sys_eval")
        .session(
            "last_insert_id row_count found_rows connection_id current_user session_user system_user",
            "user database schema current_role is_free_lock is_used_lock lastval ps_current_thread_id",
            "ps_thread_id current_schema binlog_gtid_pos last_value_seq statement_digest icu_version",
            "sqlcode sqlerrm")
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
            "thread_pool_waits slave_status optimizer_trace optimizer_costs user_variables")
        .sessionKeywords("CURRENT_USER CURRENT_ROLE")
        .sessionSchemas("performance_schema sys mysql")
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
