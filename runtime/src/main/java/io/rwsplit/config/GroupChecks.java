package io.rwsplit.config;

import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import java.util.List;

/** What must hold between the groups of one JVM. */
final class GroupChecks {
  private final List<Values> groups;

  GroupChecks(List<Values> groups) {
    this.groups = groups;
  }

  void run() {
    for (int i = 0; i < groups.size(); i++) {
      for (int j = 0; j < i; j++) {
        checkMasters(groups.get(i), groups.get(j));
        checkFiles(groups.get(i), groups.get(j));
        checkFiles(groups.get(j), groups.get(i));
      }
    }
  }

  /** Else nobody could tell which of the two a connection belongs to. */
  private static void checkMasters(Values group, Values other) {
    for (JdbcUrl master : group.urls(Property.MASTER)) {
      if (isIn(master, other.urls(Property.MASTER))) {
        group.fault(
            Property.MASTER,
            master.text(),
            "is the master of " + other.groupInWords() + " too",
            "another database for each group");
      }
    }
  }

  /** A file that is fed belongs to one master alone. */
  private static void checkFiles(Values group, Values other) {
    for (JdbcUrl replica : group.urls(Property.REPLICAS)) {
      if (replica.engine() != Engine.SQLITE) {
        continue;
      }
      String use = null;
      if (isIn(replica, other.urls(Property.MASTER))) {
        use = "is the master of ";
      } else if (isIn(replica, other.urls(Property.REPLICAS))) {
        use = "is a replica of ";
      }
      if (use != null) {
        group.fault(
            Property.REPLICAS,
            replica.text(),
            use + other.groupInWords() + " too",
            "another file for each group");
      }
    }
  }

  private static boolean isIn(JdbcUrl url, List<JdbcUrl> others) {
    for (JdbcUrl other : others) {
      if (url.sameDatabase(other)) {
        return true;
      }
    }
    return false;
  }
}
