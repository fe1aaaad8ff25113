package io.rwsplit.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.JdbcUrl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Tables of what Patroni answers and what that means. */
class ClusterViewTest {
  private static final List<JdbcUrl> NODES =
      Arrays.asList(
          JdbcUrl.parse("jdbc:postgresql://db1/shop"),
          JdbcUrl.parse("jdbc:postgresql://db2:5433/shop"),
          JdbcUrl.parse("jdbc:postgresql://[::1]:5432,db4/shop"),
          JdbcUrl.parse("jdbc:postgresql://127.0.0.1:6000/shop"));

  /** In the table, an apostrophe stands for a quotation mark. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "views.psv", delimiter = '|', quoteCharacter = '`')
  void viewsAreUnderstood(String title, String answer, String expected) {
    assertEquals(expected, said(answer.replace('\'', '"')), title);
  }

  private static String said(String answer) {
    try {
      ClusterView view = ClusterView.parse(answer);
      NodeAddresses nodes = new NodeAddresses(NODES);
      StringBuilder said = new StringBuilder();
      said.append("leader ").append(nodes.indexOf(view.leader()));
      for (Member member : view.members()) {
        said.append("; ").append(member.name()).append(" is ").append(nodes.indexOf(member));
        said.append(": ").append(member);
        said.append(member.takesNoReads() ? " (no reads)" : "");
      }
      return said.append(view.isPaused() ? "; paused" : "").toString();
    } catch (PatroniFault e) {
      assertTrue(e.getMessage().startsWith("its answer "), e.getMessage());
      return "! " + e.getMessage();
    }
  }

  /** Views by their leaders; {@code -} is a view without one. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "consensus.psv", delimiter = '|')
  void allMustAgree(String leaders, String expected) throws Exception {
    List<ClusterView> views = new ArrayList<>();
    for (String leader : leaders == null ? new String[0] : leaders.split(" ", -1)) {
      views.add(
          ClusterView.parse(
              leader.equals("-")
                  ? "{\"members\": []}"
                  : "{\"members\": [{\"name\": \""
                      + leader.charAt(0)
                      + "\", \"role\": \""
                      + (leader.startsWith("s") ? "standby_leader" : "leader")
                      + "\", \"host\": \""
                      + leader
                      + "\"}]}"));
    }
    Consensus consensus = Consensus.of(views);
    String found = consensus.leader() == null ? "nobody" : consensus.leader().name();
    assertEquals(expected, found + (consensus.isDisagreed() ? ", disagreed" : ""));
  }
}
