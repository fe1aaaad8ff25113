package io.rwsplit.it.suites;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What a suite did bare and what it did under the agent, by test. Immutable. */
final class SuiteComparison {
  private final List<String> broken = new ArrayList<>();
  private final List<String> mended = new ArrayList<>();
  private final List<String> onlyBare = new ArrayList<>();
  private final List<String> onlyAgent = new ArrayList<>();
  private final Map<String, Outcome> bare;
  private final Map<String, Outcome> agent;

  SuiteComparison(Map<String, Outcome> bare, Map<String, Outcome> agent) {
    this.bare = bare;
    this.agent = agent;
    bare.forEach(this::add);
    for (String test : agent.keySet()) {
      if (!bare.containsKey(test)) {
        onlyAgent.add(test);
      }
    }
  }

  private void add(String test, Outcome without) {
    Outcome with = agent.get(test);
    if (with == null) {
      onlyBare.add(test);
    } else if (without == Outcome.PASSED && with != Outcome.PASSED) {
      broken.add(test);
    } else if (without == Outcome.FAILED && with == Outcome.PASSED) {
      mended.add(test);
    }
  }

  /**
   * Tests that pass bare and do not under the agent: they fail, or skip themselves because they see
   * something else.
   */
  List<String> broken() {
    return Collections.unmodifiableList(broken);
  }

  /** Nothing passes bare only, and both runs had the same tests. */
  boolean isClean() {
    return broken.isEmpty() && onlyBare.isEmpty() && !bare.isEmpty();
  }

  /** Lines for people: the counts, then every test that differs. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("bare:  " + counts(bare));
    lines.add("agent: " + counts(agent));
    list(lines, "PASSES BARE, NOT UNDER THE AGENT", broken);
    list(lines, "RAN BARE ONLY", onlyBare);
    list(lines, "ran under the agent only", onlyAgent);
    list(lines, "fails bare, passes under the agent", mended);
    lines.add(isClean() ? "VERDICT: the same" : "VERDICT: differs");
    return lines;
  }

  private static void list(List<String> lines, String title, List<String> tests) {
    for (String test : tests) {
      lines.add(title + ": " + test);
    }
  }

  private static String counts(Map<String, Outcome> outcomes) {
    return outcomes.size()
        + " tests, "
        + count(outcomes, Outcome.PASSED)
        + " passed, "
        + count(outcomes, Outcome.FAILED)
        + " failed, "
        + count(outcomes, Outcome.SKIPPED)
        + " skipped";
  }

  private static int count(Map<String, Outcome> outcomes, Outcome wanted) {
    return Collections.frequency(outcomes.values(), wanted);
  }
}
