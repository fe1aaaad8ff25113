package io.rwsplit.it.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What {@code legacy.failover.Desk} wrote down. Immutable. */
final class DeskLog {
  /** One attempt; times in microseconds of the epoch. */
  static final class Act {
    final String kind;
    final int worker;
    final int n;
    final String how;
    final long began;
    final long ended;

    Act(String[] parts) {
      kind = parts[0];
      worker = Integer.parseInt(parts[1]);
      n = Integer.parseInt(parts[2]);
      how = parts[3];
      began = Long.parseLong(parts[4]);
      ended = Long.parseLong(parts[5]);
    }

    boolean isOk() {
      return how.equals("ok");
    }

    boolean isRead() {
      return kind.equals("R");
    }

    boolean isWrite() {
      return kind.equals("W") || kind.equals("T");
    }
  }

  private final List<Act> acts = new ArrayList<>();

  DeskLog(Path file) throws IOException {
    String text = Files.readString(file);
    // Without a line that is just being written.
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    whole.lines().forEach(line -> acts.add(new Act(line.split(" ", -1))));
  }

  Stream<Act> acts(Predicate<Act> wanted) {
    return acts.stream().filter(wanted);
  }

  /** When the first write ended well that began after a moment. */
  OptionalLong firstWriteAfter(long micros) {
    return acts(a -> a.isWrite() && a.isOk() && a.ended > micros).mapToLong(a -> a.ended).min();
  }

  /** Rows that must exist, as {@code worker/n}; without those written in a span of time. */
  List<String> acknowledged(long exceptFrom, long exceptTo) {
    List<String> rows = new ArrayList<>();
    acts(a -> a.isWrite() && a.isOk() && (a.ended < exceptFrom || a.ended >= exceptTo))
        .forEach(
            a -> {
              if (a.kind.equals("W")) {
                rows.add(a.worker + "/" + a.n);
              } else {
                rows.add(a.worker + "/" + 2 * a.n);
                rows.add(a.worker + "/" + (2 * a.n + 1));
              }
            });
    return rows;
  }

  /** How attempts of a kind ended that began in a span. */
  Map<String, Integer> ends(String kind, long from, long to) {
    Map<String, Integer> ends = new TreeMap<>();
    acts(a -> a.kind.equals(kind) && a.began >= from && a.began < to)
        .forEach(a -> ends.merge(a.how, 1, Integer::sum));
    return ends;
  }

  /** The longest attempt of a kind in a span, in milliseconds. */
  long longestMillis(String kind, long from, long to) {
    return acts(a -> a.kind.equals(kind) && a.began >= from && a.began < to)
            .mapToLong(a -> a.ended - a.began)
            .max()
            .orElse(0)
        / 1000;
  }

  /** All of it for a report. */
  String summary(long from, long to) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String kind : new String[] {"W", "T", "O", "R"}) {
      lines.put(kind, ends(kind, from, to) + " longest " + longestMillis(kind, from, to) + " ms");
    }
    return lines.toString();
  }
}
