package io.rwsplit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcealingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // a word within others
        "postgres | jdbc:postgresql://db1/shop | jdbc:postgresql://db1/shop",
        "postgres | org.postgresql.Driver and 9postgres | org.postgresql.Driver and 9postgres",
        "master | rwsplit-masters, MasterGate | rwsplit-masters, MasterGate",
        // the same as a word of its own
        "postgres | jdbc:postgresql://u:postgres@db1/shop | jdbc:postgresql://u:***@db1/shop",
        "postgres | jdbc:postgresql://db1/x?user=a&password=postgres | jdbc:postgresql://db1/x?user=a&password=***",
        "postgres | {user=postgres, password=postgres} | {user=***, password=***}",
        "postgres | FATAL: \"postgres\" is wrong | FATAL: \"***\" is wrong",
        "postgres | postgres | ***",
        "postgres | postgres_fdw x-postgres. | ***_fdw x-***.",
        "postgres | postgrespostgres postgres | postgrespostgres ***",
        "Summer | Summer Summertime summer | *** Summertime summer",
        "SUMMER | SUMMERTIME (SUMMER) | SUMMERTIME (***)",
        // encoded surroundings
        "postgres | u%3Apostgres%40db1 | u%3A***%40db1",
        "postgres | a\\npostgres\\tb | a\\n***\\tb",
        "postgres | \\u003dpostgres\\u0026 | \\u003d***\\u0026",
        "postgres | &amp;postgres&lt; | &amp;***&lt;",
        // after its name without anything between
        "postgres | mysql -ppostgres | mysql -p***",
        "postgres | PASSWORDpostgres | PASSWORD***",
        // what is no word is masked anywhere
        "postgres1 | xpostgres1x | x***x",
        "post-gres | xpost-gresx | x***x",
        "postGres | xpostGresx | x***x",
        "correcthorsebatterystaple | xcorrecthorsebatterystaplex | x***x",
        "pässword | xpässwordx | x***x"
      })
  void masksInItsPlaces(String secret, String text, String shown) {
    assertEquals(shown, Concealing.mask(text, secret));
  }

  /** Whatever separates them, no secret that is a word of its own is left. */
  @Test
  void leavesNoneThatIsSeparated() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String separators = " :/@?&=;,.'\"(){}[]<>|!#$*+-_~`^\\\t\n";
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = random.nextInt(6); part >= 0; part--) {
        text.append(random.nextBoolean() ? "word" : "postgresql");
        text.append(separators.charAt(random.nextInt(separators.length()))).append("postgres");
        text.append(separators.charAt(random.nextInt(separators.length())));
      }
      String shown = Concealing.mask(text.toString(), "postgres");
      assertFalse(shown.matches("(?s).*(^|[^a-zA-Z0-9])postgres([^a-zA-Z0-9]|$).*"), shown);
    }
  }
}
