package io.rwsplit.sql;

import io.rwsplit.engine.Engine;

/**
 * Names of functions of MySQL 8 and MariaDB 11 that have no effect and are the same on a replica.
 *
 * <p>A name that only one of the two has can be a stored function on the other, with any effect; so
 * can one that an older version lacks, which is for the catalog to say.
 */
final class MysqlFunctions {
  /** Of both. */
  private static final String[] COMMON = {
    // aggregates and windows
    "count sum avg min max group_concat bit_and bit_or bit_xor std stddev stddev_pop",
    "stddev_samp var_pop var_samp variance json_arrayagg json_objectagg row_number rank",
    "dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value",
    // control
    "if ifnull nullif coalesce greatest least interval isnull",
    // text
    "ascii bin bit_length char char_length character_length concat concat_ws elt export_set",
    "field find_in_set format from_base64 hex insert instr lcase left length locate lower",
    "lpad ltrim make_set mid oct octet_length ord position quote regexp_instr regexp_replace",
    "regexp_substr repeat replace reverse right rpad rtrim soundex space strcmp substr",
    "substring substring_index to_base64 trim ucase unhex upper weight_string convert cast",
    "charset coercibility collation binary",
    // mathematics
    "abs acos asin atan atan2 ceil ceiling conv cos cot crc32 degrees exp floor ln log log10",
    "log2 mod pi pow power radians rand round sign sin sqrt tan truncate",
    // dates
    "adddate addtime convert_tz curdate current_date current_time current_timestamp curtime",
    "date date_add date_format date_sub datediff day dayname dayofmonth dayofweek dayofyear",
    "extract from_days from_unixtime get_format hour last_day localtime localtimestamp",
    "makedate maketime microsecond minute month monthname now period_add period_diff quarter",
    "sec_to_time second str_to_date subdate subtime sysdate time time_format time_to_sec",
    "timediff timestamp timestampadd timestampdiff to_days to_seconds unix_timestamp utc_date",
    "utc_time utc_timestamp week weekday weekofyear year yearweek",
    // JSON, XML
    "json_array json_array_append json_array_insert json_contains json_contains_path",
    "json_depth json_extract json_insert json_keys json_length json_merge json_merge_patch",
    "json_merge_preserve json_object json_overlaps json_pretty json_quote json_remove",
    "json_replace json_schema_valid json_search json_set json_type json_unquote json_valid",
    "json_value json_table extractvalue updatexml",
    // bits, hashes, nets, uuids
    "bit_count md5 sha sha1 sha2 aes_encrypt aes_decrypt compress uncompress",
    "uncompressed_length inet_aton inet_ntoa inet6_aton inet6_ntoa is_ipv4 is_ipv4_compat",
    "is_ipv4_mapped is_ipv6 uuid uuid_short random_bytes",
    // geometry
    "st_area st_asgeojson st_astext st_aswkb st_aswkt st_asbinary st_buffer st_centroid",
    "st_contains st_convexhull st_crosses st_difference st_dimension st_disjoint st_distance",
    "st_distance_sphere st_endpoint st_envelope st_equals st_exteriorring st_geomfromgeojson",
    "st_geomfromtext st_geomfromwkb st_intersection st_intersects st_isclosed st_isempty",
    "st_issimple st_length st_numpoints st_overlaps st_pointfromtext st_pointn st_srid",
    "st_startpoint st_symdifference st_touches st_union st_within st_x st_y mbrcontains",
    "mbrdisjoint mbrequals mbrintersects mbroverlaps mbrtouches mbrwithin point linestring",
    "polygon multipoint multilinestring multipolygon geometrycollection st_geometryn",
    "st_geometrytype st_geometryfromtext st_geometryfromwkb st_geomcollfromtext",
    "st_geomcollfromwkb st_geometrycollectionfromtext st_geometrycollectionfromwkb",
    "st_interiorringn st_linefromtext st_linefromwkb st_linestringfromtext",
    "st_linestringfromwkb st_numgeometries st_numinteriorrings st_pointfromwkb",
    "st_polyfromtext st_polyfromwkb st_polygonfromtext st_polygonfromwkb contains srid",
    "st_multilinestringfromtext st_multipointfromtext st_multipolygonfromtext",
    // dynamic columns, old hashes, the rest
    "password format_pico_time nchar match name_const values"
  };

  private static final String[] MYSQL = {
    "any_value bin_to_uuid format_bytes grouping gtid_subset gtid_subtract is_uuid",
    "json_schema_validation_report json_storage_free json_storage_size",
    "mbrcoveredby mbrcovers member regexp_like st_collect st_frechetdistance st_geohash",
    "st_hausdorffdistance st_isvalid st_latfromgeohash st_latitude st_lineinterpolatepoint",
    "st_longfromgeohash st_longitude st_makeenvelope st_numinteriorring st_pointatdistance",
    "st_pointfromgeohash st_simplify st_swapxy st_transform st_validate uuid_to_bin"
  };

  private static final String[] MARIADB = {
    "add_months area asbinary astext aswkb aswkt boundary buffer centroid chr column_add",
    "column_check column_create column_delete column_exists column_get column_json",
    "column_list concat_operator_oracle convexhull crc32c crosses decode decode_histogram",
    "decode_oracle des_decrypt des_encrypt dimension disjoint encode encrypt endpoint",
    "envelope equals exteriorring geomcollfromtext geomcollfromwkb geometrycollectionfromtext",
    "geometrycollectionfromwkb geometryfromtext geometryfromwkb geometryn geometrytype",
    "geomfromtext geomfromwkb glength interiorringn intersects isclosed isempty isring",
    "issimple json_array_intersect json_compact json_detailed json_equals json_exists",
    "json_key_value json_loose json_normalize json_object_filter_keys json_object_to_array",
    "json_query kdf lengthb linefromtext linefromwkb linestringfromtext linestringfromwkb",
    "lpad_oracle ltrim_oracle mbrequal median mlinefromtext mlinefromwkb months_between",
    "mpointfromtext mpointfromwkb mpolyfromtext mpolyfromwkb multilinestringfromtext",
    "multilinestringfromwkb multipointfromtext multipointfromwkb multipolygonfromtext",
    "multipolygonfromwkb natural_sort_key numgeometries numinteriorrings numpoints nvl nvl2",
    "old_password overlaps percentile_cont percentile_disc pointfromtext pointfromwkb pointn",
    "pointonsurface polyfromtext polyfromwkb polygonfromtext polygonfromwkb replace_oracle",
    "rownum rpad_oracle rtrim_oracle sformat st_boundary st_isring st_pointonsurface",
    "st_relate startpoint substr_oracle sys_guid to_char touches trim_oracle trunc uuid_v4",
    "uuid_v7 vec_distance vec_distance_cosine vec_distance_euclidean vec_fromtext vec_totext",
    "within x y"
  };

  private MysqlFunctions() {}

  /** Lines of names separated by blanks. */
  static String[] pure(Engine engine) {
    String[] own = engine == Engine.MARIADB ? MARIADB : MYSQL;
    String[] all = new String[COMMON.length + own.length];
    System.arraycopy(COMMON, 0, all, 0, COMMON.length);
    System.arraycopy(own, 0, all, COMMON.length, own.length);
    return all;
  }
}
