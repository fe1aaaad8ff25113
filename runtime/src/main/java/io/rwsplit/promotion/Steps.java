package io.rwsplit.promotion;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/** What is done, in its order; each is logged as it happens. Used by one thread. */
final class Steps {
  private final Logger log;
  private final List<String> done = new ArrayList<>();

  Steps(Logger log) {
    this.log = log;
  }

  void add(String step) {
    done.add(step);
    log.info("failover: {}", step);
  }

  void warn(String step) {
    done.add(step);
    log.warn("failover: {}", step);
  }

  /** Nothing was changed, or what was is undone. */
  RoleChange refused(String why) {
    return new RoleChange(false, null, why, done, null);
  }

  RoleChange done(String master, String summary, Orphans orphans) {
    log.warn("failover: {}", summary);
    return new RoleChange(true, master, summary, done, orphans);
  }
}
