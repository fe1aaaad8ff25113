package io.rwsplit.session;

import io.rwsplit.engine.Engine;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which settings made by SQL text can be given to a replica connection too. To have one more
 * mirrored, add its name to the table of its engine; what is in no table, or has a value that is
 * computed, ties the session to the master. Immutable and thread-safe.
 */
final class SettingModel {
  /** The settings of MySQL's character sets depend on each other and are set in one text. */
  static final String CHARSET = "charset";

  private static final Set<String> POSTGRES =
      words(
          // what names mean, who reads, what policies see
          "search_path role row_security",
          // how values are read and shown
          "timezone datestyle intervalstyle extra_float_digits bytea_output xmlbinary xmloption",
          "lc_messages lc_monetary lc_numeric lc_time default_text_search_config array_nulls",
          "transform_null_equals quote_all_identifiers escape_string_warning",
          "gin_fuzzy_search_limit client_min_messages",
          // limits
          "statement_timeout lock_timeout idle_in_transaction_session_timeout temp_file_limit",
          "application_name",
          // plans
          "work_mem maintenance_work_mem hash_mem_multiplier jit random_page_cost seq_page_cost",
          "cpu_tuple_cost effective_cache_size effective_io_concurrency plan_cache_mode geqo",
          "from_collapse_limit join_collapse_limit cursor_tuple_fraction",
          "max_parallel_workers_per_gather enable_seqscan enable_indexscan enable_indexonlyscan",
          "enable_bitmapscan enable_hashjoin enable_mergejoin enable_nestloop enable_sort",
          "enable_hashagg enable_material enable_memoize enable_parallel_hash",
          "enable_partition_pruning enable_partitionwise_join enable_partitionwise_aggregate",
          "constraint_exclusion default_statistics_target");

  private static final Set<String> MYSQL =
      words(
          "time_zone lc_time_names lc_messages sql_mode group_concat_max_len sql_select_limit",
          "div_precision_increment default_week_format sql_big_selects max_join_size sql_notes",
          "max_execution_time max_statement_time lock_wait_timeout innodb_lock_wait_timeout",
          "net_read_timeout net_write_timeout optimizer_switch optimizer_search_depth",
          "sort_buffer_size join_buffer_size read_buffer_size read_rnd_buffer_size tmp_table_size",
          "max_heap_table_size cte_max_recursion_depth max_sort_length eq_range_index_dive_limit",
          "windowing_use_high_precision information_schema_stats_expiry max_recursive_iterations");

  private static final Set<String> MYSQL_CHARSET =
      words(
          "character_set_client character_set_connection character_set_results",
          "collation_connection");

  /** They change how a text is read, and the classifier's reading with it. */
  private static final String[] LEXICAL_MODES = {
    "BACKSLASH", "ORACLE", "MSSQL", "DB2", "MAXDB", "POSTGRESQL"
  };

  /**
   * SQLite's PRAGMAs of flags, case_sensitive_like among them, take effect when they are compiled
   * (pragma.c): a prepared one is in force before it is run, and again only when it is compiled
   * anew. What a connection has then cannot be told from its executions: they tie the session.
   */
  private static final Set<String> SQLITE = words("cache_size");

  private static final Set<String> MYSQL_SERVERS =
      words("information_schema performance_schema sys mysql");

  private final Engine engine;

  SettingModel(Engine engine) {
    this.engine = engine;
  }

  /** True when names without a schema mean tables that show the state of the server. */
  boolean isInServersSchema(SessionSettings now) {
    Setting database = isMysql() ? now.get(Setting.DATABASE) : null;
    return database != null && MYSQL_SERVERS.contains(database.text().toLowerCase(Locale.ROOT));
  }

  /** True when a setting made inside a transaction ends with its rollback. */
  boolean isTransactional() {
    return engine == Engine.POSTGRESQL;
  }

  private boolean isMysql() {
    return engine == Engine.MYSQL || engine == Engine.MARIADB;
  }

  /** True when the setting of this lower-case name can be mirrored, if its value can. */
  boolean knows(String name) {
    switch (engine) {
      case POSTGRESQL:
        return POSTGRES.contains(name) || isCustom(name);
      case MYSQL:
      case MARIADB:
        return MYSQL.contains(name)
            || MYSQL_CHARSET.contains(name)
            || name.equals("names")
            || name.equals("character set")
            || name.equals("database")
            || name.equals("role");
      case SQLITE:
        return SQLITE.contains(name);
      default:
        return false;
    }
  }

  /** The key under which a setting of this name is kept. */
  String key(String name) {
    boolean charset =
        isMysql()
            && (MYSQL_CHARSET.contains(name)
                || name.equals("names")
                || name.equals("character set"));
    return charset ? CHARSET : name;
  }

