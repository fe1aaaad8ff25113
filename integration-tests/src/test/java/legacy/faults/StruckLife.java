package legacy.faults;

import java.util.ArrayList;
import java.util.List;
import legacy.chaos.Strikes;

/**
 * What an application does with one connection; then all of it again, as often as there are methods
 * to be struck, of which each time the next one is, alone or with another one some calls later:
 * what follows the fault. Prints what came of it, and what did not come of it again.
 */
abstract class StruckLife {
  /**
   * The last run meets no strike, and must come to a replica: else all were the master's since some
   * strike, and what only a replica's run calls was not struck. By chance, as while the catalog is
   * read anew, a few may be the master's.
   */
  private static final int MOST_UNSERVED = 20;

  static final long PATIENCE_NANOS = 60_000_000_000L;

  interface Question {
    Object ask() throws Exception;
  }

  /** From when on a run is struck. */
  interface Strike {
    void begin();
  }

  final String url;
  private final List<String> lines = new ArrayList<>();
  private long runs;
  private long served;

  StruckLife(String url) {
    this.url = url;
  }

  /**
   * Waits for a replica where a run does not wait itself.
   *
   * @param run counted from 1; 0 is the one without strikes that tells what is expected
   */
  abstract void await(long run) throws Exception;

  /** One run, which tells what came of it. */
  abstract void run(Strike strike) throws Exception;

  /** How many runs there were. */
  final long runs() {
    return runs;
  }

  /** How many of the runs a replica has served something of. */
  final long runsServed() {
    return served;
  }

  /**
   * All runs.
   *
   * @param second how many calls after the first a second strike is, 0 for none
   */
  final void all(String[] kinds, int second) throws Exception {
    await(0);
    List<String> expected = lines(() -> {});
    System.out.println(this + (second == 0 ? "" : ", and " + second + " after it"));
    for (String line : expected) {
      System.out.println(line);
    }
    int unserved = 0;
    for (int call = 1; Strikes.counts(); call++) {
      for (String kind : kinds) {
        runs++;
        await(runs);
        long before = Strikes.counted();
        int each = call;
        List<String> outcome = lines(() -> Strikes.beginOnce(kind, each, second));
        boolean onReplica = Strikes.counted() > before;
        served += onReplica ? 1 : 0;
        String struck = Strikes.endOnce();
        // A strike's, kept for whoever waits.
        boolean unused = Thread.interrupted();
        compare(expected, outcome, "otherwise with " + kind + " in " + struck + ", call " + call);
        if (struck == null && onReplica) {
          return;
        }
        if (struck == null && ++unserved > MOST_UNSERVED) {
          System.out.println("the master's since some strike before call " + call);
          return;
        }
      }
    }
  }

  private List<String> lines(Strike strike) {
    lines.clear();
    try {
      run(strike);
    } catch (Exception | Error e) {
      lines.add("ended by " + e);
    }
    return new ArrayList<>(lines);
  }

  private static void compare(List<String> expected, List<String> outcome, String title) {
    if (outcome.equals(expected)) {
      return;
    }
    System.out.println(title);
    for (int i = 0; i < Math.max(outcome.size(), expected.size()); i++) {
      String is = i < outcome.size() ? outcome.get(i) : "nothing";
      if (i >= expected.size() || !is.equals(expected.get(i))) {
        System.out.println("  " + is);
      }
    }
  }

  /** What an answer is told as. */
  Object shown(Object answer) {
    return answer;
  }

  /** Tells the answer, or what came in its place; returns the answer, null when there is none. */
  final Object tell(String what, Question question) {
    Object answer = null;
    try {
      answer = question.ask();
      lines.add(what + " " + shown(answer));
    } catch (Exception | Error e) {
      // Also what no method declares.
      lines.add(what + " " + e);
    }
    return answer;
  }
}
