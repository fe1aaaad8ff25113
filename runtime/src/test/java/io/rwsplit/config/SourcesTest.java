package io.rwsplit.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.config.ConfigResult.State;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where values come from, which of several counts, and what of them is shown. */
class SourcesTest {
  private static final Map<String, String> NONE = Collections.emptyMap();
  private static final String MASTER = "rwsplit.master=jdbc:postgresql://m/shop\n";
  private static final String REPLICAS = "rwsplit.replicas=jdbc:postgresql://r/shop\n";

  @TempDir Path directory;

  private String file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.write(file, text.getBytes(UTF_8));
    return file.toString();
  }

  private static Map<String, String> map(String... entries) {
    Map<String, String> map = new TreeMap<>();
    for (String entry : entries) {
      if (!entry.isEmpty()) {
        int equals = entry.indexOf('=');
        map.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return map;
  }

  private ConfigResult read(String text, Map<String, String> properties, Map<String, String> env)
      throws IOException {
    return new ConfigInputs(properties, env, file("app.properties", text)).read();
  }

  private static Settings only(ConfigResult result) {
    assertEquals(State.CONFIGURED, result.state(), result.report());
    return result.configuration().groups().get(0);
  }

  /** The stronger source first: property, environment, file, a name of others. */
  @ParameterizedTest
  @CsvSource(
      value = {
        "1s, 2s, 3s, 4000, 1",
        "'', 2s, 3s, 4000, 2",
        "'', '', 3s, 4000, 3",
        "'', '', '', 4000, 4",
        "'', '', '', '', 10",
        "1s, '', 3s, '', 1",
        "'', 2s, '', 4s, 2"
      })
  void theStrongerSourceCounts(
      String property, String environment, String file, String alias, long seconds)
      throws IOException {
    Map<String, String> properties = map(property.isEmpty() ? "" : "rwsplit.lag.max=" + property);
    Map<String, String> variables =
        map(
            environment.isEmpty() ? "" : "RWSPLIT_LAG_MAX=" + environment,
            alias.isEmpty() ? "" : "MAX_REPLICATION_LAG=" + alias,
            "MASTER_DB_PATH=jdbc:postgresql://m/shop",
            "SLAVE_DB_PATHS=jdbc:postgresql://r/shop");
    String text = MASTER + REPLICAS + (file.isEmpty() ? "" : "rwsplit.lag.max = " + file);
    Settings settings = only(read(text, properties, variables));
    assertEquals(seconds * 1_000_000_000L, settings.lagMaxNanos());
  }

  @Test
  void contradictionsAndPlacesAreSaid() throws IOException {
    Settings settings =
        only(
            read(
                MASTER
                    + REPLICAS
                    + "rwsplit.lag.max=3s\nrwsplit.replicas.user=u\nrwsplit.replicas.password=s3cret",
                map("rwsplit.lag.max=1s", "rwsplit.replicas.password=s3cret2"),
                map("RWSPLIT_STRATEGY=random", "RWSPLIT_REPLICAS_USER=u")));
    List<String> said = settings.contradictions();
    assertEquals(2, said.size(), said.toString());
    assertTrue(
        said.get(0).startsWith("rwsplit.replicas.password is used, not rwsplit.replicas.password")
            && said.get(0).endsWith("line 5) = ***"),
        said.toString());
    assertTrue(said.get(1).endsWith("app.properties line 3) = 3s"), said.toString());
    String shown = settings.toString();
    assertTrue(shown.contains("rwsplit.strategy=random (environment RWSPLIT_STRATEGY)"), shown);
    assertTrue(shown.contains("app.properties line 1)"), shown);
    assertFalse(shown.contains("s3cret"), shown);
  }

  @Test
  void namesOfOthersAreTaken() {
    Map<String, String> others =
        map(
            "READ_WRITE_SPLITTING_ENABLED=true",
            "MASTER_DB_PATH=/data/master.db",
            "MASTER_DB_MAX_CONNECTIONS=1",
            "SLAVE_DB_PATHS=/data/r1.db, /data/r2.db",
            "SLAVE_DB_MAX_CONNECTIONS=5",
            "ROUTE_STRATEGY=LEAST_CONNECTIONS",
            "REPLICATION_LAG_CHECK_INTERVAL=30000",
            "MAX_REPLICATION_LAG=5000",
            "REPLICATION_LAG_ALERT_THRESHOLD=3000",
            "FAILOVER_ENABLED=true",
            "SLAVE_HEALTH_CHECK_INTERVAL=10000",
            "SLAVE_FAILURE_THRESHOLD=4",
            "READ_AFTER_WRITE_FROM_MASTER=false",
            "READ_AFTER_WRITE_WINDOW=2000");
    assertEquals(new java.util.TreeSet<>(Arrays.asList(names(Aliases.values()))), others.keySet());
    for (ConfigResult result :
        Arrays.asList(
            new ConfigInputs(NONE, others, null).read(),
            new ConfigInputs(others, NONE, null).read())) {
      assertEquals("", result.report());
      Settings settings = only(result);
      assertEquals("jdbc:sqlite:/data/master.db", settings.master().text());
      assertEquals("jdbc:sqlite:/data/r2.db", settings.replicas().get(1).text());
      assertEquals(6, settings.masterPoolMax());
      assertEquals(5, settings.replicaPoolMax());
      assertEquals(Strategy.LEAST_CONNECTIONS, settings.strategy());
      assertEquals(10_000_000_000L, settings.positionIntervalNanos());
      assertEquals(5_000_000_000L, settings.lagMaxNanos());
      assertEquals(3_000_000_000L, settings.lagAlertNanos());
      assertFalse(settings.masterMayChange());
      assertEquals(10_000_000_000L, settings.healthIntervalNanos());
      assertEquals(4, settings.healthFailures());
      assertEquals(Consistency.EVENTUAL, settings.consistency());
      assertEquals(2_000_000_000L, settings.readAfterWriteWindowNanos());
    }
    others.put("READ_WRITE_SPLITTING_ENABLED", "false");
    assertEquals(State.DISABLED, new ConfigInputs(NONE, others, null).read().state());
  }

  private static String[] names(Aliases[] aliases) {
    String[] names = new String[aliases.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = aliases[i].name();
    }
    return names;
  }

  @Test
  void namesOfOthersCountTogetherOnly() {
    Map<String, String> properties =
        map("rwsplit.master=jdbc:postgresql://m/a", "rwsplit.replicas=jdbc:postgresql://r/a");
    ConfigResult result =
        new ConfigInputs(properties, map("FAILOVER_ENABLED=true", "MASTER_DB_PATH=/x"), null)
            .read();
    assertFalse(only(result).masterMayChange());
    assertEquals(
        State.ABSENT, new ConfigInputs(NONE, map("MASTER_DB_PATH=/x"), null).read().state());
    Map<String, String> servers =
        map(
            "MASTER_DB_PATH=jdbc:postgresql://m/a",
            "SLAVE_DB_PATHS=jdbc:postgresql://r/a",
            "FAILOVER_ENABLED=TRUE");
    assertTrue(only(new ConfigInputs(NONE, servers, null).read()).masterMayChange());
  }

  @Test
  void faultsNameFileAndLine() throws IOException {
    ConfigResult result =
        read(
            "# comment\n" + MASTER + REPLICAS + "\nrwsplit.lag.max=3\nrwsplit.lag.maks=3s\n",
            NONE,
            NONE);
    assertEquals(State.FAULTY, result.state());
    String report = result.report();
    assertTrue(report.contains("app.properties line 5) = \"3\" has no unit"), report);
    assertTrue(report.contains("app.properties line 6) = \"3s\" is not a known property"), report);
    assertTrue(report.contains("perhaps you mean rwsplit.lag.max"), report);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1\\na=2\\n | line 2 gives a again, after line 1",
        "rwsplit.strict=true | line 1) is ignored: it must be a system property",
        "rwsplit.strong.sql=C:\\data | line 1 has a backslash before \"d\"",
        "a=\\u12x | line 1 has \\u without four"
      })
  void isWrongWithAFile(String text, String expected) throws IOException {
    String path = file("bad.properties", text.replace("\\n", "\n"));
    String report =
        new ConfigInputs(map(MASTER.trim(), REPLICAS.trim()), NONE, path).read().report();
    assertTrue(report.contains(expected), report);
  }

  @Test
  void filesThatAreNone() throws IOException {
    Path huge = directory.resolve("huge.yaml");
    Files.write(huge, new byte[TextFile.MOST_BYTES + 1]);
    Path latin = directory.resolve("latin.yaml");
    Files.write(latin, new byte[] {'#', '\n', 'a', (byte) 0xe4, '\n'});
    Path wide = directory.resolve("wide.yaml");
    Files.write(wide, "rwsplit: x".getBytes(java.nio.charset.StandardCharsets.UTF_16));
    Path zero = directory.resolve("zero.yaml");
    Files.write(zero, new byte[10]);
    Map<String, String> expected = new HashMap<>();
    expected.put(directory.toString(), "is a directory");
    expected.put(directory.resolve("none.yaml").toString(), "does not exist");
    expected.put(huge.toString(), "is larger than 1 MiB");
    expected.put(latin.toString(), "is not UTF-8 in line 2");
    expected.put(wide.toString(), "is UTF-16");
    expected.put(zero.toString(), "zero byte");
    for (Map.Entry<String, String> each : expected.entrySet()) {
      ConfigResult result = new ConfigInputs(NONE, NONE, each.getKey()).read();
      assertEquals(State.FAULTY, result.state());
      assertTrue(result.report().contains(each.getValue()), result.report());
      assertTrue(result.report().contains(each.getKey()), result.report());
    }
  }

  @Test
  void secretsStandElsewhere() throws IOException {
    String secret = file("secret", "s3cret of the file\n");
    String text = MASTER + REPLICAS + "rwsplit.replicas.user=u\nrwsplit.replicas.password";
    assertEquals(
        "s3cret of the file", only(read(text + ".file=" + secret, NONE, NONE)).replicaPassword());
    assertEquals(
        "s3cret of the file",
        only(read(text + "=${file:" + secret + "}", NONE, NONE)).replicaPassword());
    Map<String, String> variable = map("RWSPLIT_REPLICAS_PASSWORD_FILE=" + secret);
    Settings settings = only(read(MASTER + REPLICAS + "rwsplit.replicas.user=u", NONE, variable));
    assertEquals("s3cret of the file", settings.replicaPassword());
    assertFalse(settings.toString().contains("s3cret"), settings.toString());
    String path = System.getenv("PATH");
    assertEquals(
        "a" + path + "b${other}",
        only(read(text + "=a${env:PATH}b${other}", NONE, NONE)).replicaPassword());
    settings =
        only(
            read(
                MASTER
                    + "rwsplit.replicas=jdbc:postgresql://r/shop?user=u&password=${file:"
                    + secret
                    + "}",
                NONE,
                NONE));
    assertTrue(settings.replicas().get(0).text().contains("s3cret of"));
    assertFalse(settings.toString().contains("s3cret"), settings.toString());
  }

  @Test
  void whatSecretsMayLack() throws IOException {
    String text = MASTER + REPLICAS + "rwsplit.replicas.user=u\nrwsplit.replicas.password";
    String[][] cases = {
      {"=${env:RWSPLIT_NO_SUCH}", "the environment variable RWSPLIT_NO_SUCH, which is not set"},
      {"=${sys:no.such}", "the system property no.such, which is not set"},
      {"=${file:/no/such}", "the file /no/such, which does not exist"},
      {"=${file:/no/such", "without a closing }"},
      {".file=" + directory, "which is a directory"},
      {"=s3cret\nrwsplit.replicas.password.file=/no", "is given as rwsplit.replicas.password"}
    };
    for (String[] each : cases) {
      ConfigResult result = read(text + each[0], NONE, NONE);
      assertEquals(State.FAULTY, result.state(), each[0]);
      assertTrue(result.report().contains(each[1]), result.report());
      assertFalse(result.report().contains("s3cret"), result.report());
    }
  }

  /** Whatever is wrong with it, no secret is in what is shown of a configuration. */
  @ParameterizedTest
  @EnumSource(Property.class)
  void noPropertyShowsASecret(Property property) throws IOException {
    String secret = file("value", "t0p-secret");
    String[] values = {
      "jdbc:postgresql://u:t0p-secret@h/d",
      "jdbc:mysql://h/d?password=t0p-secret&x=1",
      "jdbc:sqlite:/data/x.db?hexkey=t0p-secret",
      "http://u:t0p-secret@h:1",
      "${file:" + secret + "}"
    };
    for (String value : values) {
      if (value.startsWith("${") && !property.isSecret()) {
        // Who refers to a secret where none belongs is shown the reference.
        continue;
      }
      for (String group : new String[] {"", "group.shop."}) {
        String name = Property.PREFIX + group + property.propertyName().substring(8);
        ConfigResult result =
            read(
                MASTER
                    + REPLICAS
                    + "rwsplit.group.shop.master=jdbc:mariadb://m/a\n"
                    + "rwsplit.group.shop.replicas=jdbc:mariadb://r/a\n",
                map(name + "=" + value, "rwsplit.groups=shop"),
                NONE);
        String shown = result.report();
        if (result.configuration() != null) {
          for (Settings each : result.configuration().groups()) {
            shown += each + "\n" + each.contradictions();
          }
        }
        assertFalse(shown.contains("t0p-secret"), name + "=" + value + "\n" + shown);
      }
    }
  }

  @Test
  void theFileOfTheArgumentGoesBefore() throws IOException {
    String other = file("other.properties", "rwsplit.lag.max=9s");
    String path = file("mine.properties", MASTER + REPLICAS);
    assertEquals(
        10_000_000_000L,
        only(new ConfigInputs(map("rwsplit.config=" + other), NONE, path).read()).lagMaxNanos());
    assertEquals(
        9_000_000_000L,
        only(new ConfigInputs(
                    map("rwsplit.config=" + other, MASTER.trim(), REPLICAS.trim()), NONE, " ")
                .read())
            .lagMaxNanos());
    assertEquals("/x", new ConfigInputs(NONE, map("RWSPLIT_CONFIG=/x"), null).file());
    assertTrue(new File(path).isFile());
  }
}
