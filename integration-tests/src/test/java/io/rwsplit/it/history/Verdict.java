package io.rwsplit.it.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges a journal of {@code legacy.history.History}: every register's versions were committed in
 * their order, so a read is stale, backward or torn by comparison of numbers. Not thread-safe.
 *
 * <p>Times are of one clock, {@code System.nanoTime()} of the application's JVM. A write is
 * completed when its call, or its transaction's commit, had returned to the application; a session
 * is a thread, and also a connection of the driver.
 */
final class Verdict {
  private static final int SHOWN = 3;

  private final List<Event> events = new ArrayList<>();
  private final Map<String, CompletedWrites> completed = new HashMap<>();
  private final Map<String, Map<Long, String>> outcomes = new HashMap<>();
  private final Map<String, List<String>> examples = new TreeMap<>();

  int reads;
  int writes;

  /** Reads that miss a write of their own thread or connection. */
  int staleOwn;

  /** Reads that miss a write completed before in the JVM, by whomever. */
  int stale;

  /** Reads that show less than an earlier one of their thread or connection. */
  int backward;

  /** Reads, of one statement or one transaction, that show no single state. */
  int torn;

  /** Reads that show what was rolled back or never written. */
  int phantoms;

  private record Event(
      boolean write,
      int thread,
      int connection,
      long begin,
      long end,
      String outcome,
      List<String> keys,
      List<Long> versions) {
    @Override
    public String toString() {
      return (write ? "write " : "read ")
          + outcome
          + " by thread "
          + thread
          + " on connection "
          + connection
          + " at "
          + begin
          + ".."
          + end
          + ": "
          + keys
          + " "
          + versions;
    }
  }

  /** Ends of a key's committed writes in the order of time, with the greatest version by then. */
  private static final class CompletedWrites {
    private final TreeMap<Long, Long> greatest = new TreeMap<>();

    void add(long end, long version) {
      Map.Entry<Long, Long> before = greatest.lastEntry();
      greatest.put(end, before == null ? version : Math.max(before.getValue(), version));
    }

    long before(long time) {
      Map.Entry<Long, Long> last = greatest.lowerEntry(time);
      return last == null ? 0 : last.getValue();
    }
  }

  /** Of one process, or of several on the same host, whose clocks are one. */
  static Verdict of(Path... journals) throws IOException {
    Verdict verdict = new Verdict();
    for (Path journal : journals) {
      for (String line : Files.readAllLines(journal)) {
        verdict.events.add(parse(line));
      }
    }
    verdict.collectWrites();
    verdict.judge();
    return verdict;
  }

  private static Event parse(String line) {
    String[] words = line.split(" ", -1);
    List<String> keys = new ArrayList<>();
    List<Long> versions = new ArrayList<>();
    for (int i = 6; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      keys.add(words[i].substring(0, equals));
      versions.add(Long.parseLong(words[i].substring(equals + 1)));
    }
    return new Event(
        words[0].equals("W"),
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        words[5],
        keys,
        versions);
  }

  private void collectWrites() {
    events.sort(Comparator.comparingLong(Event::end));
    for (Event event : events) {
      if (!event.write) {
        continue;
      }
      writes++;
      if (event.outcome.equals("not-seen-inside")) {
        count(event, event.keys.get(0), "stale own", "not seen inside of its own transaction");
        staleOwn++;
        continue;
      }
      for (int i = 0; i < event.keys.size(); i++) {
        String key = event.keys.get(i);
        outcomes
            .computeIfAbsent(key, unused -> new HashMap<>())
            .put(event.versions.get(i), event.outcome);
        if (event.outcome.equals("committed")) {
          completed
              .computeIfAbsent(key, unused -> new CompletedWrites())
              .add(event.end, event.versions.get(i));
        }
      }
    }
  }

  private void judge() {
    // A session's events do not overlap: in the order of their begins each knows the ones before.
    events.sort(Comparator.comparingLong(Event::begin));
    Map<String, Long> written = new HashMap<>();
    Map<String, Long> seen = new HashMap<>();
    for (Event event : events) {
      String[] sessions = {"t" + event.thread + ":", "c" + event.connection + ":"};
      if (event.write) {
        if (event.outcome.equals("committed")) {
          raise(written, sessions, event);
        }
        continue;
      }
      reads++;
      for (int i = 0; i < event.keys.size(); i++) {
        judge(event, event.keys.get(i), event.versions.get(i), sessions, written, seen);
      }
      judgeTorn(event);
      raise(seen, sessions, event);
    }
  }

  private static void raise(Map<String, Long> map, String[] sessions, Event event) {
    for (String session : sessions) {
      for (int i = 0; i < event.keys.size(); i++) {
        map.merge(session + event.keys.get(i), event.versions.get(i), Math::max);
      }
    }
  }

  private void judge(
      Event event,
      String key,
      long version,
      String[] sessions,
      Map<String, Long> written,
      Map<String, Long> seen) {
    if (key.equals("sum")) {
      return;
    }
    long own = 0;
    long before = 0;
    for (String session : sessions) {
      own = Math.max(own, written.getOrDefault(session + key, 0L));
      before = Math.max(before, seen.getOrDefault(session + key, 0L));
    }
    if (version < own) {
      staleOwn++;
      count(event, key, "stale own", "misses its session's version " + own);
    }
    if (version < before) {
      backward++;
      count(event, key, "backward", "follows a read of version " + before);
    }
    CompletedWrites all = completed.get(key);
    if (all != null && version < all.before(event.begin)) {
      stale++;
      count(event, key, "stale", "misses version " + all.before(event.begin));
    }
    String outcome = outcomes.getOrDefault(key, Map.of()).get(version);
    if (version != 0 && !"committed".equals(outcome)) {
      phantoms++;
      count(
          event, key, "phantom", "shows what was " + (outcome == null ? "never written" : outcome));
    }
  }

  private void judgeTorn(Event event) {
    Map<String, Long> state = new HashMap<>();
    for (int i = 0; i < event.keys.size(); i++) {
      // Both sides of a pair are the same register.
      String key = event.keys.get(i).replace('q', 'p');
      Long version = event.versions.get(i);
      Long other = state.putIfAbsent(key, version);
      if ((other != null && !other.equals(version)) || (key.equals("sum") && version != 0)) {
        torn++;
        count(event, key, "torn", "shows two states");
        return;
      }
    }
  }

  private void count(Event event, String key, String offence, String what) {
    List<String> shown = examples.computeIfAbsent(offence, unused -> new ArrayList<>());
    if (shown.size() < SHOWN) {
      shown.add("\n  " + offence + ": " + key + " " + what + ": " + event);
    }
  }

  /** One line of figures. */
  String figures() {
    return toString().split("\n", 2)[0];
  }

  /** One line of figures, and some examples. */
  @Override
  public String toString() {
    String figures =
        String.format(
            "%,d reads, %,d writes; stale own %d, stale %d, backward %d, torn %d, phantoms %d",
            reads, writes, staleOwn, stale, backward, torn, phantoms);
    StringBuilder text = new StringBuilder(figures);
    examples.values().forEach(shown -> shown.forEach(text::append));
    return text.toString();
  }
}
