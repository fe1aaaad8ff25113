package io.rwsplit.compare;

import java.util.regex.Pattern;

/**
 * Whether two servers that hold the same data must answer a read with the same rows. Names count
 * wherever they stand in the text, in literals and comments too: a comparison less is no loss.
 * Facts from the manuals of SQLite, PostgreSQL, MariaDB and MySQL. Stateless.
 */
final class Stability {
  /** Words that stand alone. */
  private static final Pattern OF_THE_SERVER =
      words(
          "",
          "information_schema|performance_schema|pg_\\w+|sqlite_stat\\w*|dbstat|pragma_\\w+"
              + "|current_user|session_user|system_user|current_role|current_catalog"
              + "|current_schema|xmin|xmax|cmin|cmax|ctid|tableoid|(sys|mysql)\\s*\\.\\s*\\w+");

  private static final Pattern VARIABLE = Pattern.compile("(?<![\\w@<])@{1,2}[\\w`'\"]");

  /** Of PostgreSQL; elsewhere a name like others. Quoted, it is one there too. */
  private static final Pattern USER =
      Pattern.compile("(?<![\\w$.\"])user(?![\\w$.\"])", Pattern.CASE_INSENSITIVE);

  private static final Pattern CALL_OF_THE_SERVER =
      words(
          "\\s*\\(",
          "user|database|schema|version|current_\\w+|connection_id|sqlite_\\w+|inet_\\w+"
              + "|txid_\\w+|found_rows|row_count|last_insert_id|last_insert_rowid|changes"
              + "|total_changes|benchmark|gtid_\\w+|binlog_\\w+|master_\\w+|has_\\w+_privilege");

  private static final Pattern NOT_DETERMINISTIC =
      words(
          "",
          "current_date|current_time|current_timestamp|localtime|localtimestamp|tablesample|over"
              + "|distinct\\s+on|'(now|today|tomorrow|yesterday)'");

  private static final Pattern CALL_BY_CHANCE =
      words(
          "\\s*\\(",
          "random|random_\\w+|randomblob|rand|uuid\\w*|gen_random_\\w+|now|sysdate|curdate"
              + "|curtime|utc_\\w+|unix_timestamp|\\w+_timestamp|timeofday|age|sleep|pg_sleep"
              + "|nextval|currval|lastval|setval|\\w*_agg|group_concat|json_group_\\w+|any_value"
              + "|encrypt|random_bytes|xmlagg|json_\\w*agg|xpath_table");

  /** Of SQLite, without a point in time, or with one that a parameter names, perhaps 'now'. */
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\b(strftime\\s*\\(\\s*'[^']*'\\s*\\)"
              + "|(date|time|datetime|julianday|unixepoch|strftime|timediff)\\s*"
              + "\\(\\s*(\\)|[^)]*[?:@$]))",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NO_TOTAL_ORDER =
      words("", "limit|offset|fetch\\s+(first|next)|top|rownum");

  private Stability() {}

  private static Pattern words(String after, String alternatives) {
    return Pattern.compile(
        "(?<![\\w$])(" + alternatives + ")" + (after.isEmpty() ? "(?![\\w$])" : after),
        Pattern.CASE_INSENSITIVE);
  }

  /** Why nothing can be told by running it; null when something can. */
  static Undecided useless(String sql, boolean postgres) {
    if (OF_THE_SERVER.matcher(sql).find()
        || CALL_OF_THE_SERVER.matcher(sql).find()
        || VARIABLE.matcher(sql).find()
        || (postgres && USER.matcher(sql).find())) {
      return Undecided.OF_THE_SERVER;
    }
    boolean chance =
        NOT_DETERMINISTIC.matcher(sql).find()
            || CALL_BY_CHANCE.matcher(sql).find()
            || MOMENT.matcher(sql).find();
    return chance ? Undecided.NOT_DETERMINISTIC : null;
  }

  /** True when it may leave out rows, of which two servers may choose different ones. */
  static boolean limitsRows(String sql) {
    return NO_TOTAL_ORDER.matcher(sql).find();
  }
}
