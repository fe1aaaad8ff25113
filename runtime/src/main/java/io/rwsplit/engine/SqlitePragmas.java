package io.rwsplit.engine;

/**
 * The URL parameters sqlite-jdbc takes for pragmas ({@code SQLiteConfig.Pragma} of 3.54); all
 * others stay part of the file name it opens ({@code SQLiteConnection.extractPragmasFromFilename}).
 */
final class SqlitePragmas {
  /** How a read behaves or what it returns: a replica's connections need them too. */
  private static final String READING =
      " automatic_index cache_size cache_spill mmap_size case_sensitive_like count_changes"
          + " empty_result_callback foreign_keys full_column_names legacy_alter_table"
          + " read_uncommitted recursive_triggers reverse_unordered_selects short_column_names"
          + " temp_store temp_store_directory limit_length limit_sql_length limit_column"
          + " limit_expr_depth limit_compound_select limit_vdbe_op limit_function_arg"
          + " limit_attached limit_like_pattern_length limit_variable_number limit_trigger_depth"
          + " limit_worker_threads limit_page_count date_precision date_class date_string_format"
          + " hexkey_mode password ";

  /**
   * What writes to the file, locks it, or concerns writers: on a replica journal_mode and
   * locking_mode would break its feeding, transaction_mode would take its write lock, and
   * busy_timeout would make a read wait for a replica instead of going to the master.
   */
  private static final String WRITING =
      " open_mode shared_cache enable_load_extension default_cache_size defer_foreign_keys"
          + " encoding fullsync incremental_vacuum journal_mode journal_size_limit"
          + " legacy_file_format locking_mode page_size max_page_count secure_delete synchronous"
          + " user_version application_id wal_autocheckpoint transaction_mode busy_timeout"
          + " jdbc.explicit_readonly jdbc.get_generated_keys ";

  private SqlitePragmas() {}

  /** True when the driver takes this parameter (in lower case) for a pragma. */
  static boolean isPragma(String name) {
    return isListed(READING, name) || isListed(WRITING, name);
  }

  /** True when a replica's connections need the application's value of it. */
  static boolean isForReplicas(String name) {
    return isListed(READING, name);
  }

  private static boolean isListed(String list, String name) {
    return !name.isEmpty() && name.indexOf(' ') < 0 && list.contains(" " + name + " ");
  }
}
