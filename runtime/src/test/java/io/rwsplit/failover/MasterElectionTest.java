package io.rwsplit.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.topology.MasterTerm;
import io.rwsplit.topology.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who is the master, by tables. Three nodes; a node's state in a cell: {@code M} claims, {@code R}
 * replicates, {@code R<n>} replicates from node n, {@code -} silent, {@code --} for one question
 * only, {@code ?} reachable without a role, {@code .} never asked; {@code @t} its timeline, {@code
 * #s} its system, {@code !} it claimed before, and does not now.
 */
class MasterElectionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 1_000 * SECOND;
  private static final long SILENCE = 10 * SECOND;
  private static final List<String> ADDRESSES = Arrays.asList("h0:1", "h1:1", "h2:1");

  /** PostgreSQL: timelines. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // current | node0 | node1 | node2 | leader | verdict
        "2 | R@1  | R@1  | M@1   | -1 | 2 stay",
        "2 | M@2  | R@1  | M@1   | -1 | 0 new",
        "2 | M@2  | R@2  | -@1!  | -1 | 0 new",
        "2 | M@2  | R@2  | ?@1!  | -1 | 0 new",
        "2 | M@2  | R@2  | R@1   | -1 | 0 new",
        "2 | M@2  | M@2  | -@1!  | -1 | -1 new",
        "2 | M@3  | M@2  | -@1!  | -1 | 0 new",
        "0 | M@2  | R@2  | M@1   | -1 | 0 stay",
        "0 | -@2! | R@2  | M@1   | -1 | 0 stay",
        "0 | R@2! | R@2  | M@1   | -1 | -1 new",
        "2 | R@1  | R@1  | R@1   | -1 | -1 new",
        "2 | R@1  | R@1  | -@1!  | -1 | 2 stay",
        "2 | M@1  | R@1  | -@1!  | -1 | 2 stay",
        "2 | M@2#x| R@1  | M@1   | -1 | 2 stay",
        "2 | M@9#x| R@1  | -@1!  | -1 | 2 stay",
        "-1| R@1  | R@1  | M@1   | -1 | 2 new",
        "-1| M@2  | R@1  | M@1   | -1 | 0 new",
        "-1| R@2! | R@1  | M@1   | -1 | -1 stay",
        "2 | M@2  | R@2  | .     | -1 | 0 new",
        // The manager decides among those who claim.
        "2 | M@2  | R@1  | M@1   |  0 | 0 new",
        "2 | M@2  | R@1  | M@1   |  2 | 2 stay",
        "2 | R@1  | R@1  | M@1   |  0 | -1 new",
        "0 | -@1! | R@1  | M@2   |  0 | 0 stay",
        "-1| R@1  | R@1  | M@1   |  2 | 2 new",
      })
  void byTimeline(
      int current, String node0, String node1, String node2, int leader, String verdict) {
    assertEquals(verdict, decide(current, leader, node0, node1, node2));
  }

  /** MariaDB and MySQL: claims, and who replicates from whom. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | R2 | R2 | M  | -1 | 2 stay",
        "2 | R2 | R2 | -! | -1 | 2 stay",
        "2 | M  | R2 | -! | -1 | 0 new",
        "2 | M  | R2 | --! | -1 | 2 stay",
        "2 | M  | R2 | ?! | -1 | 2 stay",
        "2 | M  | R0 | ?! | -1 | 0 new",
        "2 | M  | R  | .  | -1 | 2 stay",
        "2 | M  | M  | -! | -1 | 2 stay",
        "2 | M  | M  | R  | -1 | -1 new",
        "2 | R2 | R2 | R  | -1 | -1 new",
        "2 | M  | R2 | M  | -1 | 2 stay",
        "2 | M  | R  | M  | -1 | 2 stay",
        "2 | M  | R0 | M  | -1 | 0 new",
        "2 | M  | M  | M  | -1 | 2 stay",
        "0 | M  | R0 | M  | -1 | 0 stay",
        "0 | -! | R0 | M  | -1 | 2 new",
        "-1| M  | R  | M  | -1 | -1 stay",
        "-1| M  | R0 | M  | -1 | 0 new",
        "2 | M  | R  | .  | -1 | 2 stay",
      })
  void byClaim(int current, String node0, String node1, String node2, int leader, String verdict) {
    assertEquals(verdict, decide(current, leader, node0, node1, node2));
  }

  /** The first connect was led to a dead master, who had been asked once when all had been. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // current | node0 | node1 | node2 | leader | another is the master after one silence more
        "2 | M  | R  | --  | -1 | true",
        "2 | M  | R2 | --! | -1 | true",
        "2 | M  | R  | -   | -1 | false",
        "2 | M  | R  | .   | -1 | false",
        "2 | M  | R  | ?!  | -1 | false",
        "2 | M  | R  | M   | -1 | false",
        "2 | M  | R0 | --! | -1 | false",
        "2 | R2 | R2 | --! | -1 | false",
        "2 | M  | M  | --! | -1 | false",
        "-1| R  | R  | --! | -1 | false",
        "2 | M@2| R@1| --  | -1 | false",
        "2 | M@1| R@1| --@1! | -1 | false",
      })
  void aMasterThatIsSilentForTheFirstTimeIsAskedAgain(
      int current, String node0, String node1, String node2, int leader, boolean hangs) {
    NodeState[] states = {
      state(0, node0, "server0"), state(1, node1, "server1"), state(2, node2, "server2")
    };
    assertEquals(
        hangs,
        MasterElection.hangsOnOneSilence(
            Arrays.asList(states),
            ADDRESSES,
            leader,
            new MasterTerm(current, 7, 0, "", null),
            SILENCE,
            NOW));
  }

  /** A node that called itself master beside the master is not promoted by that one's silence. */
  @Test
  void aRivalDoesNotInheritASilentMaster() {
    NodeState rival = NodeState.unknown(0).answered(answer(Role.MASTER, null, 0, null), 1);
    NodeState silent =
        NodeState.unknown(2)
            .answered(answer(Role.MASTER, null, 0, null), 5)
            .silent("refused", NOW - SECOND)
            .silent("refused", NOW - SECOND);
    NodeState replica = NodeState.unknown(1).answered(answer(Role.REPLICA, null, 0, null), 5);
    assertEquals("2 stay", decide(2, -1, rival, replica, silent));
    // Unless the others follow it.
    NodeState follower = NodeState.unknown(1).answered(answer(Role.REPLICA, null, 0, "h0:1"), 5);
    assertEquals("0 new", decide(2, -1, rival, follower, silent));
  }

  /** Its connections are broken then, so that what waits for it fails. */
  @ParameterizedTest
  @CsvSource({"3, 10, -1 new", "2, 10, 2 stay", "3, 9, 2 stay", "30, 11, -1 new"})
  void aSilentMasterIsGivenUpInTheEnd(int failures, long seconds, String verdict) {
    NodeState silent = NodeState.unknown(2).answered(answer(Role.MASTER, null, 0, null), 5);
    for (int i = 0; i < failures; i++) {
      silent = silent.silent("no answer", NOW - seconds * SECOND);
    }
    NodeState replica = NodeState.unknown(0).answered(answer(Role.REPLICA, null, 0, null), 5);
    NodeState other = NodeState.unknown(1).answered(answer(Role.REPLICA, null, 0, null), 5);
    assertEquals(verdict, decide(2, -1, replica, other, silent));
  }

  /** Behind a proxy the last node is its address. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // server of the term | server behind the proxy | timelines of node0 and of the proxy
        "a | a | M@1 | M@1 | -1 | 2 stay",
        "a | b | M@2 | M@2 | -1 | 2 new",
        "a | a | M@2 | M@1 | -1 | -1 new",
        "a | a | R@1 | R@1 | -1 | -1 new",
        "a | a | M@2 | -@1! | -1 | 2 stay",
        "a | a | M@1 | M@1 | 0 | 2 stay",
        "a | a | M@1 | M@1 | 1 | -1 new",
      })
  void behindAProxy(
      String known, String behind, String node0, String proxy, int leader, String verdict) {
    List<NodeState> nodes = new ArrayList<>();
    nodes.add(state(0, node0, behind));
    nodes.add(state(1, "R@1", "other"));
    nodes.add(state(2, proxy, behind));
    MasterTerm term = new MasterTerm(2, 1, 0, "", known);
    assertEquals(
        verdict, text(MasterElection.decideBehindProxy(nodes, leader, term, SILENCE, NOW)));
  }

  private static String decide(int current, int leader, String... cells) {
    NodeState[] states = new NodeState[cells.length];
    for (int i = 0; i < cells.length; i++) {
      states[i] = state(i, cells[i], "server" + i);
    }
    return decide(current, leader, states);
  }

  private static String decide(int current, int leader, NodeState... states) {
    MasterTerm term = new MasterTerm(current, 7, 0, "", null);
    return text(
        MasterElection.decide(Arrays.asList(states), ADDRESSES, leader, term, SILENCE, NOW));
  }

  private static String text(MasterElection.Verdict verdict) {
    return verdict.node() + (verdict.isNewTerm() ? " new" : " stay");
  }

  private static NodeState state(int node, String cell, String server) {
    String text = cell.trim();
    NodeState state = NodeState.unknown(node);
    if (text.equals(".")) {
      return state;
    }
    int hash = text.indexOf('#');
    String system = hash < 0 ? "s" : text.substring(hash + 1);
    text = hash < 0 ? text : text.substring(0, hash).trim();
    boolean claimed = text.endsWith("!");
    text = claimed ? text.substring(0, text.length() - 1) : text;
    int at = text.indexOf('@');
    long timeline = at < 0 ? 0 : Long.parseLong(text.substring(at + 1));
    if (claimed) {
      state = state.answered(answer(Role.MASTER, system, timeline, null, server), 1);
    }
    long began = NOW - SECOND;
    switch (text.charAt(0)) {
      case 'M':
        return state.answered(answer(Role.MASTER, system, timeline, null, server), began);
      case 'R':
        boolean follows = text.length() > 1 && Character.isDigit(text.charAt(1));
        String source = follows ? "h" + text.charAt(1) + ":1" : null;
        return state.answered(answer(Role.REPLICA, system, timeline, source, server), began);
      case '?':
        return state.refused("too many connections", began);
      default:
        NodeState once = state.silent("refused", began);
        return text.startsWith("--") ? once : once.silent("refused", began);
    }
  }

  private static RoleAnswer answer(Role role, String system, long timeline, String source) {
    return answer(role, system, timeline, source, null);
  }

  private static RoleAnswer answer(
      Role role, String system, long timeline, String source, String server) {
    return new RoleAnswer(role, system, timeline, server, source, null, null);
  }
}
