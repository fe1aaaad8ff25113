package io.rwsplit.it.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** What became of the statements of one round of errands, or would have. */
final class Decisions {
  private Decisions() {}

  /** By digest, how many of its executions in one round a replica has served, or would have. */
  static Map<String, String> ofRound(ToldApp app, boolean observes) throws Exception {
    Map<String, long[]> before = counts(app, observes);
    app.round();
    Map<String, String> changes = new TreeMap<>();
    for (Map.Entry<String, long[]> each : counts(app, observes).entrySet()) {
      long[] was = before.getOrDefault(each.getKey(), new long[2]);
      long moved = each.getValue()[0] - was[0];
      long executed = each.getValue()[1] - was[1];
      if (executed > 0) {
        changes.put(each.getKey(), moved + " of " + executed);
      }
    }
    return changes;
  }

  private static Map<String, long[]> counts(ToldApp app, boolean observes) throws Exception {
    JsonNode list =
        observes
            ? app.group("/api/observe").get("report").get("digests")
            : app.group("/api/statements?limit=1000").get("statements");
    Map<String, long[]> counts = new TreeMap<>();
    for (JsonNode each : list) {
      counts.put(
          each.get("statement").asText(),
          new long[] {
            each.get(observes ? "wouldMove" : "onReplicas").asLong(),
            each.get("executions").asLong()
          });
    }
    return counts;
  }
}
