package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.Set;

/**
 * Names of PostgreSQL's SQL. Facts from chapters 9 and 54 and appendix C of the PostgreSQL 15
 * manual and from pgjdbc's EscapedFunctions2.
 */
final class PostgresDialect {
  /** Settings on which the result of no read depends. */
  static final Set<String> HARMLESS_SETTINGS =
      Dialect.words(
          "application_name client_min_messages statement_timeout lock_timeout log_statement",
          "idle_in_transaction_session_timeout idle_session_timeout work_mem maintenance_work_mem",
          "temp_buffers synchronous_commit commit_delay jit deadlock_timeout",
          "log_min_duration_statement max_parallel_workers_per_gather random_page_cost",
          "effective_cache_size enable_seqscan enable_indexscan enable_hashjoin enable_mergejoin",
          "enable_nestloop enable_sort enable_bitmapscan enable_indexonlyscan enable_hashagg",
          "geqo from_collapse_limit join_collapse_limit plan_cache_mode temp_file_limit",
          "tcp_keepalives_idle tcp_keepalives_interval tcp_keepalives_count tcp_user_timeout",
          "client_connection_check_interval cursor_tuple_fraction");

  private PostgresDialect() {}

  /** True for the views that show a server's own counters, but not for the planner's statistics. */
  static boolean isStatistics(String name) {
    return name.startsWith("pg_stat_") || name.startsWith("pg_statio_");
  }

