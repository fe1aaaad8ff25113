package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicators of one master and its replicas, as of several JVMs: one leads, others follow. */
class FollowerTest {
  private Harness leader;
  private Harness follower;
  private Connection app;

  @BeforeEach
  void create() throws Exception {
    leader = new Harness(2);
    follower = new Harness(leader.directory, 2);
    app = leader.connect(leader.master);
    Harness.sql(app, "PRAGMA journal_mode=WAL", "CREATE TABLE t (id INTEGER PRIMARY KEY)");
  }

  @AfterEach
  void close() throws Exception {
    follower.stop();
    leader.close();
  }

  private void startBoth() throws Exception {
    leader.start();
    leader.awaitCaughtUp();
    follower.start();
    follower.awaitCaughtUp();
  }

  private Path positions() {
    return SharedPositions.pathOf(MasterFile.real(leader.master));
  }

  @Test
  void followsWithTicketsOfItsOwn() throws Exception {
    startBoth();
    try (Connection replica = Harness.open(leader.replicas.get(0))) {
      for (int i = 1; i <= 200; i++) {
        Harness.sql(app, "INSERT INTO t VALUES (NULL)");
        long ticket = follower.replicator.tickets().newTicket();
        if (i % 3 == 0) {
          follower.await("it", () -> follower.replicator.tickets().appliedTicket(0) >= ticket);
        }
        if (follower.replicator.tickets().appliedTicket(0) >= ticket) {
          assertEquals("" + i, Harness.query(replica, "SELECT count(*) FROM t"));
        }
      }
    }
    assertEquals(FeedState.STREAMING, follower.replicator.state(0));
    assertTrue(follower.replicator.lag(0).isKnown());
    // A reset of the log is in between now and then: nothing is proven across it.
    long[] ticket = new long[1];
    follower.await(
        "an unchanged master",
        () -> {
          ticket[0] = follower.replicator.tickets().newTicket();
          return follower.replicator.tickets().isUnchangedSince(ticket[0], Duration.ofSeconds(20));
        });
    Harness.sql(app, "INSERT INTO t VALUES (NULL)");
    assertFalse(follower.replicator.tickets().isUnchangedSince(ticket[0], Duration.ofSeconds(20)));
  }

  /** Else the first commits of a JVM would not wait for replicas that another one feeds. */
  @Test
  void whatTheLeaderSaysIsWaitedForAMoment() throws Exception {
    leader.start();
    leader.awaitCaughtUp();
    long began = System.nanoTime();
    follower.start();
    while (follower.replicator.state(0) != FeedState.STREAMING) {
      boolean standsBy = follower.replicator.state(0) == FeedState.STANDBY;
      boolean settling = follower.replicator.isSettling(0);
      boolean still = follower.replicator.state(0) == FeedState.STANDBY;
      if (System.nanoTime() - began > 900_000_000L) {
        // A slow machine: it may be waited for no more.
        break;
      }
      assertTrue(!standsBy || settling || !still, "it is taken for one that cannot follow");
    }
    follower.awaitCaughtUp();
    assertFalse(follower.replicator.isSettling(0));
  }

  @Test
  void readsOnAnUnchangedMasterNeedNoNewTicket() throws Exception {
    startBoth();
    follower.await(
        "a covering ticket that stays",
        () -> {
          long first = follower.replicator.tickets().coveringTicket();
          Thread.sleep(30);
          return follower.replicator.tickets().coveringTicket() == first;
        });
    long before = follower.replicator.tickets().coveringTicket();
    Harness.sql(app, "INSERT INTO t VALUES (NULL)");
    assertTrue(follower.replicator.tickets().coveringTicket() > before);
  }

  @Test
  void takesOverAndTicketsStayTrue() throws Exception {
    startBoth();
    Harness.sql(app, "INSERT INTO t VALUES (NULL)");
    long written = follower.replicator.tickets().newTicket();
    long seen = follower.replicator.tickets().visibleBound(1);
    leader.stop();
    Harness.sql(app, "INSERT INTO t VALUES (NULL)");
    long after = follower.replicator.tickets().newTicket();
    assertTrue(after >= written);
    follower.await("it leads", () -> follower.replicator.tickets().appliedTicket(1) >= after);
    assertTrue(follower.replicator.tickets().appliedTicket(1) >= seen);
    assertEquals("2", Harness.queryOnce(leader.replicas.get(1), "SELECT count(*) FROM t"));
    follower.assertEqual();
    leader.start();
    leader.awaitCaughtUp();
    assertTrue(leader.replicator.tickets().newTicket() > after);
  }

