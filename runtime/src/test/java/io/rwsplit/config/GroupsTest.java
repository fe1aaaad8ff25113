package io.rwsplit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.config.ConfigResult.State;
import io.rwsplit.engine.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several groups of databases in one configuration. */
class GroupsTest {
  private static final Map<String, String> NONE = Collections.emptyMap();

  private static final String[] TWO = {
    "rwsplit.groups=shop, Crm",
    "rwsplit.group.shop.master=jdbc:sqlite:/data/shop.db",
    "rwsplit.group.shop.replicas=jdbc:sqlite:/data/shop1.db",
    "rwsplit.group.crm.master=jdbc:postgresql://m/crm",
    "rwsplit.group.crm.replicas=jdbc:postgresql://r/crm"
  };

  private static Map<String, String> map(String... entries) {
    Map<String, String> map = new TreeMap<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      map.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return map;
  }

  private static ConfigResult read(String... further) {
    List<String> all = new ArrayList<>(Arrays.asList(TWO));
    all.addAll(Arrays.asList(further));
    return ConfigReader.read(map(all.toArray(new String[0])), NONE);
  }

  private static List<Settings> groups(ConfigResult result) {
    assertEquals(State.CONFIGURED, result.state(), result.report());
    return result.configuration().groups();
  }

  @Test
  void eachHasItsOwn() {
    List<Settings> groups =
        groups(
            read(
                "rwsplit.group.crm.lag.max=3s",
                "rwsplit.lag.max=7s",
                "rwsplit.group.shop.strategy=random"));
    assertEquals(2, groups.size());
    assertEquals("shop", groups.get(0).group());
    assertEquals(Engine.SQLITE, groups.get(0).engine());
    assertEquals(7_000_000_000L, groups.get(0).lagMaxNanos());
    assertEquals(Strategy.RANDOM, groups.get(0).strategy());
    assertEquals("Crm", groups.get(1).group());
    assertEquals(Engine.POSTGRESQL, groups.get(1).engine());
    assertEquals(3_000_000_000L, groups.get(1).lagMaxNanos());
    assertEquals(Strategy.ROUND_ROBIN, groups.get(1).strategy());
    assertEquals("", read("rwsplit.group.crm.lag.max=3s").report());
  }

  @Test
  void theOneWithoutANameIsFirst() {
    List<Settings> groups =
        groups(
            read(
                "rwsplit.master=jdbc:sqlite:/data/app.db",
                "rwsplit.replicas=jdbc:sqlite:/data/r1.db"));
    assertEquals(3, groups.size());
    assertEquals("", groups.get(0).group());
    assertTrue(groups.get(0).master().text().endsWith("app.db"));
  }

  @Test
  void theEnvironmentNamesThemToo() {
    Map<String, String> environment = new TreeMap<>();
    for (String entry : TWO) {
      int equals = entry.indexOf('=');
      String name = entry.substring(0, equals).toUpperCase(java.util.Locale.ROOT).replace('.', '_');
      environment.put(name, entry.substring(equals + 1));
    }
    environment.put("RWSPLIT_GROUP_CRM_READ_AFTER_WRITE_WINDOW", "9s");
    environment.put("RWSPLIT_LAG_MAX", "7s");
    // What is meant for a group is stronger, wherever it stands.
    environment.put("RWSPLIT_GROUP_SHOP_LAG_MAX", "2s");
    List<Settings> groups = groups(ConfigReader.read(map("rwsplit.lag.max=8s"), environment));
    assertEquals(2, groups.size());
    assertEquals(2_000_000_000L, groups.get(0).lagMaxNanos());
    assertEquals(8_000_000_000L, groups.get(1).lagMaxNanos());
    assertEquals(9_000_000_000L, groups.get(1).readAfterWriteWindowNanos());
    environment.put("RWSPLIT_GROUP_SHOP_LAG_MAKS", "2s");
    String report = ConfigReader.read(NONE, environment).report();
    assertTrue(report.contains("perhaps you mean RWSPLIT_GROUP_SHOP_LAG_MAX."), report);
  }

  @Test
  void oneCanBeSwitchedOff() {
    List<Settings> groups = groups(read("rwsplit.group.shop.enabled=false"));
    assertEquals(1, groups.size());
    assertEquals("Crm", groups.get(0).group());
    assertEquals(
        State.ABSENT,
        read("rwsplit.group.shop.enabled=false", "rwsplit.group.crm.enabled=false").state());
    assertEquals(State.DISABLED, read("rwsplit.enabled=false").state());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rwsplit.group.crm.lag.max=3 | rwsplit.group.crm.lag.max = \"3\" has no unit",
        "rwsplit.group.crm.replicas= | rwsplit.group.Crm.replicas is missing",
        "rwsplit.groups=shop,shop | names shop twice",
        "rwsplit.groups=shop,my-crm | names the group \"my-crm\"",
        "rwsplit.groups=shop,bare | rwsplit.group.bare.master is missing",
        "rwsplit.group.crm.replication=wal | is for SQLite only",
        "rwsplit.master=jdbc:sqlite:/data/../data/shop.db | is the master of the group without a name too",
        "rwsplit.group.crm.master=jdbc:sqlite:/data/shop.db | is the master of group shop too"
      })
  void isAFault(String property, String expected) {
    ConfigResult result = read(property, "rwsplit.replicas=jdbc:sqlite:/data/r.db");
    assertEquals(State.FAULTY, result.state(), result.report());
    assertTrue(result.report().contains(expected), result.report());
  }

  @Test
  void filesBelongToOneGroup() {
    String[] plain = {
      "rwsplit.master=jdbc:sqlite:/data/shop1.db", "rwsplit.replicas=jdbc:sqlite:/data/shop.db"
    };
    String report = read(plain).report();
    assertTrue(report.contains("is the master of group shop too"), report);
    assertTrue(report.contains("is the master of the group without a name too"), report);
    plain[0] = "rwsplit.master=jdbc:sqlite:/data/app.db";
    plain[1] = "rwsplit.replicas=jdbc:sqlite:/data/shop1.db";
    report = read(plain).report();
    assertTrue(report.contains("is a replica of"), report);
  }

  @Test
  void whatIsWrongForAllIsSaidOnce() {
    ConfigResult result = read("rwsplit.lag.max=3", "rwsplit.zone=a b");
    assertEquals(2, result.faults().size(), result.report());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rwsplit.group.shop.lag.maks=3s | perhaps you mean rwsplit.group.shop.lag.max.",
        "rwsplit.group.ship.lag.max=3s | rwsplit.groups does not name ship",
        "rwsplit.group.shop.log.level=debug | rwsplit.log.level is for the whole JVM",
        "rwsplit.group.shop=x | is not a known property",
        "rwsplit.group.=x | is not a known property"
      })
  void isAWarning(String property, String expected) {
    ConfigResult result = read(property);
    assertEquals(State.CONFIGURED, result.state(), result.report());
    assertEquals(1, result.warnings().size(), result.report());
    assertTrue(result.report().contains(expected), result.report());
  }

  @Test
  void secretsOfGroupsAreMasked() {
    ConfigResult result =
        read(
            "rwsplit.group.crm.replicas.password=s3cret",
            "rwsplit.group.crm.replicas.pasword=s3cret2",
            "rwsplit.group.shop.replicas.password=s3cret3");
    assertEquals(State.FAULTY, result.state(), result.report());
    assertFalse(result.report().contains("s3cret"), result.report());
    assertTrue(result.report().contains("rwsplit.group.crm.replicas.password"), result.report());
  }
}