  static Dialect create(Engine engine) {
    return new Dialect.Builder(engine)
        .pure(
            // syntax that looks like a function
            "coalesce nullif greatest least extract cast position overlay substring trim row array",
            "grouping xmlelement xmlforest xmlconcat xmlagg xmlparse xmlserialize xmlattributes",
            "normalize treat",
            // aggregates and windows
            "count sum avg min max array_agg string_agg bool_and bool_or every bit_and bit_or bit_xor",
            "json_agg jsonb_agg json_object_agg jsonb_object_agg stddev stddev_pop stddev_samp",
            "variance var_pop var_samp corr covar_pop covar_samp regr_avgx regr_avgy regr_count",
            "regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy mode percentile_cont",
            "percentile_disc rank dense_rank percent_rank cume_dist row_number ntile lag lead",
            "first_value last_value nth_value range_agg range_intersect_agg any_value",
            // text
            "lower upper length char_length character_length octet_length bit_length btrim ltrim",
            "rtrim lpad rpad left right replace translate reverse repeat split_part strpos substr",
            "starts_with initcap ascii chr concat concat_ws format md5 sha224 sha256 sha384 sha512",
            "quote_ident quote_literal quote_nullable regexp_match regexp_matches regexp_replace",
            "regexp_split_to_array regexp_split_to_table regexp_count regexp_instr regexp_like",
            "regexp_substr string_to_array string_to_table to_hex encode decode convert_from",
            "convert_to get_byte set_byte get_bit set_bit bit_count unistr similar_escape like",
            "notlike textcat parse_ident casefold",
            // mathematics
            "pow acosd asind atand atan2d cosd cotd sind tand",
            "abs ceil ceiling floor round trunc sign sqrt cbrt power exp ln log log10 mod div",
            "factorial gcd lcm pi degrees radians sin cos tan cot asin acos atan atan2 sinh cosh",
            "tanh asinh acosh atanh random width_bucket scale min_scale trim_scale",
            // dates
            "now transaction_timestamp statement_timestamp clock_timestamp timeofday age date_part",
            "date_trunc date_bin to_char to_date to_timestamp to_number make_date make_time",
            "make_timestamp make_timestamptz make_interval justify_days justify_hours",
            "justify_interval isfinite current_timestamp current_time localtime localtimestamp",
            "timezone date_add date_subtract",
            // JSON
            "to_json to_jsonb row_to_json array_to_json json_build_object jsonb_build_object",
            "json_build_array jsonb_build_array json_object jsonb_object json_array_length",
            "jsonb_array_length json_each jsonb_each json_each_text jsonb_each_text",
            "json_extract_path jsonb_extract_path json_extract_path_text jsonb_extract_path_text",
            "json_object_keys jsonb_object_keys json_populate_record jsonb_populate_record",
            "json_populate_recordset jsonb_populate_recordset json_array_elements",
            "jsonb_array_elements json_array_elements_text jsonb_array_elements_text json_typeof",
            "jsonb_typeof json_to_record jsonb_to_record json_to_recordset jsonb_to_recordset",
            "json_strip_nulls jsonb_strip_nulls jsonb_set jsonb_set_lax jsonb_insert jsonb_pretty",
            "jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array",
            "jsonb_path_query_first jsonb_delete_path json_exists json_value json_query json_table",
            "json_scalar json_serialize",
            // arrays, ranges, sets
            "unnest array_length array_upper array_lower array_ndims array_dims array_append",
            "array_prepend array_cat array_remove array_replace array_position array_positions",
            "array_to_string array_fill cardinality trim_array generate_series generate_subscripts",
            "lower_inc upper_inc lower_inf upper_inf isempty range_merge int4range int8range",
            "numrange tsrange tstzrange daterange num_nulls num_nonnulls",
            // full text
            "to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_rank",
            "ts_rank_cd ts_headline setweight strip numnode querytree tsvector_to_array",
            "array_to_tsvector ts_lexize ts_delete ts_filter",
            // network, geometry, uuid, binary
            "host masklen netmask network broadcast family abbrev set_masklen text hostmask",
            "inet_same_family inet_merge area center diameter height width radius point box circle",
            "polygon path line lseg isclosed isopen npoints gen_random_uuid uuidv4 uuidv7",
            // types as functions, enums, XML
            "date time timestamp timestamptz timetz varchar bpchar numeric bool enum_first enum_last",
            "enum_range xpath xpath_exists xmlexists xmlcomment xmlroot xml_is_well_formed overlaps",
            // catalog
            "pg_get_partkeydef pg_get_statisticsobjdef pg_describe_object pg_identify_object",
            "pg_partition_root pg_column_compression pg_timezone_names pg_timezone_abbrevs pg_wal_lsn_diff",
            "format_type pg_get_constraintdef pg_get_expr pg_get_functiondef pg_get_indexdef",
            "pg_get_viewdef pg_get_userbyid pg_get_triggerdef pg_get_ruledef pg_get_keywords",
            "pg_get_function_arguments pg_get_function_identity_arguments pg_get_function_result",
            "pg_get_serial_sequence obj_description col_description shobj_description pg_typeof",
            "pg_relation_size pg_table_size pg_indexes_size pg_total_relation_size",
            "pg_database_size pg_tablespace_size pg_size_pretty pg_size_bytes pg_column_size",
            "pg_encoding_to_char pg_char_to_encoding to_regclass to_regproc to_regtype",
            "to_regnamespace to_regrole version",
            // pg_trgm, unaccent, fuzzystrmatch, pgcrypto digests, citext, hstore
            "similarity word_similarity strict_word_similarity show_trgm unaccent levenshtein",
            "soundex difference metaphone dmetaphone digest hmac",
            // SQL/JSON, XML, ranges, text search, random values, encodings, catalog
            "json json_array json_objectagg json_arrayagg json_agg_strict jsonb_agg_strict",
            "json_object_agg_strict json_object_agg_unique json_object_agg_unique_strict",
            "jsonb_object_agg_strict jsonb_object_agg_unique jsonb_object_agg_unique_strict jsonb_concat",
            "jsonb_contains jsonb_contained jsonb_delete jsonb_exists jsonb_exists_all jsonb_exists_any",
            "jsonb_object_field jsonb_object_field_text jsonb_array_element jsonb_array_element_text",
            "json_object_field json_object_field_text json_array_element json_array_element_text",
            "json_to_tsvector jsonb_to_tsvector jsonb_path_exists_tz jsonb_path_match_tz",
            "jsonb_path_query_tz jsonb_path_query_array_tz jsonb_path_query_first_tz jsonb_path_exists_opr",
            "jsonb_path_match_opr xmltable xmlnamespaces xmlpi xmltext xml_is_well_formed_document",
            "xml_is_well_formed_content xml int4multirange int8multirange nummultirange datemultirange",
            "tsmultirange tstzmultirange multirange range_intersect_agg range_contains range_contained_by",
            "range_overlaps range_minus range_union range_intersect range_adjacent range_contains_elem",
            "bound_box diagonal slope close_lseg is_normalized to_ascii random_normal array_sample",
            "array_shuffle array_sort array_reverse crc32 crc32c erf erfc gamma lgamma reverse to_bin",
            "to_oct json_scalar ts_debug ts_parse ts_token_type tsquery_phrase tsquery_and tsquery_or",
            "tsquery_not ts_match_vq ts_match_qv oid regclass regtype regproc regprocedure regoper",
            "regoperator regnamespace regrole regcollation regconfig regdictionary name float4 float8",
            "int2 int4 int8 money macaddr macaddr8 cidr inet uuid bytea tid xid xid8 pg_lsn jsonb",
            "convert getdatabaseencoding oidvectortypes  pg_input_is_valid",
            "pg_input_error_info pg_get_object_address pg_identify_object_as_address pg_collation_for",
            "pg_get_partition_constraintdef pg_get_function_arg_default pg_get_function_sqlbody",
            "pg_get_replica_identity_index pg_get_statisticsobjdef_columns pg_options_to_table",
            "pg_get_statisticsobjdef_expressions pg_get_catalog_foreign_keys pg_index_column_has_property",
            "pg_index_has_property pg_indexam_has_property pg_relation_is_updatable",
            "pg_column_is_updatable pg_relation_is_publishable pg_partition_tree pg_partition_ancestors",
            "pg_mcv_list_items pg_sequence_parameters pg_encoding_max_length to_regprocedure to_regoper",
            "to_regoperator to_regcollation satisfies_hash_partition acldefault aclexplode makeaclitem",
            "aclcontains mxid_age date_larger date_smaller text_larger text_smaller cash_words",
            "hashtext hashtextextended hashint4 hashint8 hash_numeric hash_array hash_record hashfloat8",
            "hashfloat4 hashbpchar hashchar hashoid hashname uuid_extract_timestamp uuid_extract_version",
            "pg_basetype pg_get_publication_tables pg_get_viewdef pg_snapshot_xip pg_snapshot_xmax",
            "pg_snapshot_xmin pg_visible_in_snapshot txid_visible_in_snapshot txid_snapshot_xip",
            "txid_snapshot_xmax txid_snapshot_xmin timestamptz_pl_interval in_range array_larger",
            "array_smaller arrayoverlap arraycontains arraycontained textlen bitcat byteacat",
            // contrib: hstore, ltree, cube, earthdistance, intarray, tablefunc's random numbers
            "hstore akeys avals skeys svals slice exist defined hstore_to_json hstore_to_jsonb",
            "hstore_to_array nlevel subltree subpath lca text2ltree ltree2text cube_dim cube_distance",
            "earth ll_to_earth earth_distance earth_box gc_to_sec sec_to_gc latitude longitude icount",
            "sort_asc sort_desc uniq idx subarray intset daitch_mokotoff",
            "levenshtein_less_equal dmetaphone_alt gen_salt crypt armor dearmor uuid_generate_v1",
            "uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns",
            "uuid_ns_url uuid_ns_oid uuid_ns_x500")
        .sideEffects(
            "nextval setval set_config setseed pg_notify pg_advisory_lock pg_advisory_xact_lock",
            "pg_advisory_lock_shared pg_advisory_xact_lock_shared pg_try_advisory_lock",
            "pg_try_advisory_xact_lock pg_try_advisory_lock_shared",
            "pg_try_advisory_xact_lock_shared pg_advisory_unlock pg_advisory_unlock_shared",
            "pg_advisory_unlock_all pg_cancel_backend pg_terminate_backend pg_reload_conf",
            "pg_rotate_logfile pg_switch_wal pg_create_restore_point pg_start_backup pg_stop_backup",
            "pg_backup_start pg_backup_stop pg_promote pg_stat_reset pg_stat_reset_shared",
            "pg_export_snapshot lo_create lo_creat lo_import lo_export lo_unlink lo_open lo_put",
            "lo_from_bytea lowrite loread lo_truncate lo_get dblink dblink_exec dblink_connect",
            "pg_sleep pg_sleep_for pg_sleep_until pg_logical_emit_message txid_current",
            "pg_current_xact_id query_to_xml table_to_xml database_to_xml cursor_to_xml",
            "pg_create_logical_replication_slot pg_create_physical_replication_slot",
            "database_to_xmlschema database_to_xml_and_xmlschema query_to_xmlschema cursor_to_xmlschema",
            "query_to_xml_and_xmlschema table_to_xmlschema table_to_xml_and_xmlschema",
            "schema_to_xmlschema schema_to_xml_and_xmlschema currtid2 lo_close lo_lseek lo_lseek64 lo_tell",
            "lo_tell64 lo_truncate64 pg_wal_replay_pause pg_wal_replay_resume pg_read_file",
            "pg_read_binary_file pg_ls_dir pg_stat_file pg_import_system_collations",
            "pg_log_backend_memory_contexts pg_stat_clear_snapshot pg_replication_origin_create",
            "pg_replication_origin_drop pg_replication_origin_advance pg_replication_slot_advance",
            "pg_copy_logical_replication_slot pg_copy_physical_replication_slot gin_clean_pending_list",
            "brin_summarize_range brin_summarize_new_values brin_desummarize_range pg_log_standby_snapshot",
            "pg_logical_slot_get_binary_changes pg_logical_slot_peek_changes pg_xact_status txid_status",
            "pg_sequence_last_value pg_xact_commit_timestamp pg_last_committed_xact pg_control_system",
            "ts_rewrite ts_stat schema_to_xml pg_drop_replication_slot pg_logical_slot_get_changes pg_file_write")
        .session(
            "pg_client_encoding currval lastval current_setting pg_backend_pid pg_is_in_recovery pg_current_wal_lsn",
            "pg_current_wal_insert_lsn pg_current_wal_flush_lsn pg_last_wal_replay_lsn",
            "pg_last_wal_receive_lsn pg_last_xact_replay_timestamp pg_blocking_pids",
            "inet_server_addr inet_server_port inet_client_addr inet_client_port current_schema",
            "current_schemas current_database current_user session_user current_catalog",
            "pg_my_temp_schema pg_is_other_temp_schema pg_postmaster_start_time pg_conf_load_time",
            "pg_current_snapshot txid_current_snapshot pg_current_xact_id_if_assigned",
            "txid_current_if_assigned pg_table_is_visible pg_type_is_visible pg_function_is_visible",
            "has_table_privilege has_schema_privilege has_column_privilege has_database_privilege",
            "has_function_privilege has_sequence_privilege pg_has_role pg_stat_get_activity",
            "pg_listening_channels pg_notification_queue_usage pg_trigger_depth pg_get_session")
        .jdbcEscapes(
            "ucase lcase concat length left right locate ltrim rtrim repeat replace space substring",
            "insert char ascii abs acos asin atan atan2 ceiling cos cot degrees exp floor log log10",
            "mod pi power radians rand round sign sin sqrt tan truncate curdate curtime now dayname",
            "dayofmonth dayofweek dayofyear hour minute month monthname quarter second week year",
            "timestampadd timestampdiff ifnull")
        .parenthesisKeywords(
            "ALL AND ANY ARRAY AS BETWEEN BY CASE CUBE DISTINCT ELSE ESCAPE EXCEPT EXISTS FETCH FILTER",
            "FIRST FROM GROUP HAVING ILIKE IN INTERSECT JOIN LATERAL LIKE LIMIT MATERIALIZED",
            "NEXT NOT OFFSET ON ONLY OR OVER OVERLAPS ROLLUP SELECT SETS SOME THEN TO",
            "UNION USING VALUES WHEN WHERE ZONE BERNOULLI SYSTEM REPEATABLE COLUMNS OPERATOR FOR ROW")
        .typeWords(
            "BIT CHAR CHARACTER DEC DECIMAL FLOAT INTERVAL NCHAR NUMERIC TIME TIMESTAMP VARCHAR")
        .operators(
            "= < > <= >= <> != + - * / % ^ || | & # ~ << >> !~ ~* !~* ~~ !~~ ~~* !~~* -> ->> #> #>>",
            "@> <@ && :: : @@ @ <-> |/ ||/ -|- &< &> <% %> <<| |>> => := ~= ## !! ^@ @-@ <^ >^ &<| |&>",
            "~<~ ~<=~ ~>~ ~>=~ *= *<> *< *> *<= *>= <<= >>= <<% %>> <<-> <->> @@@ @?",
            "#-",
            "( ) , . [ ] =* (*)")
        .sessionTables(
            "pg_stat_activity pg_locks pg_stat_replication pg_replication_slots pg_settings pg_sequences",
            "pg_stat_wal_receiver pg_prepared_statements pg_cursors pg_prepared_xacts",
            "pg_stat_database pg_stat_user_tables pg_stat_all_tables pg_stat_user_indexes",
            "pg_stat_all_indexes pg_statio_user_tables pg_statio_all_tables pg_stat_bgwriter",
            "pg_stat_wal pg_stat_archiver pg_stat_statements pg_stat_progress_vacuum",
            "pg_stat_ssl pg_stat_subscription pg_stat_io pg_file_settings pg_hba_file_rules",
            "pg_stat_sys_tables pg_stat_user_functions pg_backend_memory_contexts",
            "pg_shmem_allocations")
        .sessionKeywords(
            "CURRENT_USER SESSION_USER USER CURRENT_ROLE CURRENT_CATALOG CURRENT_SCHEMA SYSTEM_USER")
        .build();
  }
}
