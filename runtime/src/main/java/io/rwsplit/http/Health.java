package io.rwsplit.http;

import io.rwsplit.operations.FailedStarts;
import io.rwsplit.operations.Group;
import io.rwsplit.topology.Role;
import io.rwsplit.topology.ServerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * For probes. The agent is never the reason to restart an application: it lives while it answers,
 * and it is not ready only while a group is known to have no master. Stateless.
 */
final class Health {
  private static final String UP = "UP";
  private static final String DEGRADED = "DEGRADED";
  private static final String DOWN = "DOWN";

  private Health() {}

  static Answer live(Request request, List<Group> groups, String node, Map<String, Object> body) {
    return Answer.ok(new Fields().put("status", UP).map());
  }

  static Answer ready(Request request, List<Group> groups, String node, Map<String, Object> body) {
    String worst = UP;
    List<Object> all = new ArrayList<>();
    for (Group group : groups) {
      String state = state(group);
      all.add(new Fields().put("name", group.name()).put("status", state).map());
      worst = DOWN.equals(worst) || UP.equals(state) ? worst : state;
    }
    for (FailedStarts.Failed each : FailedStarts.all()) {
      all.add(new Fields().put("name", each.group()).put("status", DEGRADED).map());
      worst = DOWN.equals(worst) ? worst : DEGRADED;
    }
    Map<String, Object> object = new Fields().put("status", worst).put("groups", all).map();
    return Answer.json(DOWN.equals(worst) ? 503 : 200, object);
  }

  /** DOWN without a master; DEGRADED while a replica is not in service, or routing is off. */
  static String state(Group group) {
    if (group.isMasterGone()) {
      return DOWN;
    }
    for (ServerView server : group.servers()) {
      if (server.role() != Role.MASTER && !server.isInService()) {
        return DEGRADED;
      }
    }
    return group.isRouting() ? UP : DEGRADED;
  }
}
