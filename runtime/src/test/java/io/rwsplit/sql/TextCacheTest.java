package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class TextCacheTest {
  private final TextCache cache = new TextCache();

  private static Classification some() {
    return new Classification.Builder(StatementKind.READ, Reason.PROVEN_READ).build();
  }

  @Test
  void aTextWithoutLiteralsIsKnownAtOnce() {
    Classification c = some();
    cache.put("SELECT a FROM t", c, true);
    assertSame(c, cache.get("SELECT a FROM t"));
    assertNull(cache.get("SELECT b FROM t"));
  }

  @Test
  void aTextWithLiteralsIsKnownWhenItCameTwice() {
    Classification c = some();
    String text = "SELECT a FROM t WHERE id = 17";
    cache.put(text, c, false);
    assertNull(cache.get(text));
    cache.put(text, c, false);
    assertSame(c, cache.get(text));
  }

  /** "Aa" and "BB" have the same hash. */
  @Test
  void textsOfTheSameHashAreTold() {
    Classification first = some();
    Classification second = some();
    cache.put("SELECT Aa", first, true);
    assertNull(cache.get("SELECT BB"));
    cache.put("SELECT BB", second, true);
    assertSame(first, cache.get("SELECT Aa"));
    assertSame(second, cache.get("SELECT BB"));
  }

  @Test
  void textsWithLiteralsDisplaceNoOthers() {
    Classification constant = some();
    cache.put("SELECT a FROM t", constant, true);
    for (int i = 0; i < 100_000; i++) {
      String text = "SELECT a FROM t WHERE id = " + i;
      Classification c = some();
      cache.put(text, c, false);
      cache.put(text, c, false);
      Classification found = cache.get(text);
      if (found != null) {
        assertSame(c, found);
      }
    }
    assertSame(constant, cache.get("SELECT a FROM t"));
  }
}
