package io.rwsplit.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void writesEveryKindOfValue() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("null", null);
    all.put("yes", true);
    all.put("whole", 42L);
    all.put("int", -7);
    all.put("real", 0.25);
    all.put("none", Double.NaN);
    all.put("list", Arrays.asList(1L, "two", new ArrayList<>()));
    all.put("map", new LinkedHashMap<>());
    assertEquals(
        "{\"null\":null,\"yes\":true,\"whole\":42,\"int\":-7,\"real\":0.25,\"none\":null,"
            + "\"list\":[1,\"two\",[]],\"map\":{}}",
        JsonWriter.write(all));
    assertThrows(IllegalArgumentException.class, () -> JsonWriter.write(new Object()));
  }

  @Test
  void escapesWhatIsNotHarmless() {
    assertEquals(
        "\"\\u003c/script\\u003e \\\"\\\\\\n\\u0000\\u2028\\ud800 \ud83d\ude00\"",
        JsonWriter.write("</script> \"\\\n\u0000\u2028\ud800 \ud83d\ude00"));
  }

  @Test
  void isReadBackAsItWasWritten() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Object value = value(random, 4);
      assertEquals(value, Json.parse(JsonWriter.write(value)), () -> "seed " + seed);
    }
  }

  private static Object value(Random random, int depth) {
    switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0:
        return null;
      case 1:
        return random.nextBoolean();
      case 2:
        return (long) random.nextInt();
      case 3:
        return text(random);
      case 4:
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        return list;
      default:
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(text(random), value(random, depth - 1));
        }
        return map;
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
    }
    return text.toString();
  }
}
