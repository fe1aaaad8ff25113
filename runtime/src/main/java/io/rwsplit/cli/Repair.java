package io.rwsplit.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lets a running agent make a replica equal to the master. Stateless. */
final class Repair {
  private static final int MILLIS = 600_000;

  private Repair() {}

  /** Returns when it is done; a replica that could not be repaired differs still. */
  static void run(AgentClient agent, String replica) throws CliFault {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("mode", "resync");
    body.put("timeoutMillis", MILLIS);
    body.put("replica", agent.replica(replica));
    JsonView answer = agent.post("/api/force-sync", body, MILLIS);
    if (!answer.get("done").isTrue()) {
      throw CliFault.refused("the agent could not repair " + replica + ": " + answer);
    }
  }
}
