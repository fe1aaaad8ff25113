package io.rwsplit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.route.RouteReason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "10000, 0",
    "10001, 1",
    "1000000000, 14",
    "1000000001, 15",
    "10000000000, 17",
    "10000000001, 18",
    "9223372036854775807, 18"
  })
  void anExecutionIsInTheBucketWhoseBoundItDoesNotPass(long nanos, int bucket) {
    Histogram histogram = new Histogram();
    histogram.record(nanos);
    long[] expected = new long[Histogram.buckets()];
    expected[bucket] = 1;
    assertEquals(Arrays.toString(expected), Arrays.toString(histogram.counts()));
    assertEquals(nanos, histogram.nanos());
  }

  @Test
  void nothingIsLostWhenThreadsMeet() throws Exception {
    Timings timings = new Timings(1, 5);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int j = 0; j < 10_000; j++) {
                  timings.ended(j % 2 - 1, null, RouteReason.READ, 10);
                }
              });
      threads[i].start();
    }
    for (Thread each : threads) {
      each.join();
    }
    for (int node = Timings.MASTER; node < 1; node++) {
      assertEquals(20_000, timings.of(node, Timings.Kind.WRITE).counts()[0]);
      assertEquals(0, timings.of(node, Timings.Kind.READ).counts()[0]);
      assertEquals(20_000, timings.counts(node)[0]);
      assertEquals(200_000, timings.nanos(node));
      assertEquals(20_000, timings.slow().count(node));
    }
    assertEquals(SlowStatements.KEPT, timings.slow().newest().size());
  }

  @Test
  void theNewestSlowOnesAreKeptNewestFirst() {
    SlowStatements slow = new SlowStatements(2, 100);
    slow.ended(1, null, RouteReason.READ, 100);
    assertTrue(slow.newest().isEmpty());
    for (int i = 0; i < SlowStatements.KEPT + 7; i++) {
      slow.ended(1, null, RouteReason.READ, 101 + i);
    }
    List<SlowStatement> newest = slow.newest();
    assertEquals(SlowStatements.KEPT, newest.size());
    for (int i = 0; i < newest.size(); i++) {
      assertEquals(101 + SlowStatements.KEPT + 6 - i, newest.get(i).nanos());
    }
    assertEquals(SlowStatements.KEPT + 7, slow.count(1));
    assertEquals(0, slow.count(Timings.MASTER));
  }

  @Test
  void withoutAThresholdNothingIsSlow() {
    SlowStatements slow = new SlowStatements(1, 0);
    slow.ended(0, null, RouteReason.READ, Long.MAX_VALUE);
    assertEquals(0, slow.count(0));
  }

  @ParameterizedTest
  @CsvSource({
    // Counts of the first four buckets; 95 of 100 took at most so many nanoseconds.
    "'0,0,0,0', 0",
    "'100,0,0,0', 9500",
    "'90,10,0,0', 30000",
    "'0,0,0,1', 242500"
  })
  void thePercentileIsFoundWithinItsBucket(String counts, long nanos) {
    long[] all = new long[Histogram.buckets()];
    long sum = 0;
    String[] texts = counts.split(",", -1);
    for (int i = 0; i < texts.length; i++) {
      all[i] = Long.parseLong(texts[i]);
      sum += all[i];
    }
    assertEquals(nanos, Sampler.percentile95(all, sum));
  }

  @Test
  void historyKeepsTheNewestAndTellsWhatIsNewer() {
    History history = new History();
    assertTrue(history.after(0).isEmpty());
    for (int i = 1; i <= History.KEPT + 5; i++) {
      history.add(i, 1, new History.Point[] {new History.Point(true, i, 0, 0, 0, 0)});
    }
    List<History.Sample> all = history.after(0);
    assertEquals(History.KEPT, all.size());
    assertEquals(6, all.get(0).number());
    assertEquals(History.KEPT + 5, all.get(all.size() - 1).of(Timings.MASTER).lagNanos());
    assertEquals(2, history.after(History.KEPT + 3).size());
    assertTrue(history.after(History.KEPT + 5).isEmpty());
    assertTrue(history.after(Long.MAX_VALUE - 1).isEmpty());
  }
}
