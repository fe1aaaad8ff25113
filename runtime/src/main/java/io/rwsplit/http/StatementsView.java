package io.rwsplit.http;

import io.rwsplit.operations.Group;
import io.rwsplit.report.StatementCounter;
import io.rwsplit.route.RouteReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The most frequent statements, literals left out. Stateless. */
final class StatementsView {
  private static final int USUAL = 20;
  private static final int MOST = 1000;
  private static final int LONGEST = 1000;

  private StatementsView() {}

  static Answer answer(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    int limit = limit(request.parameter("limit"));
    return Values.groups(
        groups,
        group -> new Fields().put("name", group.name()).put("statements", top(group, limit)).map());
  }

  private static int limit(String given) throws Refusal {
    if (given == null) {
      return USUAL;
    }
    try {
      int limit = Integer.parseInt(given);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Refusal(400, "limit is a whole number, 1 to " + MOST);
  }

  private static List<Object> top(Group group, int limit) {
    List<Object> top = new ArrayList<>();
    for (StatementCounter each : group.counters().statements().top(limit)) {
      long all = each.executed();
      long onReplicas = each.executed(RouteReason.READ);
      RouteReason main = each.mainReason();
      String digest = each.digest();
      top.add(
          new Fields()
              .put(
                  "statement",
                  digest.length() > LONGEST ? digest.substring(0, LONGEST) + "…" : digest)
              .put("executions", all)
              .put("onReplicas", onReplicas)
              .put("replicaShare", Values.share(onReplicas, all))
              .put("masterReason", main == null ? null : main.text())
              .put("mostRows", each.mostRows() < 0 ? null : each.mostRows())
              .map());
    }
    return top;
  }
}
