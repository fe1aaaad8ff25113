package io.rwsplit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerParametersTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://r/d, jdbc:postgresql://m/d, jdbc:postgresql://r/d",
    "jdbc:postgresql://r/d, jdbc:postgresql://m/d?currentSchema=a%26b&ssl,"
        + " jdbc:postgresql://r/d?currentSchema=a%26b&ssl",
    "jdbc:postgresql://r/d?currentSchema=r, jdbc:postgresql://m/d?CURRENTSCHEMA=m&stringtype=x,"
        + " jdbc:postgresql://r/d?currentSchema=r&stringtype=x",
    "jdbc:postgresql://r/d, jdbc:postgresql://m/d?targetServerType=primary&loadBalanceHosts=true,"
        + " jdbc:postgresql://r/d",
    "jdbc:mysql://r/d#note, jdbc:mysql://m/d?useSSL=false#x?y=z, jdbc:mysql://r/d?useSSL=false",
    "jdbc:mariadb://r/d, jdbc:mariadb://m/d?pool&createDatabaseIfNotExist=true&sslMode=trust,"
        + " jdbc:mariadb://r/d?sslMode=trust",
    "jdbc:mariadb://r/d, jdbc:postgresql://m/d?ssl=true, jdbc:mariadb://r/d"
  })
  void aReplicaIsOpenedAsTheMasterIs(String replica, String application, String expected) {
    assertEquals(expected, JdbcUrl.parse(replica).withParametersOf(JdbcUrl.parse(application)));
  }

  @Test
  void parametersAreReplacedWhateverTheirCase() {
    Map<String, String> replacements = new LinkedHashMap<>();
    replacements.put("socketTimeout", "socketTimeout=5");
    replacements.put("password", null);
    assertEquals(
        "jdbc:postgresql://h/d?user=u&socketTimeout=5",
        JdbcUrl.replaceParameters(
            "jdbc:postgresql://h/d?user=u&SOCKETTIMEOUT=0&password=p", replacements));
    assertEquals(
        "jdbc:postgresql://h/d?socketTimeout=5",
        JdbcUrl.replaceParameters("jdbc:postgresql://h/d", replacements));
  }
}
