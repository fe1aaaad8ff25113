package io.rwsplit.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.topology.ReplicationState;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MysqlSignalsTest {
  @ParameterizedTest
  @CsvSource({
    "5.7.44, true",
    "8.0.21, true",
    "8.0.22, false",
    "8.0.31-log, false",
    "8.4.0, false",
    "9.1, false"
  })
  void spellingByVersion(String version, boolean old) {
    assertEquals(old, MysqlSignals.isOld(version));
  }

  /** Two spellings of what two servers say; {@code ;} between channels. */
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "slave_io_running=Yes,slave_sql_running=Yes,seconds_behind_master=0"
            + "| replicates, by itself up to date",
        "replica_io_running=Yes,replica_sql_running=Yes,seconds_behind_source=7"
            + "| replicates, by itself behind by 7000.0 ms",
        "slave_io_running=Connecting,slave_sql_running=Yes,last_io_errno=2003,last_io_error=cannot"
            + "| receives nothing: IO thread: 2003 cannot",
        "slave_io_running=Yes,slave_sql_running=No,last_sql_errno=1062,last_sql_error=Duplicate"
            + "| replication stopped: SQL thread: 1062 Duplicate",
        "slave_io_running=Yes,slave_sql_running=No,last_sql_errno=0"
            + "| applies nothing: SQL thread is stopped",
        "connection_name=a,slave_io_running=Yes,slave_sql_running=Yes,seconds_behind_master=3;"
            + "connection_name=b,slave_io_running=No,slave_sql_running=No,last_sql_errno=1032,"
            + "last_sql_error=no row"
            + "| replication stopped: SQL thread of channel b: 1032 no row, by itself behind by 3000.0"
            + " ms"
      })
  void channels(String rows, String text) {
    assertEquals(text, state(rows).toString());
  }

  @Test
  void onlyAnErrorIsAProblem() {
    assertTrue(
        state("slave_sql_running=No,last_sql_errno=1062,last_sql_error=x")
            .problem()
            .startsWith("replication stopped"));
    assertNull(state("slave_sql_running=No,last_sql_errno=0").problem());
    assertNull(state("slave_io_running=No,last_io_errno=1236,slave_sql_running=Yes").problem());
    assertFalse(new MysqlSignals.Channels().state().reported().isKnown());
  }

  private static ReplicationState state(String rows) {
    MysqlSignals.Channels channels = new MysqlSignals.Channels();
    for (String row : rows.split(";", -1)) {
      Map<String, String> columns = new HashMap<>();
      for (String column : row.trim().split(",", -1)) {
        int equals = column.indexOf('=');
        columns.put(column.substring(0, equals), column.substring(equals + 1));
      }
      channels.add(columns);
    }
    return channels.state();
  }
}
