package io.rwsplit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random texts have the meaning that the JDK gives them. */
class PropertiesTextTest {
  private static final String[] PIECES = {
    "a", "rwsplit.lag.max", "=", ":", " ", "\t", "\f", "\n", "\r\n", "\r", "\\\n", "\\\r\n", "#",
        "!",
    "\\\\", "\\=", "\\:", "\\ ", "\\t", "\\n", "\\u0041", "\u00e4", "value", "5s", "\\#", "$", "{",
        "}"
  };

  @Test
  void meansWhatTheJdkSays() throws IOException, BadLine {
    long seed = new Random().nextInt(1_000_000);
    System.out.println("random properties: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(14); n > 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      Properties expected = new Properties();
      expected.load(new StringReader(text.toString()));
      Properties actual = new Properties();
      for (FileEntry entry : PropertiesText.parse(text.toString())) {
        actual.setProperty(entry.name, entry.value);
      }
      // The JDK finds one at an end of file after a backslash.
      expected.remove("");
      actual.remove("");
      assertEquals(expected, actual, "seed " + seed + ": " + text);
    }
  }
}
