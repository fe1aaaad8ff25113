package io.rwsplit.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private static final NodeReport DEAD = NodeReport.silent("dead");

  private static NodeReport node(String identity, boolean writable, long line, String leader) {
    NodeReport.Builder report = new NodeReport.Builder();
    report.identity = identity;
    report.writable = writable;
    report.source = writable ? Source.NONE : Source.CONNECTED;
    report.line = line;
    report.leader = leader;
    return report.build();
  }

  private static List<NodeReport> all(NodeReport... reports) {
    List<NodeReport> all = new ArrayList<>();
    java.util.Collections.addAll(all, reports);
    return all;
  }

  @Test
  void beforeAnyPromotionTheServersDecide() {
    NodeReport master = node("c", true, 0, null);
    NodeReport replica = node("a", false, 0, null);
    assertEquals(-1, new Leadership().leader(all(replica, replica, master)));
  }

  @Test
  void whoKnowsOfNoNewerLineIsNoMaster() {
    Leadership leadership = new Leadership();
    NodeReport old = node("c", true, 0, null);
    NodeReport fresh = node("a", true, 1, "a");
    NodeReport replica = node("b", false, 1, "a");
    assertEquals(0, leadership.leader(all(fresh, replica, old)));
    // Nor while the new one is away: a replica still knows.
    assertEquals(0, leadership.leader(all(DEAD, replica, old)));
    assertEquals(0, leadership.leader(all(DEAD, DEAD, old)));
  }

  @Test
  void aJvmThatBeginsThenKnowsItToo() {
    NodeReport old = node("c", true, 0, null);
    NodeReport replica = node("b", false, 1, "a");
    // Nobody it knows is the leader, but the old one is none.
    assertEquals(1, new Leadership().leader(all(DEAD, replica, old)));
    assertEquals(0, new Leadership().leader(all(node("a", true, 1, "a"), DEAD, old)));
  }

  @Test
  void whoeverIsMadeMasterByHandOnTheNewestLineIsOne() {
    Leadership leadership = new Leadership();
    assertEquals(
        0, leadership.leader(all(node("a", true, 1, "a"), node("b", false, 1, "a"), DEAD)));
    assertEquals(1, leadership.leader(all(DEAD, node("b", true, 1, "a"), DEAD)));
    // Two of them: neither is preferred.
    Leadership other = new Leadership();
    assertEquals(-1, other.leader(all(DEAD, node("b", true, 1, "a"), node("c", true, 1, "a"))));
  }

  @Test
  void theNextPromotionCounts() {
    Leadership leadership = new Leadership();
    assertEquals(
        0, leadership.leader(all(node("a", true, 1, "a"), node("b", false, 1, "a"), DEAD)));
    assertEquals(1, leadership.leader(all(node("a", true, 1, "a"), node("b", true, 2, "b"), DEAD)));
    assertEquals(2, leadership.line());
  }

  @Test
  void serversOfAnotherSystemDoNotCount() {
    List<NodeReport> reports = new ArrayList<>();
    for (String system : new String[] {"s", "s", "other"}) {
      NodeReport.Builder report = new NodeReport.Builder();
      report.system = system;
      report.line = system.equals("s") ? 1 : 9;
      report.writable = reports.size() != 1;
      reports.add(report.build());
    }
    assertEquals(0, new Leadership().leader(reports));
  }
}
