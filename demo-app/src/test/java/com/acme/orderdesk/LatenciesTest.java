package com.acme.orderdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void emptyIsZero() {
    assertEquals(0, new Latencies().millis(0.5));
  }

  @Test
  void percentilesAreWithinABucket() {
    Latencies latencies = new Latencies();
    for (long micros = 1; micros <= 100_000; micros++) {
      latencies.add(micros * 1_000);
    }
    assertEquals(100_000, latencies.count());
    assertEquals(50.0, latencies.millis(0.5), 50.0 * 0.07);
    assertEquals(99.0, latencies.millis(0.99), 99.0 * 0.07);
    assertEquals(100.0, latencies.millis(1), 100.0 * 0.07);
  }

  @Test
  void takesTheSmallestAndTheLargest() {
    Latencies latencies = new Latencies();
    latencies.add(-5);
    latencies.add(0);
    latencies.add(15);
    latencies.add(16);
    latencies.add(Long.MAX_VALUE);
    assertEquals(5, latencies.count());
    assertEquals(Long.MAX_VALUE / 1e6, latencies.millis(1), Long.MAX_VALUE / 1e6 * 0.07);
  }
}