  /** True when the value stands for the connection's default. */
  boolean isDefault(String name, String value) {
    if (engine != Engine.POSTGRESQL) {
      return false;
    }
    return value.equalsIgnoreCase("DEFAULT")
        || (name.equals("timezone") && value.equalsIgnoreCase("LOCAL"));
  }

  /**
   * The setting that an assignment makes.
   *
   * @param value as written
   * @param function true when {@code set_config} made it, which reads its value as the
   *     configuration file does
   * @param now what the session has set before
   * @return null when it cannot be mirrored
   */
  Setting setting(String name, String value, boolean function, SessionSettings now) {
    if (!knows(name) || value == null || value.isEmpty()) {
      return null;
    }
    switch (engine) {
      case POSTGRESQL:
        return ofPostgres(name, value, function);
      case SQLITE:
        return isLiteral(value) ? Setting.sql(name, "PRAGMA " + name + "=" + value) : null;
      default:
        return ofMysql(name, value, now);
    }
  }

  private static Setting ofPostgres(String name, String value, boolean function) {
    if (function) {
      return Setting.sql(name, "SELECT set_config('" + name + "'," + value + ",false)");
    }
    if (name.equals("role")) {
      return Setting.sql(name, "SET ROLE " + value);
    }
    return name.equals("timezone")
        ? Setting.sql(name, "SET TIME ZONE " + value)
        : Setting.sql(name, "SET " + name + " TO " + value);
  }

  private Setting ofMysql(String name, String value, SessionSettings now) {
    if (name.equals("database")) {
      String database = unquoted(value);
      return database == null ? null : Setting.catalog(database);
    }
    if (name.equals("names")) {
      return isCharset(value) ? Setting.sql(CHARSET, "SET NAMES " + value) : null;
    }
    if (!isLiteral(value)) {
      return null;
    }
    if (name.equals("character set")) {
      return Setting.sql(CHARSET, "SET CHARACTER SET " + value);
    }
    if (name.equals("role")) {
      return Setting.sql(name, "SET ROLE " + value);
    }
    if (MYSQL_CHARSET.contains(name)) {
      Setting before = now.get(CHARSET);
      String assignment = name + " = " + value;
      if (before != null && before.text().endsWith(assignment)) {
        return before;
      }
      String start = before == null ? "SET " : before.text() + ", ";
      return start.length() > 1_000 ? null : Setting.sql(CHARSET, start + assignment);
    }
    if (name.equals("sql_mode")) {
      String upper = value.toUpperCase(Locale.ROOT);
      for (String mode : LEXICAL_MODES) {
        if (upper.contains(mode)) {
          return null;
        }
      }
    }
    return Setting.sql(name, "SET SESSION " + name + " = " + value);
  }

  /** PostgreSQL's own settings have no dot in their name; a custom one belongs to nobody else. */
  private static boolean isCustom(String name) {
    return name.indexOf('.') > 0 && isWord(name, "._");
  }

  /** {@code utf8mb4}, {@code 'utf8mb4' COLLATE 'utf8mb4_bin'}. */
  private static boolean isCharset(String value) {
    String[] words = value.trim().split(" ", -1);
    return isLiteral(words[0])
        && (words.length == 1
            || (words.length == 3 && words[1].equalsIgnoreCase("COLLATE") && isLiteral(words[2])));
  }

  /** A number, a bare word, or one string without an escape. */
  static boolean isLiteral(String value) {
    char first = value.charAt(0);
    int n = value.length();
    if (first == '\'' || first == '"' || first == '`') {
      return n > 1
          && value.indexOf(first, 1) == n - 1
          && value.indexOf('\\') < 0
          && value.indexOf('?') < 0;
    }
    return isWord(first == '-' || first == '+' ? value.substring(1).trim() : value, "_.");
  }

  private static boolean isWord(String value, String others) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
      if (!plain && others.indexOf(c) < 0) {
        return false;
      }
    }
    return !value.isEmpty();
  }

  /** The name in backticks or without; null when there is more to it. */
  private static String unquoted(String value) {
    if (isWord(value, "_$")) {
      return value;
    }
    boolean quoted =
        value.length() > 2 && value.charAt(0) == '`' && value.indexOf('`', 1) == value.length() - 1;
    return quoted ? value.substring(1, value.length() - 1) : null;
  }

  private static Set<String> words(String... lines) {
    Set<String> words = new HashSet<>();
    for (String line : lines) {
      words.addAll(Arrays.asList(line.split(" ")));
    }
    return words;
  }
}
