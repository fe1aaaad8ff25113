package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DigestCacheTest {
  private static Classification value(int i) {
    return new Classification.Builder(StatementKind.DML, Reason.DML).detail("" + i).build();
  }

  @Test
  void equalHashesAreToldApart() {
    DigestCache cache = new DigestCache();
    Classification a = value(1);
    Classification b = value(2);
    cache.put("abc".toCharArray(), 7, a);
    cache.put("abd".toCharArray(), 7, b);
    assertSame(a, cache.get("abcx".toCharArray(), 3, 7));
    assertSame(b, cache.get("abd".toCharArray(), 3, 7));
    assertNull(cache.get("abe".toCharArray(), 3, 7));
    assertNull(cache.get("ab".toCharArray(), 2, 7));
  }

  @Test
  void itsSizeIsBoundedAndWhatIsUsedStays() {
    DigestCache cache = new DigestCache();
    Classification kept = value(0);
    cache.put("kept".toCharArray(), 1, kept);
    for (int i = 0; i < 20 * DigestCache.MAX_ENTRIES; i++) {
      String digest = "digest " + i;
      cache.put(digest.toCharArray(), digest.hashCode(), value(i));
      if (i % 500 == 0) {
        assertSame(kept, cache.get("kept".toCharArray(), 4, 1));
      }
    }
    assertTrue(cache.size() <= 2 * DigestCache.MAX_ENTRIES, "size " + cache.size());
    char[] large = new char[DigestCache.MAX_CHARS / 4];
    for (int i = 0; i < 20; i++) {
      cache.put(large.clone(), i, value(i));
    }
    assertTrue(cache.size() < 20, "size " + cache.size());
  }

  @Test
  void manyThreadsGetTheSameAnswers() throws Exception {
    long seed = Long.getLong("rwsplit.test.seed", System.nanoTime());
    SqlClassifier classifier = new SqlClassifier(Engine.SQLITE);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int n = 0; n < 8; n++) {
        Random random = new Random(seed + n);
        results.add(pool.submit(() -> wrongAnswers(classifier, random)));
      }
      for (Future<Integer> f : results) {
        assertEquals(0, f.get(60, TimeUnit.SECONDS), "seed " + seed);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static int wrongAnswers(SqlClassifier classifier, Random random) {
    int wrong = 0;
    for (int i = 0; i < 20_000; i++) {
      int shape = random.nextInt(3 * DigestCache.MAX_ENTRIES);
      int value = random.nextInt();
      String name = "t" + shape;
      switch (random.nextInt(4)) {
        case 0:
          wrong +=
              classifier.classify("DELETE FROM " + name + " WHERE a = " + value).kind()
                      == StatementKind.DML
                  ? 0
                  : 1;
          break;
        case 1:
          wrong +=
              classifier.classify("SELECT f" + shape + "('" + value + "')").reason()
                      == Reason.UNKNOWN_FUNCTION
                  ? 0
                  : 1;
          break;
        case 2:
          {
            Classification c =
                classifier.classify("SELECT a FROM t" + shape % 20 + " WHERE a = '" + value + "'");
            wrong += c.isRead() || c.reason() == Reason.CLASSIFYING ? 0 : 1;
            break;
          }
        default:
          {
            Classification c = classifier.classify("UPDATE " + name + " SET a = " + value);
            wrong += c.tables().contains(name) ? 0 : 1;
            break;
          }
      }
    }
    return wrong;
  }
}
