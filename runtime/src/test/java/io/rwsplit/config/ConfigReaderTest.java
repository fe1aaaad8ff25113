package io.rwsplit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.config.ConfigResult.State;
import io.rwsplit.engine.Engine;
import io.rwsplit.log.LogLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigReaderTest {
  private static final Map<String, String> NONE = Collections.emptyMap();
  private static final String MASTER = "rwsplit.master=jdbc:sqlite:/data/app.db";
  private static final String REPLICAS =
      "rwsplit.replicas=jdbc:sqlite:/data/r1.db,jdbc:sqlite:/data/r2.db";

  @Test
  void defaultsHold() {
    Settings settings = configured(MASTER, REPLICAS);
    assertEquals(Engine.SQLITE, settings.engine());
    assertEquals("jdbc:sqlite:/data/app.db", settings.master().text());
    assertEquals(2, settings.replicas().size());
    assertEquals("jdbc:sqlite:/data/r2.db", settings.replicas().get(1).text());
    assertNull(settings.replicaUser());
    assertNull(settings.replicaPassword());
    assertEquals(ReplicationMode.WAL, settings.replication());
    assertEquals(Strategy.ROUND_ROBIN, settings.strategy());
    assertEquals(Consistency.SESSION, settings.consistency());
    assertEquals(0, settings.consistencyWaitNanos());
    assertEquals(0, settings.replicationDelayNanos(1));
    assertEquals(SyncMode.ASYNC, settings.sync());
    assertEquals(1, settings.syncReplicas());
    assertEquals(1_000_000_000L, settings.syncTimeoutNanos());
    assertEquals(5_000_000_000L, settings.readAfterWriteWindowNanos());
    assertEquals(10_000_000_000L, settings.lagMaxNanos());
    assertEquals(10, settings.replicaPoolMax());
    assertEquals(1, settings.replicaPoolMinIdle());
    assertEquals(8, settings.masterPoolMax());
    assertEquals(1_000_000_000L, settings.healthIntervalNanos());
    assertEquals(3, settings.healthFailures());
    assertFalse(settings.logRoutes());
    assertEquals(60_000_000_000L, settings.reportIntervalNanos());
    assertEquals(SqliteWal.AUTO, settings.sqliteWal());
  }

  @Test
  void everythingCanBeSet() {
    Settings settings =
        configured(
            "rwsplit.enabled=TRUE",
            "rwsplit.master= jdbc:postgresql://m/shop ",
            "rwsplit.replicas=jdbc:postgresql://r1,r2/shop?a=1,2, jdbc:postgresql://r3/shop,",
            "rwsplit.replicas.user=reader",
            "rwsplit.replicas.password= s p ",
            "rwsplit.replication=off",
            "rwsplit.strategy=Least_Connections",
            "rwsplit.read-after-write=false",
            "rwsplit.read-after-write.window=500ms",
            "rwsplit.consistency.wait=20ms",
            "rwsplit.lag.max=2m",
            "rwsplit.pool.replica.max=3",
            "rwsplit.pool.replica.min-idle=0",
            "rwsplit.pool.master.max=6",
            "rwsplit.health.interval=250ms",
            "rwsplit.health.failures=1",
            "rwsplit.log.routes=true",
            "rwsplit.log.level=debug",
            "rwsplit.report.interval=off",
            "rwsplit.sqlite.wal=off",
            "rwsplit.strict=true");
    assertEquals(2, settings.replicas().size());
    assertEquals(2, settings.replicas().get(0).hosts().size());
    assertEquals("jdbc:postgresql://r3/shop", settings.replicas().get(1).text());
    assertEquals("reader", settings.replicaUser());
    assertEquals(" s p ", settings.replicaPassword());
    assertEquals(ReplicationMode.OFF, settings.replication());
    assertEquals(Strategy.LEAST_CONNECTIONS, settings.strategy());
    assertEquals(Consistency.EVENTUAL, settings.consistency());
    assertEquals(20_000_000L, settings.consistencyWaitNanos());
    assertEquals(500_000_000L, settings.readAfterWriteWindowNanos());
    assertEquals(120_000_000_000L, settings.lagMaxNanos());
    assertEquals(3, settings.replicaPoolMax());
    assertEquals(0, settings.replicaPoolMinIdle());
    assertEquals(6, settings.masterPoolMax());
    assertEquals(250_000_000L, settings.healthIntervalNanos());
    assertEquals(1, settings.healthFailures());
    assertTrue(settings.logRoutes());
    assertEquals(0, settings.reportIntervalNanos());
    assertEquals(SqliteWal.OFF, settings.sqliteWal());
    assertFalse(settings.toString().contains("s p"), settings.toString());
  }

  @Test
  void whatIsOfTheJvmIsNoGroups() {
    JvmSettings jvm = read(MASTER, REPLICAS).configuration().jvm();
    assertEquals(LogLevel.INFO, jvm.logLevel());
    assertFalse(jvm.strict());
    jvm =
        read(MASTER, REPLICAS, "rwsplit.log.level=debug", "rwsplit.strict=true")
            .configuration()
            .jvm();
    assertEquals(LogLevel.DEBUG, jvm.logLevel());
    assertTrue(jvm.strict());
  }

  @Test
  void replicasHaveTheirTraits() {
    BalanceSettings balance =
        configured(
                MASTER,
                REPLICAS,
                "rwsplit.strategy=weighted_round_robin",
                "rwsplit.replicas.weight=0, 7",
                "rwsplit.replicas.zone= eu ,",
                "rwsplit.replicas.tags=Reports + nightly,",
                "rwsplit.zone=eu",
                "rwsplit.tagged.sql=reports=GROUP BY; replica2=a;nightly=c{1,2};x",
                "rwsplit.tagged.tables=nightly=Ledger,app.Item",
                "rwsplit.tagged.classes=nightly=com.acme.;reports=org.acme.",
                "rwsplit.read.master-share=5",
                "rwsplit.replication.delay=0ms,4s")
            .balance();
    assertEquals(0, balance.weight(0));
    assertEquals(7, balance.weight(1));
    assertEquals(1, balance.priority(1));
    assertEquals("eu", balance.zone(0));
    assertEquals("", balance.zone(1));
    assertEquals("eu", balance.ownZone());
    assertEquals(Arrays.asList("Reports", "nightly"), balance.tags(0));
    assertEquals(Collections.emptyList(), balance.tags(1));
    assertEquals("reports", balance.taggedSql().get(0).tag());
    assertEquals("GROUP BY", balance.taggedSql().get(0).pattern().pattern());
    assertEquals("replica2", balance.taggedSql().get(1).tag());
    assertEquals("a", balance.taggedSql().get(1).pattern().pattern());
    assertEquals("c{1,2};x", balance.taggedSql().get(2).pattern().pattern());
    assertEquals(Arrays.asList("ledger", "app.item"), balance.taggedTables().get(0).names());
    assertEquals("reports", balance.taggedClasses().get(1).tag());
    assertEquals(5, balance.masterShare());
    assertEquals(5_000_000_000L, balance.lagReadmitNanos(0));
    assertEquals(7_000_000_000L, balance.lagReadmitNanos(1));
    assertEquals(1_000_000_000L, balance.observationNanos());
    assertEquals(5_000_000_000L, balance.slowStartNanos());
  }

  @Test
  void traitsHaveDefaults() {
    BalanceSettings balance = configured(MASTER, REPLICAS).balance();
    assertEquals(1, balance.weight(1));
    assertEquals(1, balance.priority(1));
    assertEquals("", balance.zone(1));
    assertNull(balance.ownZone());
    assertEquals(Collections.emptyList(), balance.tags(0));
    assertEquals(0, balance.masterShare());
    assertEquals(5_000_000_000L, balance.lagReadmitNanos(1));
  }

  @Test
  void sixtyFiveReplicasAreTooMany() {
    StringBuilder replicas = new StringBuilder("rwsplit.replicas=");
    for (int i = 0; i < 65; i++) {
      replicas.append(i == 0 ? "" : ",").append("jdbc:sqlite:/data/r").append(i).append(".db");
    }
    ConfigResult result = ConfigReader.read(map(MASTER, replicas.toString()), NONE);
    assertEquals(1, result.faults().size(), result.report());
    assertTrue(result.report().contains("names 65 replicas"), result.report());
  }

  /** Each row: properties, then what the one fault's line must hold; empty for none. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "faults.psv", delimiter = '|', numLinesToSkip = 1)
  void faultIsNamed(String properties, String name, String expected) {
    ConfigResult result = ConfigReader.read(map(properties.split(" ", -1)), NONE);
    if (name == null) {
      assertEquals(State.CONFIGURED, result.state(), result.report());
      return;
    }
    assertEquals(State.FAULTY, result.state());
    assertEquals(1, result.faults().size(), result.report());
    assertEquals(name, result.faults().get(0).name());
    String line = result.faults().get(0).toString();
    assertTrue(line.contains(expected), line);
    assertNotNull(result.faults().get(0).allowed());
  }

  @Test
  void fiveWrongWaysAreFiveNamedFaultsInOneReport() {
    ConfigResult result =
        read(
            "rwsplit.master=jdbc:oracle:thin:scott/tiger@h:1521/x",
            "rwsplit.replicas=/data/r1.db",
            "rwsplit.lag.max=5",
            "rwsplit.strategy=fastest",
            "rwsplit.pool.replica.max=1000000000000000000000000000000",
            "rwsplit.log.leve=debug");
    assertEquals(State.FAULTY, result.state());
    assertFalse(result.refusesStart());
    List<String> names = new ArrayList<String>();
    for (Fault fault : result.faults()) {
      names.add(fault.name());
    }
    Collections.sort(names);
    assertEquals(
        Arrays.asList(
            "rwsplit.lag.max",
            "rwsplit.master",
            "rwsplit.pool.replica.max",
            "rwsplit.replicas",
            "rwsplit.strategy"),
        names);
    String report = result.report();
    assertTrue(report.contains("has 5 faults; the application runs without"), report);
    assertTrue(report.contains("rwsplit.lag.max = \"5\" has no unit (ms, s, m, h)"), report);
    assertTrue(report.contains("Warning: rwsplit.log.leve = \"debug\" is not a known"), report);
    assertTrue(report.contains("perhaps you mean rwsplit.log.level"), report);
    assertFalse(report.contains("tiger"), report);
    for (String line : report.trim().split("\n", -1)) {
      assertTrue(line.startsWith("[rwsplit] "), line);
    }
  }

  @Test
  void strictRefusesToStart() {
    ConfigResult result = read(MASTER, REPLICAS, "rwsplit.strict=true", "rwsplit.lag.max=x");
    assertTrue(result.refusesStart());
    assertTrue(result.report().contains("is not started (rwsplit.strict=true)"));
    assertFalse(read(MASTER, REPLICAS, "rwsplit.strict=true").refusesStart());
    assertFalse(read(MASTER, REPLICAS, "rwsplit.strict=perhaps").refusesStart());
  }

  @ParameterizedTest
  @CsvSource({
    "'', ABSENT",
    "rwsplit.log.level=debug, ABSENT",
    "rwsplit.strict=true, ABSENT",
    "rwsplit.enabled=true, ABSENT",
    "rwsplit.master=, ABSENT",
    "rwsplit.master= rwsplit.replicas=, ABSENT",
    "rwsplit.enabled=false, DISABLED",
    "rwsplit.enabled=FALSE rwsplit.master=nonsense rwsplit.lag.max=x rwsplit.what=x, DISABLED"
  })
  void withoutConfigurationNothingIsSaid(String properties, State state) {
    ConfigResult result = ConfigReader.read(map(properties.split(" ", -1)), NONE);
    assertEquals(state, result.state());
    assertEquals("", result.report());
    assertNull(result.configuration());
    assertFalse(result.refusesStart());
  }

  @Test
  void misspeltMasterIsNotSilent() {
    ConfigResult result =
        read("rwsplit.mater=jdbc:sqlite:a.db", "rwsplit.replica=jdbc:sqlite:b.db");
    assertEquals(State.ABSENT, result.state());
    assertTrue(result.report().contains("perhaps you mean rwsplit.master"), result.report());
    assertTrue(result.report().contains("perhaps you mean rwsplit.replicas"), result.report());
  }

  @ParameterizedTest
  @CsvSource({
    "rwsplit.replicas.passwort, rwsplit.replicas.password",
    "rwsplit.read_after_write, rwsplit.read-after-write",
    "rwsplit.Master, rwsplit.master",
    "rwsplit.lag-max, rwsplit.lag.max",
    "rwsplit.pool.max,",
    "rwsplit.something.else.entirely,",
    "rwsplit.,"
  })
  void nearestKnownNameIsOffered(String name, String nearest) {
    Property property = UnknownNames.nearest(name, false);
    assertEquals(nearest, property == null ? null : property.propertyName());
  }

  @Test
  void environmentIsAskedForWhatNoPropertySets() {
    Map<String, String> environment =
        map(
            "RWSPLIT_MASTER=jdbc:sqlite:/data/env.db",
            "RWSPLIT_REPLICAS=jdbc:sqlite:/data/r1.db",
            "RWSPLIT_READ_AFTER_WRITE_WINDOW=7s",
            "RWSPLIT_POOL_REPLICA_MIN_IDLE=4",
            "RWSPLIT_LAG_MAX=",
            "RWSPLIT_HOME=/opt");
    Settings settings =
        ConfigReader.read(map("rwsplit.read-after-write.window=9s"), environment)
            .configuration()
            .groups()
            .get(0);
    assertEquals("jdbc:sqlite:/data/env.db", settings.master().text());
    assertEquals(9_000_000_000L, settings.readAfterWriteWindowNanos());
    assertEquals(4, settings.replicaPoolMinIdle());
    assertEquals(10_000_000_000L, settings.lagMaxNanos());
    assertEquals(
        "[rwsplit] Warning: RWSPLIT_HOME = \"/opt\" is not a known environment variable,"
            + " ignored.\n",
        ConfigReader.read(NONE, environment).report());
    environment.put("RWSPLIT_LAG_MAX", "soon");
    String report = ConfigReader.read(NONE, environment).report();
    assertTrue(report.contains("rwsplit.lag.max (environment RWSPLIT_LAG_MAX) = \"soon\""), report);
  }

  @Test
  void oddButHarmlessSettingsAreWarnings() {
    ConfigResult result =
        read(
            MASTER,
            "rwsplit.replicas=jdbc:sqlite:/data/r1.db,/data/r2.db",
            "rwsplit.replicas.user=u");
    assertEquals(State.CONFIGURED, result.state());
    assertEquals(2, result.warnings().size());
    assertTrue(result.report().contains("one file with a comma in its name"), result.report());
    assertTrue(result.report().contains("SQLite has no users"), result.report());
  }

  @Test
  void randomSecretsAreNeverShown() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] patterns = {
      "rwsplit.master=jdbc:postgresql://h/d?user=u&password=§",
      "rwsplit.master=jdbc:mysql://u:§@h/d",
      "rwsplit.master=mysql://u:§@h/d",
      "rwsplit.master=jdbc:sqlite:/d/a.db?password=§",
      "rwsplit.replicas=jdbc:mysql://u:§@h/d,jdbc:mysql://u:§@i/d,jdbc:mysql://u:§@h/d",
      "rwsplit.replicas=jdbc:sqlite:/d/r.db?key=§,jdbc:h2:mem:a;PASSWORD=§",
      "rwsplit.replica=jdbc:sqlite:/d/r.db,jdbc:mysql://u:§@h/d, jdbc:h2:mem:a;PASSWORD=§",
      "rwsplit.replicas.password=§",
      "rwsplit.replica.pasword=§",
      "rwsplit.db.token=§",
      "rwsplit.strategy=jdbc:mysql://u:§@h/d",
      "rwsplit.lag.max=password=§",
      "rwsplit.url=jdbc:postgresql://h/d?password=§"
    };
    for (int i = 0; i < 2000; i++) {
      Map<String, String> properties = new TreeMap<String, String>();
      String secret = "Ω" + Long.toString(random.nextLong() & Long.MAX_VALUE, 36) + "!#%/:Ω";
      for (int n = random.nextInt(patterns.length); n >= 0; n--) {
        String pattern = patterns[random.nextInt(patterns.length)];
        properties.putAll(map(pattern.replace("§", secret)));
      }
      ConfigResult result = ConfigReader.read(properties, NONE);
      String shown =
          result.report() + (result.configuration() == null ? "" : result.configuration().groups());
      assertFalse(shown.contains("Ω"), "seed " + seed + ": " + properties + " gives " + shown);
    }
  }

  @ParameterizedTest
  @EnumSource(Property.class)
  void everyDefaultIsAllowed(Property property) throws InvalidValue {
    if (property.defaultValue() != null) {
      assertNotNull(property.parse(property.defaultValue()));
    }
    assertSame(property, Property.named(property.propertyName()));
    assertSame(property, Property.ofEnvironment(property.environmentName()));
    assertTrue(property.propertyName().startsWith(Property.PREFIX));
    assertFalse(property.allowed().isEmpty() || property.meaning().isEmpty());
  }

  @Test
  void processIsReadWithoutFault() {
    assertEquals(State.ABSENT, ConfigInputs.ofProcess(null).read().state());
  }

  private static Settings configured(String... properties) {
    ConfigResult result = read(properties);
    assertEquals(State.CONFIGURED, result.state(), result.report());
    assertEquals("", result.report());
    return result.configuration().groups().get(0);
  }

  private static ConfigResult read(String... properties) {
    return ConfigReader.read(map(properties), NONE);
  }

  private static Map<String, String> map(String... assignments) {
    Map<String, String> map = new TreeMap<String, String>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals > 0) {
        map.put(assignment.substring(0, equals), assignment.substring(equals + 1));
      }
    }
    return map;
  }
}
