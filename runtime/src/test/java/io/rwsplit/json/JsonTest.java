package io.rwsplit.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class JsonTest {
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "json.psv", delimiter = '|', quoteCharacter = '`')
  void isReadOrRefused(String text, String expected) throws Exception {
    String json = text == null ? "" : text;
    if (expected.startsWith("! ")) {
      JsonFault fault = assertThrows(JsonFault.class, () -> Json.parse(json));
      assertTrue(fault.getMessage().contains(expected.substring(2)), fault.getMessage());
    } else {
      assertEquals(expected, String.valueOf(Json.parse(json)));
    }
  }

  @Test
  void nestingHasALimit() throws Exception {
    assertEquals("[[[]]]", Json.parse("[[[]]]").toString());
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      deep.append(i % 2 == 0 ? "[" : "{\"a\":");
    }
    assertThrows(JsonFault.class, () -> Json.parse(deep.toString()));
  }

  /** Whatever is cut off or changed: a value or a fault, nothing else. */
  @Test
  void damagedTextIsAFaultOrAValue() {
    String whole =
        "{\"members\": [{\"name\": \"n\\u0031\", \"role\": \"leader\", \"port\": 5432, \"lag\":"
            + " -1.5e3, \"tags\": {\"a\": true, \"b\": null}}], \"pause\": false}";
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(whole);
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.setLength(at);
          text.append(' ');
        } else {
          text.setCharAt(at, (char) random.nextInt(256));
        }
      }
      try {
        Object value = Json.parse(text.toString());
        assertTrue(value == null || !value.toString().isEmpty() || text.indexOf("\"\"") >= 0);
      } catch (JsonFault e) {
        assertTrue(e.getMessage().contains(" at character "), e.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }
}
