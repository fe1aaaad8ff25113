package io.rwsplit.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The README's table of properties is the one in {@link Property}. Run with {@code
 * -Dreadme.update=true} to write it.
 */
class ReadmeTableTest {
  private static final String BEGIN = "<!-- configuration: generated from Property.java -->\n";
  private static final String END = "<!-- end of configuration -->\n";

  @Test
  void tableIsTheOneInTheCode() throws IOException {
    Path readme = new File("../README.md").toPath();
    String text = new String(Files.readAllBytes(readme), UTF_8);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertTrue(begin > BEGIN.length() && end >= begin, "the README's two markers are there");
    if (Boolean.getBoolean("readme.update")) {
      text = text.substring(0, begin) + table() + text.substring(end);
      Files.write(readme, text.getBytes(UTF_8));
      end = text.indexOf(END);
    }
    assertEquals(table(), text.substring(begin, end));
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| property | allowed | default | meaning |\n");
    table.append("|---|---|---|---|\n");
    for (Property property : Property.values()) {
      String given = property.defaultText();
      boolean literal = property.defaultValue() != null;
      table.append("| `").append(property.propertyName()).append("` | ");
      table.append(property.allowed()).append(" | ");
      table.append(literal ? "`" + given + "`" : given).append(" | ");
      table.append(property.meaning()).append(" |\n");
    }
    return table.toString();
  }
}