  @Test
  void poolsGoWithTheFile() throws Exception {
    startBoth();
    int mark = follower.events.size();
    // Nothing that the leader can repair.
    try (FileChannel file = FileChannel.open(leader.replicas.get(0), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(4096), 0);
    }
    follower.await("the news", () -> follower.events.size() > mark + 2);
    follower.awaitCaughtUp();
    assertTrue(
        follower.events.subList(mark, follower.events.size()).contains("0 replacing"),
        follower.events::toString);
    follower.await(
        "it is told", () -> follower.events.get(follower.events.size() - 1).equals("0 STREAMING"));
  }

  @Test
  void whoeverLosesItsLockFileStandsDown() throws Exception {
    startBoth();
    int mark = leader.events.size();
    Files.delete(leader.directory.resolve("master.db" + MasterFile.LOCK_SUFFIX));
    leader.await("it notices", () -> leader.events.size() > mark);
    Harness.sql(app, "INSERT INTO t VALUES (NULL)");
    leader.awaitCaughtUp();
    follower.awaitCaughtUp();
    leader.assertEqual();
  }

  @Test
  void aLostFileOfPositionsIsMadeAnew() throws Exception {
    startBoth();
    Object before = OpenFiles.identity(positions());
    long ticket = follower.replicator.tickets().newTicket();
    Files.delete(positions());
    follower.await("it is back", () -> OpenFiles.identityOrNull(positions()) != null);
    assertFalse(before.equals(OpenFiles.identity(positions())));
    Harness.sql(app, "INSERT INTO t VALUES (NULL)");
    leader.awaitCaughtUp();
    follower.awaitCaughtUp();
    assertTrue(follower.replicator.tickets().newTicket() > ticket);
    assertTrue(follower.replicator.tickets().appliedTicket(0) > ticket);
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "short", "garbage", "version", "boot", "numbers"})
  void whatIsNoFileOfPositionsIsNotBelieved(String fault) throws Exception {
    SharedPositions.create(positions());
    try (FileChannel file = FileChannel.open(positions(), StandardOpenOption.WRITE)) {
      byte[] noise = new byte[SharedPositions.SIZE];
      Arrays.fill(noise, (byte) 0x5a);
      switch (fault) {
        case "empty":
          file.truncate(0);
          break;
        case "short":
          file.truncate(SharedPositions.SIZE / 2);
          break;
        case "garbage":
          file.write(ByteBuffer.wrap(noise), 0);
          break;
        case "version":
          file.write(word(0x52575350_00000000L), 0);
          break;
        case "boot":
          file.write(word(1), 8);
          break;
        default:
          file.write(ByteBuffer.wrap(noise, 16, noise.length - 16), 16);
          break;
      }
    }
    startBoth();
    Harness.sql(app, "INSERT INTO t VALUES (NULL)");
    leader.awaitCaughtUp();
    follower.awaitCaughtUp();
    leader.assertEqual();
  }

  private static ByteBuffer word(long value) {
    ByteBuffer word = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value);
    word.flip();
    return word;
  }

  @Test
  void everybodyFindsTheNewestWrite() throws Exception {
    startBoth();
    long first = leader.replicator.tickets().newWrite();
    assertTrue(follower.replicator.tickets().newestWriteAnywhere() >= first);
    long second = follower.replicator.tickets().newWrite();
    assertTrue(second >= first);
    assertTrue(leader.replicator.tickets().newestWriteAnywhere() >= second);
    Object noted = follower.replicator.tickets().writeOpened();
    assertEquals(Long.MAX_VALUE, leader.replicator.tickets().newestWriteAnywhere());
    long third = follower.replicator.tickets().newWrite();
    follower.replicator.tickets().writeClosed(noted);
    assertEquals(third, leader.replicator.tickets().newestWriteAnywhere());
    leader.await("it", () -> leader.replicator.tickets().appliedTicket(0) >= third);
  }
}
