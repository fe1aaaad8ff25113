package io.rwsplit.patroni;

import io.rwsplit.json.Json;
import io.rwsplit.json.JsonFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What one member of Patroni said of the cluster, in answer to {@code GET /cluster}. Immutable. The
 * form is that of {@code cluster_as_json} in Patroni's {@code utils.py}, versions 2 to 4; fields
 * that are not known are skipped.
 */
final class ClusterView {
  private final List<Member> members;
  private final boolean paused;

  private ClusterView(List<Member> members, boolean paused) {
    this.members = members;
    this.paused = paused;
  }

  /**
   * Reads an answer.
   *
   * @throws PatroniFault when it is none, or contradicts itself
   */
  static ClusterView parse(String answer) throws PatroniFault {
    Object root = read(answer);
    Object listed = root instanceof Map ? ((Map<?, ?>) root).get("members") : null;
    if (!(listed instanceof List)) {
      throw new PatroniFault("its answer names no members");
    }
    List<Member> members = new ArrayList<>();
    int leaders = 0;
    for (Object each : (List<?>) listed) {
      Member member = Member.of(each);
      members.add(member);
      leaders += member.role() == Member.Role.LEADER ? 1 : 0;
    }
    if (leaders > 1) {
      throw new PatroniFault("its answer names " + leaders + " leaders");
    }
    boolean paused = Boolean.TRUE.equals(((Map<?, ?>) root).get("pause"));
    return new ClusterView(Collections.unmodifiableList(members), paused);
  }

  /** All members, whatever their state; perhaps none. */
  List<Member> members() {
    return members;
  }

  /** The holder of the leader's lock; null when there is none, or it takes no writes. */
  Member leader() {
    for (Member member : members) {
      if (member.role() == Member.Role.LEADER) {
        return member;
      }
    }
    return null;
  }

  /** True while Patroni leaves everything as it is. */
  boolean isPaused() {
    return paused;
  }

  private static Object read(String answer) throws PatroniFault {
    try {
      return Json.parse(answer);
    } catch (JsonFault e) {
      throw new PatroniFault("its answer is not JSON: " + e.getMessage());
    }
  }
}
