package io.rwsplit.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import io.rwsplit.report.BalanceText;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.Replica;
import io.rwsplit.topology.ReplicaTraits;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes before a strategy: tags, reserved replicas, zones, slow start, the master's share. */
class BalancerTest {
  private static final Balancer.Load IDLE = replica -> 0;
  private static final SqlClassifier CLASSIFIER = new SqlClassifier(Engine.SQLITE);
  private static final long HOUR = 3_600_000_000_000L;

  private static Replica replica(int index, int weight, String zone, String... tags) {
    ReplicaTraits traits = new ReplicaTraits(weight, index, zone, Arrays.asList(tags), HOUR);
    return new Replica(index, "replica" + (index + 1), "", traits);
  }

  /** Two of zone a, one of b, one without zone that is reserved for reports. */
  private static Replica[] four() {
    return new Replica[] {
      replica(0, 1, "a"),
      replica(1, 1, "b", "nightly"),
      replica(2, 1, "a", "nightly", "Export"),
      replica(3, 0, "", "reports")
    };
  }

  private static Balancer balancer(Replica[] replicas, String zone, long slowStart, int share) {
    TagRules tags = new TagRules(replicas);
    return new Balancer(replicas, Choosers.roundRobin(), tags, zone, slowStart, share);
  }

  private static long among(Balancer balancer, long eligible, long asked) {
    long among = 0;
    for (int i = 0; i < 64; i++) {
      int chosen = balancer.choose(eligible, asked, IDLE);
      among |= chosen == Balancer.NONE ? 0 : 1L << chosen;
    }
    return among;
  }

