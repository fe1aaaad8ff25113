package io.rwsplit.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests are answered: so many a second, twice as many at once. Thread-safe; remembers a
 * bounded number of clients, and forgets those first that were seen longest ago.
 */
final class RateLimit {
  private static final int MOST_CLIENTS = 1024;
  private static final double NANOS = 1e9;

  /** What a client may still do; at most twice its rate. */
  private static final class Bucket {
    double left;
    long seen;
  }

  private final double perSecond;

  private final Map<String, Bucket> buckets =
      new LinkedHashMap<String, Bucket>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  RateLimit(double perSecond) {
    this.perSecond = perSecond;
  }

  /** Takes one from what the client may do; false when nothing is left. */
  synchronized boolean take(String client, long now) {
    Bucket bucket = buckets.get(client);
    double most = Math.max(1, 2 * perSecond);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.left = most;
      bucket.seen = now;
      buckets.put(client, bucket);
    }
    bucket.left = Math.min(most, bucket.left + (now - bucket.seen) / NANOS * perSecond);
    bucket.seen = now;
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }
}
