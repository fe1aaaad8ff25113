package io.rwsplit.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConninfoTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "host=db1 port=5433 user=r | host='new' port='7' user='r'",
        "host=db1 | host='new' port='7'",
        "host = 'db1' user = 'a b' | host='new' user='a b' port='7'",
        "user=r hostaddr=10.0.0.1 host=db1 | user='r' host='new' port='7'",
        "host=db1 password='it\\'s \\\\' user=r | host='new' password='it\\'s \\\\' user='r' port='7'",
        "host=db1 password=a\\ b sslmode=require | host='new' password='a b' sslmode='require' port='7'",
        "host=db1 password='' user=r | host='new' password='' user='r' port='7'",
      })
  void onlyTheAddressChanges(String before, String after) throws ControlFailure {
    assertEquals(after, Conninfo.parse(before).to(new Address("new", 7)).text());
    assertEquals(after, Conninfo.parse(after).to(new Address("new", 7)).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "host=db1 port=5433 | db1:5433",
        "host=DB1 | db1:5432",
        "host=localhost port=1 | 127.0.0.1:1",
        "host=db1 hostaddr=10.0.0.1 port=1 | 10.0.0.1:1",
        "host=db1,db2 port=1 | null",
        "user=r | null",
      })
  void tellsTheAddress(String text, String address) throws ControlFailure {
    Address found = Conninfo.parse(text).address();
    assertEquals(address, found == null ? null : found.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql://db1/", "postgres://db1", "host", "host='db1"})
  void refusesWhatItCannotRead(String text) {
    assertThrows(ControlFailure.class, () -> Conninfo.parse(text));
  }
}
