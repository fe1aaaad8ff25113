package io.rwsplit.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest differences, and the reads by which it can be seen whether they are still there: those
 * are run again from time to time until both answers are the same. Thread-safe.
 */
final class Findings {
  private static final int NEWEST = 20;

  /** So many are run again; of further ones only the fact is kept. */
  private static final int MOST = 50;

  /** Of one statement on one replica: a table that is wrong as a whole has others, too. */
  private static final int MOST_OF_DIGEST = 3;

  /** A difference that is still there, as far as is known. */
  static final class Standing {
    final Finding finding;
    final SampledRead read;
    long checked;

    /** In a row; of the comparing thread. */
    int failures;

    Standing(Finding finding, SampledRead read, long checked) {
      this.finding = finding;
      this.read = read;
      this.checked = checked;
    }
  }

  private final Deque<Finding> newest = new ArrayDeque<>();
  private final List<Standing> standing = new ArrayList<>();

  /** Adds one; false when it is known already by reads of the same kind. */
  synchronized boolean add(Finding finding, SampledRead read, long now) {
    int same = 0;
    for (Standing each : standing) {
      boolean alike =
          each.finding.replica().equals(finding.replica())
              && each.finding.digest().equals(finding.digest());
      same += alike ? 1 : 0;
    }
    if (same >= MOST_OF_DIGEST) {
      return false;
    }
    newest.addFirst(finding);
    if (newest.size() > NEWEST) {
      newest.removeLast();
    }
    if (standing.size() < MOST) {
      standing.add(new Standing(finding, read, now));
    }
    return true;
  }

  /** The one that was not looked at for the longest, and for so long at least; null for none. */
  synchronized Standing due(long now, long nanos) {
    Standing oldest = null;
    for (Standing each : standing) {
      if (now - each.checked >= nanos && (oldest == null || each.checked - oldest.checked < 0)) {
        oldest = each;
      }
    }
    if (oldest != null) {
      oldest.checked = now;
    }
    return oldest;
  }

  /** It is over. */
  synchronized void resolved(Standing which) {
    for (Iterator<Standing> each = standing.iterator(); each.hasNext(); ) {
      if (each.next().equals(which)) {
        each.remove();
      }
    }
    which.finding.resolved(System.currentTimeMillis());
  }

  /** How many stand on each of the replicas. */
  synchronized Map<String, Integer> standing(List<String> replicas) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String name : replicas) {
      counts.put(name, 0);
    }
    for (Standing each : standing) {
      Integer before = counts.get(each.finding.replica());
      counts.put(each.finding.replica(), before == null ? 1 : before + 1);
    }
    return Collections.unmodifiableMap(counts);
  }

  synchronized List<Finding> newest() {
    return Collections.unmodifiableList(new ArrayList<>(newest));
  }
}
