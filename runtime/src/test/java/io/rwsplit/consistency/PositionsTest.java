package io.rwsplit.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
  private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

  @ParameterizedTest
  @CsvSource({
    "0/0, 0/0, true, true",
    "0/1, 0/0, true, false",
    "0/FFFFFFFF, 1/0, false, true",
    "16/B374D848, 16/B374D847, true, false",
    "FFFFFFFF/FFFFFFFF, 7FFFFFFF/FFFFFFFF, true, false",
    "80000000/0, 7FFFFFFF/FFFFFFFF, true, false"
  })
  void logSequenceNumbersAreUnsigned(String a, String b, boolean aIncludesB, boolean bIncludesA) {
    assertEquals(aIncludesB, Lsn.parse(a).includes(Lsn.parse(b)));
    assertEquals(bIncludesA, Lsn.parse(b).includes(Lsn.parse(a)));
    assertEquals(a, Lsn.parse(a).toString());
  }

  /** What the master has written is covered by the next beat, not by the newest. */
  @ParameterizedTest
  @CsvSource({"5, 5, false", "6, 5, true", "4, 5, false"})
  void aBeatCoversWhatWasWrittenBeforeIt(long shown, long newestOfMaster, boolean covers) {
    assertEquals(covers, Beat.shown(shown).includes(Beat.after(newestOfMaster)));
    assertTrue(Beat.after(shown).includes(Beat.shown(shown)));
    assertTrue(Beat.after(shown).includes(Beat.after(shown)));
    assertEquals(shown > newestOfMaster, !Beat.after(newestOfMaster).includes(Beat.shown(shown)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "1", "/1", "1/", "1/123456789", "g/1", "123456789/1"})
  void whatIsNoLogSequenceNumberIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Lsn.parse(text));
  }

  /** The insert position after a record that fills its page counts the next page's header. */
  @ParameterizedTest
  @CsvSource({
    "0/3002018, 0/3002000", // header of a page
    "0/3000028, 0/3000000", // longer header of a segment
    "0/3000018, 0/3000018", // in the middle of a segment's header: nothing known
    "0/3002028, 0/3002028", // a record of 16 bytes behind a page's header
    "0/3002000, 0/3002000",
    "0/3002019, 0/3002019"
  })
  void aPageHeaderIsNoRecord(String insert, String end) {
    assertEquals(Lsn.parse(end), Lsn.parse(insert).endOfLastRecord(8192, 16 << 20));
  }

  @Test
  void bytesAreCounted() {
    assertEquals(16, Lsn.parse("0/FFFFFFF8").bytesTo(Lsn.parse("1/8")));
    assertEquals(0, Lsn.parse("1/8").bytesTo(Lsn.parse("0/FFFFFFF8")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''          | ''            | true",
        "0-1-5       | ''            | true",
        "''          | 0-1-5         | false",
        "0-1-5       | 0-1-5         | true",
        "0-1-5       | 0-1-6         | false",
        "0-2-6       | 0-1-6         | true", // another server of the domain wrote it
        "0-1-6,1-1-3 | 0-1-6         | true",
        "0-1-6       | 0-1-6,1-1-3   | false",
        "0-1-6,1-1-2 | 0-1-6,1-1-3   | false",
        "1-1-3, 0-1-6| 0-1-6,1-1-3   | true",
        "0-1-10      | 0-1-9         | true", // as numbers, not as text
        "0-1-18446744073709551615 | 0-1-9223372036854775808 | true"
      })
  void mariadbComparesByDomain(String held, String needed, boolean expected) {
    assertEquals(expected, MariadbGtids.parse(held).includes(MariadbGtids.parse(needed)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-1", "0-1-x", "0:1:2", "0-1-5,7"})
  void whatIsNoMariadbGtidIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> MariadbGtids.parse(text));
  }

  /** As {@code GTID_SUBSET(needed, held)}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                 | ''                 | true",
        "A:1-5              | ''                 | true",
        "''                 | A:1                | false",
        "A:1-5              | A:1-5              | true",
        "A:1-5              | A:3                | true",
        "A:1-5              | A:6                | false",
        "A:1-5:7-9          | A:1-9              | false",
        "A:1-5:7-9          | A:2-4:8            | true",
        "A:1-5:6-9          | A:1-9              | true", // adjacent
        "A:7-9:1-5          | A:1-5:7            | true", // not in order
        "A:1-5,B:1-3        | B:2                | true",
        "A:1-5              | A:1-5,B:1          | false",
        "A:1-5:trx:1-2      | A:trx:2            | true", // tag, since 8.3
        "A:1-5              | A:trx:1            | false",
        "A:trx:1-5          | A:1                | false",
        "A:1-100            | A:99-101           | false"
      })
  void mysqlComparesSets(String held, String needed, boolean expected) {
    assertEquals(expected, MysqlGtids.parse(uuids(held)).includes(MysqlGtids.parse(uuids(needed))));
  }

  @Test
  void mysqlBreaksLinesInLongSets() {
    assertTrue(MysqlGtids.parse(uuids("A:1-5,\nB:1-3")).includes(MysqlGtids.parse(uuids("B:3"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A:1-x"})
  void whatIsNoMysqlSetIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> MysqlGtids.parse(uuids(text)));
  }

  private static String uuids(String text) {
    return text.replace("A", A).replace("B", B.toUpperCase(java.util.Locale.ROOT));
  }
}
