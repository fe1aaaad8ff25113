package io.rwsplit.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.JdbcUrl;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A watch over REST interfaces that answer, disagree, hang and go. */
class PatroniWatchTest {
  private static final List<JdbcUrl> NODES =
      Arrays.asList(
          JdbcUrl.parse("jdbc:postgresql://127.0.0.1:6001/shop"),
          JdbcUrl.parse("jdbc:postgresql://127.0.0.1:6002/shop"));
  private static final String N1 = RestServer.view("n1", 6001, "");
  private static final String N2 = RestServer.view("n2", 6002, "");
  private static final String TAGGED =
      ", {\"name\": \"n2\", \"role\": \"replica\", \"host\": \"127.0.0.1\", \"port\": 6002,"
          + " \"tags\": {\"noloadbalance\": true}}";

  private static PatroniWatch watch(RestServer... servers) {
    return new PatroniWatch(RestServer.settings(servers), NODES, PatroniWatchTest::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "patroni-test");
    thread.setDaemon(true);
    return thread;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not in time");
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Test
  void theLeaderIsFollowedAndToldOf() throws Exception {
    try (RestServer first = RestServer.of(N1);
        RestServer second = RestServer.of(N1)) {
      PatroniWatch watch = watch(first, second);
      // How often it is told is left open: a member that is slow for once is no opinion meanwhile.
      AtomicIntegerArray told = new AtomicIntegerArray(2);
      watch.changed(
          () -> {
            int leader = watch.leader();
            if (leader != PatroniWatch.NONE) {
              told.incrementAndGet(leader);
            }
          });
      assertEquals(PatroniWatch.NONE, watch.leader());
      watch.start(null);
      try {
        await(() -> watch.leader() == 0);
        await(() -> told.get(0) > 0);
        assertEquals(0, told.get(1));
        first.answer(RestServer.saying(N2));
        second.answer(RestServer.saying(N2));
        await(() -> watch.leader() == 1);
        await(() -> told.get(1) > 0);
        assertTrue(watch.member(1).toString().startsWith("leader"));
      } finally {
        watch.stop();
      }
    }
  }

  @Test
  void aPausedPatroniHasNoOpinion() throws Exception {
    String paused = N1.substring(0, N1.length() - 1) + ", \"pause\": true}";
    try (RestServer server = RestServer.of(paused)) {
      PatroniWatch watch = watch(server);
      watch.start(null);
      try {
        await(() -> watch.member(0) != null);
        assertEquals(PatroniWatch.NONE, watch.leader());
        server.answer(RestServer.saying(N1));
        await(() -> watch.leader() == 0);
      } finally {
        watch.stop();
      }
    }
  }

  @Test
  void disagreementIsNoOpinion() throws Exception {
    try (RestServer first = RestServer.of(N1);
        RestServer second = RestServer.of(N2)) {
      PatroniWatch watch = watch(first, second);
      watch.start(null);
      try {
        await(() -> first.asked.get() > 5 && second.asked.get() > 5);
        // One that is slow for a moment leaves the other's opinion alone: that one sees it at all.
        await(() -> watch.leader() == PatroniWatch.NONE && !watch.isCalm());
        second.end();
        await(() -> watch.leader() == 0);
      } finally {
        watch.stop();
      }
    }
  }

  /** One that hangs, one that talks nonsense, and one that answers. */
  @Test
  void oneGoodMemberIsEnough() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RestServer hung = new RestServer((head, out) -> end.await(100, TimeUnit.SECONDS));
        RestServer mad = RestServer.of("<html>");
        RestServer good = RestServer.of(RestServer.view("n1", 6001, TAGGED))) {
      PatroniWatch watch = watch(hung, mad, good);
      assertNull(watch.objection(1));
      watch.start(null);
      try {
        await(() -> watch.leader() == 0);
        assertNull(watch.objection(0));
        assertEquals("tagged noloadbalance in Patroni", watch.objection(1));
        good.end();
        await(() -> watch.leader() == PatroniWatch.NONE);
        assertEquals("tagged noloadbalance in Patroni", watch.objection(1), "what was known stays");
      } finally {
        watch.stop();
        end.countDown();
      }
    }
  }

  @Test
  void aStrangerLeadsNobodyHere() throws Exception {
    try (RestServer server = RestServer.of(RestServer.view("x", 7777, ""))) {
      PatroniWatch watch = watch(server);
      watch.start(null);
      try {
        await(() -> server.asked.get() > 3);
        assertEquals(PatroniWatch.NONE, watch.leader());
      } finally {
        watch.stop();
      }
    }
  }

  @Test
  void replicasAreDiscovered() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RestServer hung = new RestServer((head, out) -> end.await(100, TimeUnit.SECONDS));
        RestServer good = RestServer.of(RestServer.view("n1", 6001, TAGGED))) {
      JdbcUrl master = JdbcUrl.parse("jdbc:postgresql://localhost:6001/my%20shop?ssl=false");
      assertEquals(
          "[jdbc:postgresql://localhost:6002/my%20shop]",
          Discovery.replicas(RestServer.settings(hung, good), master, PatroniWatchTest::thread)
              .toString());
      JdbcUrl proxy = JdbcUrl.parse("jdbc:postgresql://localhost:9999/shop");
      assertEquals(
          "[jdbc:postgresql://localhost:6001/shop, jdbc:postgresql://localhost:6002/shop]",
          Discovery.replicas(RestServer.settings(hung, good), proxy, PatroniWatchTest::thread)
              .toString());
      good.answer(RestServer.saying(N1));
      IOException alone =
          assertThrows(
              IOException.class,
              () ->
                  Discovery.replicas(RestServer.settings(good), master, PatroniWatchTest::thread));
      assertTrue(alone.getMessage().contains("names no server but the master"));
    } finally {
      end.countDown();
    }
  }

  @Test
  void nobodyToAskNamesTheProperty() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RestServer hung = new RestServer((head, out) -> end.await(100, TimeUnit.SECONDS));
        RestServer mad = RestServer.of("{}")) {
      long begin = System.nanoTime();
      IOException nobody =
          assertThrows(
              IOException.class,
              () ->
                  Discovery.replicas(
                      RestServer.settings(hung, mad), NODES.get(0), PatroniWatchTest::thread));
      assertTrue(nobody.getMessage().startsWith("rwsplit.patroni: "), nobody.getMessage());
      assertTrue(nobody.getMessage().contains("names no members"), nobody.getMessage());
      assertTrue(nobody.getMessage().contains(hung.url().toString()), nobody.getMessage());
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30));
    } finally {
      end.countDown();
    }
  }
}
