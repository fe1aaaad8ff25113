package io.rwsplit.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is said when, with a look each second; raised after 5 s, over after 10 s, and again after 60
 * s at the earliest. Conditions are {@code kind[@node] from-to[!] [< cause, …]}, with ! for
 * critical; notices {@code second event kind[@node] [+ what it explains]}.
 */
class AlertBookTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final AlertRules RULES =
      new AlertRules(5 * SECOND, 10 * SECOND, 60 * SECOND, 5 * SECOND);

  /** One condition and when it is there. */
  private static final class Span {
    final Condition condition;
    final int from;
    final int to;

    Span(String text) {
      String[] sides = text.split("<", -1);
      String[] words = sides[0].trim().split(" ", -1);
      boolean critical = words[1].endsWith("!");
      String[] ends = words[1].replace("!", "").split("-", -1);
      List<AlertKey> causes = new ArrayList<>();
      if (sides.length > 1) {
        for (String each : sides[1].split(",", -1)) {
          causes.add(key(each.trim()));
        }
      }
      from = Integer.parseInt(ends[0]);
      to = Integer.parseInt(ends[1]);
      condition =
          new Condition(
              key(words[0]),
              critical ? Severity.CRITICAL : Severity.WARNING,
              "is wrong",
              "mend it",
              causes.toArray(new AlertKey[0]));
    }

    private static AlertKey key(String text) {
      String[] parts = text.split("@", -1);
      AlertKind kind = AlertKind.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_'));
      return new AlertKey(kind, "", parts.length > 1 ? parts[1] : "");
    }
  }

  private static List<Condition> at(List<Span> spans, int second) {
    List<Condition> found = new ArrayList<>();
    for (Span each : spans) {
      if (second >= each.from && second < each.to) {
        found.add(each.condition);
      }
    }
    return found;
  }

  private static String shown(Notice notice) {
    String node = notice.key().node();
    Object explained = notice.map("").get("suppressed");
    return notice.event()
        + " "
        + notice.kind()
        + (node.isEmpty() ? "" : "@" + node)
        + (notice.severity() == Severity.CRITICAL ? "!" : "")
        + (notice.map("").get("unsaid").equals(0L) ? "" : " x" + notice.map("").get("unsaid"))
        + (explained.equals(Collections.emptyList()) ? "" : " +" + explained);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "lasts | replica-lag@r1 0-20 | 5 raised replica-lag@r1; 30 recovered replica-lag@r1",
        "too short | replica-lag@r1 0-5 |",
        "just long enough | replica-lag@r1 0-6 | 5 raised replica-lag@r1; 16 recovered replica-lag@r1",
        "a gap does not end it | replica-lag@r1 0-10; replica-lag@r1 15-20 |"
            + " 5 raised replica-lag@r1; 30 recovered replica-lag@r1",
        "flaps add up | connections@r1 0-3; connections@r1 5-8; connections@r1 10-13 |"
            + " 11 raised connections@r1; 23 recovered connections@r1",
        "far apart they do not | connections@r1 0-4; connections@r1 20-24; connections@r1 40-44 |",
        "cooldown | replica-lag@r1 0-10; replica-lag@r1 30-40 |"
            + " 5 raised replica-lag@r1; 20 recovered replica-lag@r1",
        "said when it lasts beyond the cooldown | replica-lag@r1 0-10; replica-lag@r1 30-80 |"
            + " 5 raised replica-lag@r1; 20 recovered replica-lag@r1; 65 raised replica-lag@r1;"
            + " 90 recovered replica-lag@r1",
        "after the cooldown, and what was not said |"
            + " replica-lag@r1 0-10; replica-lag@r1 30-40; replica-lag@r1 80-90 |"
            + " 5 raised replica-lag@r1; 20 recovered replica-lag@r1;"
            + " 85 raised replica-lag@r1 x1; 100 recovered replica-lag@r1",
        "of another server at once | replica-lag@r1 0-8; replica-lag@r2 10-18 |"
            + " 5 raised replica-lag@r1; 15 raised replica-lag@r2; 18 recovered replica-lag@r1;"
            + " 28 recovered replica-lag@r2",
        "worse | replica-lag@r1 0-10; replica-lag@r1 10-20! |"
            + " 5 raised replica-lag@r1; 15 escalated replica-lag@r1!;"
            + " 30 recovered replica-lag@r1!",
        "bad from the start | replica-lag@r1 0-10! |"
            + " 5 raised replica-lag@r1!; 20 recovered replica-lag@r1!",
        "worse for a moment | replica-lag@r1 0-10; replica-lag@r1 10-12!; replica-lag@r1 12-30 |"
            + " 5 raised replica-lag@r1; 40 recovered replica-lag@r1",
        "worse within the cooldown | replica-lag@r1 0-10; replica-lag@r1 30-40! |"
            + " 5 raised replica-lag@r1; 20 recovered replica-lag@r1;"
            + " 35 raised replica-lag@r1!; 50 recovered replica-lag@r1!",
        "better, then over | replica-lag@r1 0-10!; replica-lag@r1 10-30 |"
            + " 5 raised replica-lag@r1!; 40 recovered replica-lag@r1",
        "up and down is said once | replica-lag@r1 0-10!; replica-lag@r1 10-25;"
            + " replica-lag@r1 25-35! | 5 raised replica-lag@r1!; 45 recovered replica-lag@r1!",
        "at once | commits-unacknowledged 3-4 |"
            + " 3 raised commits-unacknowledged; 14 recovered commits-unacknowledged",
        "an event has no end | failover@r2 3-4 | 3 raised failover@r2",
        "events within the cooldown are said after it | faults 3-4; faults 10-12 |"
            + " 3 raised faults; 63 raised faults x1",
        "an event on another server is said | failover@r2 3-4; failover@r1 9-10 |"
            + " 3 raised failover@r2; 9 raised failover@r1",
        "the cause alone | no-master 0-20!; replica-lag@r1 0-20 < no-master;"
            + " replication-error@r1 2-20 < no-master |"
            + " 5 raised no-master! +[replica-lag of r1, replication-error of r1];"
            + " 30 recovered no-master! +[replica-lag of r1, replication-error of r1]",
        "the cause is younger | replica-lag@r1 0-20 < no-master; no-master 3-20! |"
            + " 8 raised no-master! +[replica-lag of r1]; 30 recovered no-master! +[replica-lag of r1]",
        "said before its cause | replica-lag@r1 0-20 < no-master; no-master 7-20! |"
            + " 5 raised replica-lag@r1; 12 raised no-master! +[replica-lag of r1];"
            + " 30 recovered replica-lag@r1; 30 recovered no-master! +[replica-lag of r1]",
        "a child that outlives its cause gets its time |"
            + " no-master 0-10!; replica-lag@r1 0-40 < no-master |"
            + " 5 raised no-master! +[replica-lag of r1]; 20 recovered no-master! +[replica-lag of r1];"
            + " 24 raised replica-lag@r1; 50 recovered replica-lag@r1",
        "a cause of a cause | no-replica 0-10!; replica-unhealthy@r1 0-10 < no-replica;"
            + " replica-lag@r1 0-10 < replica-unhealthy@r1 |"
            + " 5 raised no-replica! +[replica-lag of r1, replica-unhealthy of r1];"
            + " 20 recovered no-replica! +[replica-lag of r1, replica-unhealthy of r1]",
        "a cause that comes and goes | replication-error@r1 0-2!; replication-error@r1 4-6!;"
            + " resyncs@r1 3-4 < replication-error@r1 |",
        "a cause that never was one | replica-lag@r1 0-10 < replica-unhealthy@r2 |"
            + " 5 raised replica-lag@r1; 20 recovered replica-lag@r1"
      })
  void says(String name, String conditions, String expected) {
    List<Span> spans = new ArrayList<>();
    for (String each : conditions.split(";", -1)) {
      spans.add(new Span(each.trim()));
    }
    AlertBook book = new AlertBook(RULES);
    List<String> said = new ArrayList<>();
    // A clock that overflows on the way.
    long zero = Long.MAX_VALUE - 7 * SECOND;
    for (int second = 0; second < 200; second++) {
      for (Notice notice : book.look(zero + second * SECOND, 0, at(spans, second))) {
        said.add(second + " " + shown(notice));
      }
    }
    assertEquals(expected == null ? "" : expected, String.join("; ", said));
    assertEquals(Collections.emptyList(), book.active());
  }

  @Test
  void aProcessThatWasStoppedRaisesNothingForThat() {
    AlertBook book = new AlertBook(new AlertRules(60 * SECOND, SECOND, 0, 5 * SECOND));
    List<Condition> lag = at(Arrays.asList(new Span("replica-lag@r1 0-9")), 0);
    assertEquals(0, book.look(0, 0, lag).size());
    assertEquals(0, book.look(3_600 * SECOND, 0, lag).size());
    for (int second = 1; second <= 54; second++) {
      assertEquals(0, book.look((3_600 + second) * SECOND, 0, lag).size(), "" + second);
    }
    assertEquals(1, book.look(3_655 * SECOND, 0, lag).size());
  }

  @Test
  void showsWhatStandsAndWhatExplainsIt() {
    AlertBook book = new AlertBook(RULES);
    List<Span> spans =
        Arrays.asList(new Span("no-master 0-99!"), new Span("replica-lag@r1 0-99 < no-master"));
    for (int second = 0; second <= 5; second++) {
      book.look(second * SECOND, second * 1000L, at(spans, second));
    }
    List<ActiveAlert> active = book.active();
    assertEquals(2, active.size());
    assertEquals("no-master", active.get(0).key().toString());
    assertTrue(active.get(0).isTold());
    assertEquals(5_000, active.get(0).sinceMillis());
    assertEquals("no-master", active.get(1).suppressedBy());
    assertEquals(0, active.get(1).sinceMillis());
    assertEquals(Severity.CRITICAL, active.get(0).severity());
  }

  @Test
  void isBounded() {
    AlertBook book = new AlertBook(RULES);
    List<Condition> many = new ArrayList<>();
    for (int i = 0; i < 3 * AlertBook.MOST; i++) {
      AlertKey key = new AlertKey(AlertKind.FAILOVER, "", "r" + i);
      many.add(new Condition(key, Severity.WARNING, "is the master", ""));
    }
    assertEquals(AlertBook.MOST, book.look(0, 0, many).size());
  }
}
