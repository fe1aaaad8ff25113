package io.rwsplit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
  private static final long SECOND = 1_000_000_000;
  private static final String TOKEN = "0123456789abcdef";

  private static Guard guard(String token, boolean all) {
    return new Guard(Collections.singletonList("db.example"), token, all, 10);
  }

  private static Request with(String header, String value) {
    Map<String, String> headers = new HashMap<>();
    headers.put("host", "localhost:80");
    if (header != null) {
      headers.put(header, value);
    }
    return new Request("GET", "/", new HashMap<>(), headers, new byte[0], "1.1.1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "LocalHost:8080, true",
    "db.example, true",
    "db.example:1, true",
    "127.0.0.1, true",
    "192.168.1.20:9, true",
    "[::1], true",
    "[fe80::1]:80, true",
    "evil.example, false",
    "db.example.evil, false",
    "1.2.3, false",
    "1.2.3.4.evil, false",
    "1.2.3.4.5, false",
    "'', false",
    "localhost:x, false",
    "localhost:1:2, false",
    "[::1, false",
    "[::1]x, false",
    "[evil], false",
    "a@localhost, false"
  })
  void hosts(String host, boolean ours) {
    assertEquals(ours, guard(null, false).isOurs(host));
  }

  @Test
  void otherSitesAreRefused() throws Exception {
    Guard guard = guard(null, false);
    guard.check(with(null, null));
    guard.check(with("origin", "http://localhost:80"));
    guard.check(with("sec-fetch-site", "none"));
    for (String[] header :
        new String[][] {
          {"origin", "http://localhost"},
          {"origin", "null"},
          {"sec-fetch-site", "cross-site"},
          {"host", "evil.example"}
        }) {
      assertThrows(Refusal.class, () -> guard.check(with(header[0], header[1])));
    }
  }

  @Test
  void aTokenIsNeededForWhatItIsSaid() throws Exception {
    Request without = with(null, null);
    Request right = with("authorization", "Bearer " + TOKEN);
    Request wrong = with("authorization", "Bearer " + TOKEN + "0");
    Guard none = guard(null, false);
    none.authorize(without, false, 0);
    assertEquals(403, status(none, right, true, 0));
    Guard changes = guard(TOKEN, false);
    changes.authorize(without, false, 0);
    changes.authorize(right, true, 0);
    assertEquals(401, status(changes, without, true, 0));
    assertEquals(401, status(changes, wrong, true, 0));
    assertEquals(429, status(changes, wrong, true, 0));
    // Whoever guesses keeps nobody else out.
    changes.authorize(right, true, 0);
    assertEquals(401, status(changes, wrong, true, 2 * SECOND));
    Guard all = guard(TOKEN, true);
    all.authorize(right, false, 0);
    assertEquals(401, status(all, without, false, 0));
  }

  private static int status(Guard guard, Request request, boolean changes, long now) {
    return assertThrows(Refusal.class, () -> guard.authorize(request, changes, now)).status;
  }

  @Test
  void ratesAreHeldByClientAndForAll() throws Exception {
    RateLimit limit = new RateLimit(10);
    int taken = 0;
    for (int i = 0; i < 100; i++) {
      taken += limit.take("a", 0) ? 1 : 0;
    }
    assertEquals(20, taken);
    assertTrue(limit.take("b", 0));
    assertTrue(limit.take("a", SECOND / 10));
    assertFalse(limit.take("a", SECOND / 10));
    Guard guard = guard(null, false);
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        guard.admit("10.0.0." + i, 0);
        admitted++;
      } catch (Refusal e) {
        assertEquals(429, e.status);
      }
    }
    assertEquals(80, admitted);
  }
}