  /** Bits are written with replica4 first. */
  @ParameterizedTest
  @CsvSource({
    // zone, eligible, asked, among
    " , 1111, 0000, 0111",
    " , 1000, 0000, 0000",
    " , 1111, 1000, 1000",
    " , 0111, 1000, 0111",
    " , 1111, 0110, 0110",
    "a, 1111, 0000, 0101",
    "a, 1110, 0000, 0100",
    "a, 1010, 0000, 0010",
    "a, 1000, 0000, 0000",
    "a, 1111, 1000, 1000",
    "a, 1111, 0110, 0100",
    "a, 0011, 0110, 0010",
    "b, 1111, 0000, 0010",
    "b, 1101, 0000, 0101",
    "c, 1111, 0000, 0111",
  })
  void tagsThenReservationThenZone(String zone, String eligible, String asked, String expected) {
    Balancer balancer = balancer(four(), zone, 0, 0);
    long among = among(balancer, Long.parseLong(eligible, 2), Long.parseLong(asked, 2));
    assertEquals(expected, Long.toBinaryString(among | 16).substring(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT a FROM item                                 | 0000",
        "SELECT a FROM item /* rwsplit:replica=replica2 */  | 0010",
        "SELECT a FROM item /* rwsplit:replica=NIGHTLY */   | 0110",
        "SELECT a FROM item /* rwsplit:replica=export */    | 0100",
        "SELECT a FROM item /* rwsplit:replica=nowhere */   | 0000",
        "SELECT a FROM item /* rwsplit:replica */           | 0000",
        "SELECT a FROM item /* Night */                     | 0110",
        "SELECT a FROM ledger                               | 1000",
        "SELECT a FROM item, LEDGER                         | 1000",
        "SELECT a FROM ledger /* night */                   | 0110",
        "SELECT a FROM ledger /* rwsplit:replica=replica1 */| 0001",
      })
  void commentsAndRulesAsk(String sql, String expected) {
    TagRules rules = new TagRules(four());
    rules.addSql("nightly", Pattern.compile("night", Pattern.CASE_INSENSITIVE));
    rules.addTables("reports", new TableNames(Collections.singletonList("ledger")));
    long asked = rules.asked(classified(sql), sql);
    assertEquals(expected, Long.toBinaryString(asked | 16).substring(1));
  }

  private static Classification classified(String sql) {
    Classification read = CLASSIFIER.classify(sql);
    while (read.reason() == Reason.CLASSIFYING) {
      read = CLASSIFIER.classify(sql);
    }
    return read;
  }

  @Test
  void callersAsk() {
    TagRules rules = new TagRules(four());
    rules.addClasses("reports", Collections.singletonList("io.rwsplit.route.BalancerTest$Report"));
    String sql = "SELECT a FROM item";
    assertEquals(0, rules.asked(classified(sql), sql));
    assertEquals(0b1000, Report.asked(rules, sql));
  }

  private static final class Report {
    static long asked(TagRules rules, String sql) {
      return rules.asked(classified(sql), sql);
    }
  }

  @Test
  void theMasterTakesItsShare() {
    for (int share : new int[] {0, 1, 10, 33, 50, 99, 100}) {
      Balancer balancer = balancer(four(), null, 0, share);
      int taken = 0;
      for (int i = 0; i < 10_000; i++) {
        taken += balancer.masterTakes() ? 1 : 0;
      }
      assertEquals(share * 100, taken, 4);
    }
  }

  /** What a session reads on the master keeps its next reads there for a while. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7})
  void readsThatFollowAReadOnTheMasterCountToItsShare(int followers) {
    Balancer balancer = balancer(serving(2), null, 0, 33);
    int onMaster = 0;
    int bound = 0;
    for (int i = 0; i < 10_000; i++) {
      if (bound > 0) {
        bound--;
        balancer.masterHad();
        onMaster++;
      } else if (balancer.masterTakes()) {
        bound = followers;
        onMaster++;
      }
    }
    assertEquals(3_300, onMaster, 40);
  }

  @Test
  void whatTheMasterHadIsForgottenBeyondALimit() {
    Balancer balancer = balancer(serving(2), null, 0, 50);
    for (int i = 0; i < 1_000_000; i++) {
      balancer.masterHad();
    }
    int onMaster = 0;
    for (int i = 0; i < 1_000; i++) {
      onMaster += balancer.masterTakes() ? 1 : 0;
    }
    assertEquals(500 - 128, onMaster, 4);
  }

  private static Replica[] serving(int count) {
    Replica[] replicas = new Replica[count];
    for (int i = 0; i < count; i++) {
      replicas[i] = replica(i, 1, "");
      replicas[i].takeIn("healthy");
    }
    return replicas;
  }

  @Test
  void aReplicaThatReturnsHasATenthOfItsPartAtFirst() {
    Replica[] replicas = serving(3);
    Balancer balancer = balancer(replicas, null, HOUR, 0);
    assertEquals(10_000, hits(balancer, 0b111, 30_000)[1]);
    replicas[1].takeOut("test");
    replicas[1].takeIn("healthy");
    int[] hits = hits(balancer, 0b111, 30_000);
    assertEquals(1_000, hits[1], 200, Arrays.toString(hits));
    assertEquals(hits[0], hits[2], 700, Arrays.toString(hits));
    assertEquals(0.1, balancer.warmth(1), 0.01);
    // Whatever it gets, it gets all where no other may serve.
    assertEquals(1, balancer.choose(0b010, 0, IDLE));
    replicas[0].takeOut("test");
    replicas[0].takeIn("healthy");
    replicas[2].takeOut("test");
    replicas[2].takeIn("healthy");
    hits = hits(balancer, 0b111, 30_000);
    assertEquals(10_000, hits[1], 700, Arrays.toString(hits));
  }

  @Test
  void slowStartEnds() {
    Replica[] replicas = serving(2);
    Balancer balancer = balancer(replicas, null, 1, 0);
    replicas[1].takeOut("test");
    replicas[1].takeIn("healthy");
    assertEquals(500, hits(balancer, 0b11, 1_000)[1], 1);
    assertFalse(replicas[1].hasReturned());
    assertEquals(1, balancer.warmth(1));
  }

  @ParameterizedTest
  @CsvSource({"-5, 0.1", "0, 0.1", "25, 0.325", "50, 0.55", "99, 0.991", "100, 1", "1000, 1"})
  void slowStartGrowsInAStraightLine(long elapsed, double part) {
    assertEquals(part, SlowStart.part(elapsed, 100), 1e-9);
  }

  private static int[] hits(Balancer balancer, long eligible, int count) {
    int[] hits = new int[3];
    for (int i = 0; i < count; i++) {
      hits[balancer.choose(eligible, 0, IDLE)]++;
    }
    return hits;
  }

  @Test
  void everythingIsExplained() {
    Replica[] replicas = {
      replica(0, 1, "a"),
      replica(1, 3, "b", "nightly"),
      replica(2, 0, "a", "reports"),
      replica(3, 5, "")
    };
    for (Replica replica : replicas) {
      replica.takeIn("healthy");
    }
    replicas[3].takeOut("lags: behind by 1 bytes, 11000.0 ms");
    replicas[1].takeOut("test");
    replicas[1].takeIn("healthy");
    replicas[1].lag(Lag.behind(1, HOUR / 3));
    TagRules tags = new TagRules(replicas);
    Balancer balancer =
        new Balancer(replicas, Choosers.weightedRoundRobin(replicas), tags, null, HOUR, 10);
    List<String> lines = BalanceText.lines(balancer, replicas, 0b0111, 0, IDLE);
    assertEquals(
        Arrays.asList(
            "strategy: weighted_round_robin; the master takes 10.0 % of the reads",
            "replica1: 30.0 % of the reads; zone a",
            "replica2: 60.0 % of the reads; has returned, and gets 10.0 % of its part; weight 3,"
                + " 66.7 % of it by its lag; zone b; tags nightly",
            "replica3: not chosen while others may serve; weight 0; zone a; tags reports",
            "replica4: out of service: lags: behind by 1 bytes, 11000.0 ms; weight 5"),
        lines);
    lines = BalanceText.lines(balancer, replicas, 0b0101, 0b0100, IDLE);
    assertEquals("strategy: weighted_round_robin", lines.get(0));
    assertEquals("replica1: not chosen while others may serve; zone a", lines.get(1));
    assertTrue(lines.get(2).startsWith("replica2: may not serve this read now"), lines.get(2));
    assertEquals(
        "replica3: 100.0 % of the reads; asked for; weight 0; zone a; tags reports", lines.get(3));
    replicas[0].latency().measured(1_500_000, 0);
    Balancer adaptive = new Balancer(replicas, Choosers.adaptive(replicas), tags, "a", 0, 0);
    lines = BalanceText.lines(adaptive, replicas, 0b0111, 0, replica -> 1);
    assertEquals(
        "replica1: 100.0 % of the reads; score 3000000.00; own zone; zone a; 1.50 ms to the first"
            + " row",
        lines.get(1));
  }
}
