package io.rwsplit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:sqlite:/a@b.db | jdbc:sqlite:/a@b.db",
        "jdbc:sqlite:a.db?password=x | jdbc:sqlite:a.db?password=***",
        "jdbc:sqlite:file:a.db?key=x&cache=shared | jdbc:sqlite:file:a.db?key=***&cache=shared",
        "jdbc:sqlite:file:a.db?hexkey=0A&kdf_iter=4 | jdbc:sqlite:file:a.db?hexkey=***&kdf_iter=4",
        "jdbc:sqlite:a.db?foreign_keys=on | jdbc:sqlite:a.db?foreign_keys=on",
        "jdbc:postgresql://h:5432/d | jdbc:postgresql://h:5432/d",
        "jdbc:postgresql://h:1,i:2/d?x=y | jdbc:postgresql://h:1,i:2/d?x=y",
        "jdbc:postgresql://[::1]:5432/d | jdbc:postgresql://[::1]:5432/d",
        "jdbc:postgresql://[::1]/d | jdbc:postgresql://[::1]/d",
        "jdbc:postgresql://h/d?user=u@v&password=x | jdbc:postgresql://h/d?user=u@v&password=***",
        "jdbc:postgresql://h/d?PASSWORD=a;b&ssl=true | jdbc:postgresql://h/d?PASSWORD=***&ssl=true",
        "jdbc:postgresql://h/d?pass%77ord=x | jdbc:postgresql://h/d?pass%77ord=***",
        "jdbc:postgresql://h/d?password=a&b&ssl=true | jdbc:postgresql://h/d?password=***&ssl=true",
        "jdbc:postgresql://u:x@h/d | jdbc:postgresql://u:***@h/d",
        "jdbc:postgresql://h/d?sslpassword=x | jdbc:postgresql://h/d?sslpassword=***",
        "jdbc:mysql://u:x@h:3306/d?a=b | jdbc:mysql://u:***@h:3306/d?a=b",
        "jdbc:mysql://u:x/y@h/d | jdbc:mysql://u:***@h/d",
        "jdbc:mysql://u:1/y@h/d | jdbc:mysql://u:***@h/d",
        "jdbc:mysql://u:x?y@h/d | jdbc:mysql://u:***@h/d",
        "jdbc:mysql://u:1?y@h/d | jdbc:mysql://u:***@h/d",
        "jdbc:mysql://u:x=y@h/d | jdbc:mysql://u:***@h/d",
        "jdbc:mysql://u:x#y@h/d | jdbc:mysql://u:***@h/d",
        "jdbc:mysql://u:x@y@h/d | jdbc:mysql://u:***@h/d",
        "jdbc:mysql://u:x | jdbc:mysql://u:***",
        "jdbc:mysql://a:x@h,b:y@i/d | jdbc:mysql://a:***@i/d",
        "jdbc:mysql://(host=h,password=x,y)/d | jdbc:mysql://(host=h,password=***)/d",
        "jdbc:mysql://address=(password=x)(host=h)/d | jdbc:mysql://address=(password=***)/d",
        "jdbc:mariadb://h/d?keyStorePassword=x&a=b | jdbc:mariadb://h/d?keyStorePassword=***&a=b",
        "jdbc:mariadb://h/d?credentialType=x | jdbc:mariadb://h/d?credentialType=***",
        "jdbc:mariadb://h/d?PWD=x | jdbc:mariadb://h/d?PWD=***",
        "jdbc:h2:mem:a;USER=sa;PASSWORD=x;TRACE=1 | jdbc:h2:mem:a;USER=sa;PASSWORD=***;TRACE=1",
        "jdbc:h2:mem:a;PASSWORD=x\\;y;TRACE=1 | jdbc:h2:mem:a;PASSWORD=***;TRACE=1",
        "jdbc:h2:tcp://h:9092/a;PASSWORD=x | jdbc:h2:tcp://h:9092/a;PASSWORD=***",
        "jdbc:sqlserver://h:1433;user=u;password=x;a=b | jdbc:sqlserver://h:1433;user=u;password=***;a=b",
        "jdbc:oracle:thin:scott/x@h:1521/d | jdbc:oracle:***@h:1521/d",
        "postgres://u:x@h/d | postgres://u:***@h/d",
        "u:x@h/d | ***@h/d",
        "password=x | password=***",
        "round_robin | round_robin"
      })
  void secretsAreMaskedAndTheRestIsNot(String text, String shown) {
    assertEquals(shown, Secrets.mask(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite:/d/a.db?password=§",
        "jdbc:sqlite:/d/a.db?date_class=TEXT&password=§&x=y",
        "jdbc:sqlite:file:/d/a.db?key=§",
        "jdbc:sqlite:file:/d/a.db?hexkey=§&cipher=x",
        "jdbc:postgresql://h/d?password=§",
        "jdbc:postgresql://h:5432/d?user=u&password=§&ssl=true",
        "jdbc:postgresql:d?user=u@v&sslpassword=§",
        "jdbc:postgresql://u:§@h:5432/d",
        "jdbc:mariadb://h:3306/d?user=u&password=§",
        "jdbc:mariadb://address=(host=h)(password=§)/d",
        "jdbc:mysql://u:§@h:3306/d",
        "jdbc:mysql://u:§@h:3306/d?useSSL=true&a=b",
        "jdbc:mysql://u:§@a,v:§@b/d",
        "jdbc:mysql://(host=h,user=u,password=§)/d?a=b",
        "jdbc:mysql:loadbalance://h,i/d?password=§",
        "jdbc:h2:mem:a;PASSWORD=§",
        "jdbc:h2:tcp://h/~/d;USER=sa;PASSWORD=§;TRACE_LEVEL_FILE=0",
        "jdbc:oracle:thin:u/§@h:1521:d",
        "jdbc:unknown://u:§@h/d",
        "mysql://u:§@h/d",
        "//u:§@h"
      })
  void randomSecretsAreNeverShown(String pattern) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      String secret = "Q" + randomText(random, pattern) + "Z";
      String text = pattern.replace("§", secret);
      String shown = Secrets.mask(text);
      String message = "seed " + seed + ": " + text + " is shown as " + shown;
      assertFalse(shown.contains("Q") || shown.contains("Z"), message);
      assertFalse(JdbcUrl.parse(text).toString().contains("Q"), message);
    }
  }

  /** Any characters but those at which the driver itself would end the secret. */
  private static String randomText(Random random, String pattern) {
    String alphabet = "ab019 %41@:/?#+,.!$*'\"<>|^~`{}[]-_ü€\t";
    boolean inQuery = pattern.indexOf("=§") > pattern.indexOf('?') && pattern.indexOf('?') > 0;
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return inQuery ? text.append("=;()").toString() : text.toString();
  }

  @Test
  void nullStaysNull() {
    assertNull(Secrets.mask(null));
  }
}
