package io.rwsplit.http;

import io.rwsplit.operations.Group;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.Replica;
import io.rwsplit.topology.Role;
import io.rwsplit.topology.ServerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What several answers hold. Stateless. */
final class Values {
  private static final double MILLI = 1e6;

  private Values() {}

  /** Makes something of each group. */
  interface OfGroup {
    Map<String, Object> map(Group group);
  }

  static Answer groups(List<Group> groups, OfGroup each) {
    List<Object> all = new ArrayList<>();
    for (Group group : groups) {
      all.add(each.map(group));
    }
    return Answer.ok(new Fields().put("groups", all).map());
  }

  static Map<String, Object> lag(Lag lag) {
    String state = !lag.isKnown() ? "unknown" : lag.isUpToDate() ? "up-to-date" : "behind";
    return new Fields()
        .put("state", state)
        .put("milliseconds", lag.isKnown() ? millis((double) lag.nanos()) : null)
        .put("bytes", lag.isKnown() ? lag.bytes() : null)
        .map();
  }

  /** Milliseconds with three decimals. */
  static Double millis(double nanos) {
    return Math.round(nanos / MILLI * 1000) / 1000.0;
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A part of all between 0 and 1, with four decimals; 0 of nothing. */
  static Double share(long part, long all) {
    return all == 0 ? 0.0 : Math.round(10_000.0 * part / all) / 10_000.0;
  }

  /** The master as it is seen; null while there is none. */
  static ServerView master(Group group) {
    for (ServerView server : group.servers()) {
      if (server.role() == Role.MASTER) {
        return server;
      }
    }
    return null;
  }

  /** Where a replica of this name is; -1 when it is nowhere. */
  static int replica(Group group, String name) {
    for (Replica replica : group.replicas()) {
      if (replica.name().equals(name)) {
        return replica.index();
      }
    }
    return -1;
  }
}
