package io.rwsplit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The part of YAML that is read, and how the rest is refused; {@code \n} is a line end below. */
class YamlTextTest {
  private static String parsed(String text) throws BadLine {
    StringBuilder all = new StringBuilder();
    for (FileEntry entry : YamlText.parse(text)) {
      all.append(all.length() == 0 ? "" : " ; ").append(entry.line).append(' ').append(entry.name);
      all.append('=').append(entry.value.replace(YamlText.SEPARATOR, '|'));
    }
    return all.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a: 1 ~ 1 a=1",
        "rwsplit:\\n  lag:\\n    max: 5s\\n  zone: eu ~ 3 rwsplit.lag.max=5s ; 4 rwsplit.zone=eu",
        "rwsplit.lag.max: 5s ~ 1 rwsplit.lag.max=5s",
        "a:\\n  b.c: x\\n  b: y ~ 2 a.b.c=x ; 3 a.b=y",
        "a: jdbc:sqlite:/data/app.db ~ 1 a=jdbc:sqlite:/data/app.db",
        "a: 'it''s # no comment' # one ~ 1 a=it's # no comment",
        "a: \"x\\\\ty\" ~ 1 a=x\ty",
        "a: x#y # z ~ 1 a=x#y",
        "a: [x, 'y, z', \"w\"] ~ 1 a=x|y, z|w",
        "a: [] ~ 1 a=",
        "a: ~ 1 a=",
        "a: '' ~ 1 a=",
        "a:\\n- x\\n- y\\nb: 1 ~ 1 a=x|y ; 4 b=1",
        "a:\\n  - x\\n  # c\\n\\n  - y ~ 1 a=x|y",
        "r:\\n  a:\\n  - x\\n  - y\\n  b: 2 ~ 2 r.a=x|y ; 5 r.b=2",
        "r:\\n    a:\\n        b: 1\\n    c: 2\\nd: 3 ~ 3 r.a.b=1 ; 4 r.c=2 ; 5 d=3",
        "---\\na: 1\\n... ~ 2 a=1",
        "# only\\n\\n ~ ",
        "'a b': 1 ~ 1 a b=1",
        "a: -1 ~ 1 a=-1",
        "a: off ~ 1 a=off",
        "a: x y  ~ 1 a=x y",
        "a:\\r\\n  b: 1 ~ 2 a.b=1"
      })
  void isRead(String text, String expected) throws BadLine {
    String lines = text.replace("\\r\\n", "\r\n").replace("\\n", "\n").replace("\\\\", "\\");
    assertEquals(expected == null ? "" : expected, parsed(lines));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a: 1\\n\tb: 2 ~ 2 ~ tab",
        "a:1 ~ 1 ~ neither a comment nor",
        "just text ~ 1 ~ neither a comment nor",
        "a: b: c ~ 1 ~ colon and a space",
        "a: 1\\na: 2 ~ 2 ~ gives a again",
        "a:\\n  b: 1\\n   c: 2 ~ 3 ~ indented differently",
        "a:\\n    b: 1\\n  c: 2 ~ 3 ~ indented differently",
        "a: 1\\n  b: 2 ~ 2 ~ indented differently",
        "a: &x 1 ~ 1 ~ an anchor",
        "a: *x ~ 1 ~ an alias",
        "a: !!str x ~ 1 ~ a tag",
        "a: | ~ 1 ~ a block of text",
        "a: > ~ 1 ~ a block of text",
        "a: {b: c} ~ 1 ~ a mapping",
        "a: @x ~ 1 ~ reserved",
        "a: [x, [y]] ~ 1 ~ a list in a list",
        "a: [x ~ 1 ~ does not end",
        "a: [x] y ~ 1 ~ after the list",
        "a: 'x ~ 1 ~ not closed",
        "a: 'x' y ~ 1 ~ after the closing",
        "a: - x ~ 1 ~ a list in a line",
        "- x ~ 1 ~ no name above",
        "a: 1\\n- x ~ 2 ~ no name above",
        "a:\\n  - x\\n - y ~ 3 ~ no name above",
        "a:\\n  - ~ 2 ~ without a value",
        "a: 1\\n---\\nb: 2 ~ 2 ~ second document",
        "a: 1\\n...\\nb: 2 ~ 3 ~ second document",
        "%YAML 1.2 ~ 1 ~ directive",
        ": x ~ 1 ~ no name",
        "a: \"\\\\q\" ~ 1 ~ escape"
      })
  void isRefused(String text, int line, String expected) {
    String lines = text.replace("\\n", "\n").replace("\\\\", "\\");
    BadLine bad = assertThrows(BadLine.class, () -> YamlText.parse(lines));
    assertTrue(bad.getMessage().contains(expected), bad.getMessage());
    assertEquals(line, bad.line());
  }

  /** Nothing but entries or a refusal comes of any text. */
  @Test
  void garbageIsReadOrRefused() {
    long seed = new Random().nextInt(1_000_000);
    System.out.println("random YAML: seed " + seed);
    Random random = new Random(seed);
    String signs = "ab:- \n\t#'\"[]{},&*!|>\\%@`?.~\r";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      try {
        YamlText.parse(text.toString());
      } catch (BadLine e) {
        assertTrue(e.line() > 0);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }
}
