package io.rwsplit.sql;

import io.rwsplit.engine.Engine;

/**
 * Names of H2's SQL, from "Functions", "Aggregate Functions" and "Window Functions" of the H2 2.3
 * manual. What is not listed as pure stays on the master: that includes random numbers, whose seed
 * is the session's, functions that only a compatibility mode has, and every alias.
 */
final class H2Dialect {
  private H2Dialect() {}

  static Dialect create() {
    return new Dialect.Builder(Engine.H2)
        .pure(
            // syntax that looks like a function
            "coalesce nullif greatest least extract cast position overlay substring trim row array",
            "casewhen convert decode ifnull isnull nvl nvl2 unnest system_range grouping",
            // aggregates and windows
            "count sum avg min max every bit_and_agg bit_or_agg bit_xor_agg any_value stddev_pop",
            "stddev_samp var_pop var_samp corr covar_pop covar_samp regr_avgx regr_avgy regr_count",
            "regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy listagg group_concat",
            "array_agg median mode percentile_cont percentile_disc rank dense_rank percent_rank",
            "cume_dist row_number ntile lag lead first_value last_value nth_value",
            // numbers
            "abs acos asin atan cos cosh cot sin sinh tan tanh atan2 bitand bitor bitxor bitnot",
            "bitget bitcount lshift rshift mod gcd lcm ceil ceiling degrees exp floor ln log log10",
            "radians sqrt pi power round sign trunc zero hash",
            // text
            "ascii bit_length length char_length character_length octet_length char chr concat",
            "concat_ws difference hextoraw rawtohex instr lower lcase upper ucase left right locate",
            "lpad rpad ltrim rtrim btrim regexp_replace regexp_like regexp_substr repeat replace",
            "soundex space stringdecode stringencode stringtoutf8 substr to_char translate",
            "utf8tostring quote_ident xmlattr xmlnode xmlcomment xmlcdata xmlstartdoc xmltext",
            // dates
            "now curdate curtime current_date current_time current_timestamp localtime",
            "localtimestamp dateadd timestampadd datediff timestampdiff date_trunc last_day dayname",
            "day_of_month dayofmonth day_of_week dayofweek iso_day_of_week day_of_year dayofyear",
            "formatdatetime hour minute month monthname parsedatetime quarter second week iso_week",
            "year iso_year to_date to_timestamp to_timestamp_tz",
            // arrays and JSON
            "array_get array_contains array_cat array_append array_slice array_length cardinality",
            "trim_array json_object json_array json_objectagg json_arrayagg")
        .sideEffects(
            "nextval csvwrite file_write link_schema set cancel_session abort_session rand random",
            "secure_rand")
        .session(
            "identity scope_identity last_insert_id currval lastval session_id transaction_id",
            "lock_mode lock_timeout memory_free memory_used readonly autocommit database",
            "database_path schema user current_user session_user current_schema current_catalog",
            "current_role csvread file_read disk_space_used")
        .jdbcEscapes(
            "abs acos asin atan cos cot sin tan ceiling degrees exp floor log log10 mod pi power",
            "radians round sign sqrt truncate ascii char concat difference lcase left length locate",
            "ltrim repeat replace right rtrim soundex space substring ucase curdate curtime dayname",
            "dayofmonth dayofweek dayofyear hour minute month monthname now quarter second week year",
            "ifnull convert")
        .parenthesisKeywords(
            "ALL AND ANY AS BETWEEN BY CASE CHECK DISTINCT ELSE END EXCEPT EXISTS FETCH FILTER FROM",
            "GROUP HAVING IN INNER INTERSECT IS JOIN LATERAL LIKE LIMIT MINUS NATURAL NOT OFFSET ON",
            "OR ORDER OVER PARTITION SELECT SOME THEN UNION USING VALUES WHEN WHERE WITH WITHIN")
        .typeWords(
            "CHAR CHARACTER VARCHAR VARCHAR_IGNORECASE BINARY VARBINARY NUMERIC DECIMAL DEC FLOAT",
            "TIME TIMESTAMP INTERVAL ENUM CLOB BLOB VARYING PRECISION")
        .operators("= <> != < > <= >= + - * / % || ::", "( ) , . [ ] =* (*)")
        .sessionSchemas("information_schema pg_catalog")
        .sessionKeywords(
            "CURRENT_USER SESSION_USER USER SYSTEM_USER CURRENT_ROLE CURRENT_CATALOG CURRENT_SCHEMA",
            "CURRENT_PATH NEXTVAL CURRVAL")
        .build();
  }
}
