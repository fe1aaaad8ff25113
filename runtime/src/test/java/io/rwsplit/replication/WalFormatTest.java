package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checksums, hash and index against what SQLite itself writes. */
class WalFormatTest {
  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 4096, 65536})
  void stepOverAPageEqualsTheSumOverItsBytes(int pageSize) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] page = new byte[pageSize];
    WalChecksum step = new WalChecksum(pageSize);
    for (int i = 0; i < 50; i++) {
      random.nextBytes(page);
      long start = random.nextLong();
      for (boolean big : new boolean[] {true, false}) {
        long term = WalChecksum.add(0, page, 0, pageSize, big);
        assertEquals(
            WalChecksum.add(start, page, 0, pageSize, big), step.step(start, term), "seed " + seed);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,0", "4062,0", "4063,1", "8158,1", "8159,2", "12254,2", "12255,3"})
  void blockOfAFrame(int frame, int block) {
    assertEquals(block, WalIndex.blockOf(frame));
  }

  @ParameterizedTest
  @CsvSource({"44,6", "51,2", "44,5", "43,7", "51,3", "50,7"})
  void knowsWhichVersionsHaveTheResetBug(int minor, int patch) {
    boolean fixed = minor * 100 + patch >= 5103 || minor == 50 || (minor == 44 && patch == 6);
    assertEquals(!fixed, MasterCheckpoints.hasResetBug("3." + minor + "." + patch));
  }

  @Test
  void readsLogAndIndexAsSqliteWroteThem() throws Exception {
    try (Harness harness = new Harness(0)) {
      Connection app = largeLog(harness);
      Path shm = ReplicaFiles.beside(harness.master, "-shm");
      WalIndex index = new WalIndex(OpenFiles.readable(shm), false);
      WalIndexHeader header = index.read();
      assertTrue(header.maxFrame > 8200, "frames " + header.maxFrame);
      assertEquals(Harness.query(app, "PRAGMA page_count"), String.valueOf(header.pages), "pages");
      try (FileChannel wal = log(harness)) {
        WalReader reader = new WalReader(wal);
        WalHeader start = reader.header();
        LogPosition at = new LogPosition(0, start.salts, 0, start.checksum);
        assertEquals(start.salts, header.salts);
        while (at.frame < header.maxFrame) {
          LogPiece piece = reader.read(at, header.maxFrame, 4096, start.bigEndian, 1 << 20);
          for (int i = 0; i < piece.count(); i++) {
            assertEquals(index.pageOf(at.frame + i + 1), piece.page(i));
          }
          at = piece.end;
        }
        assertEquals(header.frameChecksum, at.checksum);
      }
    }
  }

  @Test
  void writesTheIndexExactlyAsSqliteDoes() throws Exception {
    try (Harness harness = new Harness(0)) {
      largeLog(harness);
      WalIndex theirs =
          new WalIndex(OpenFiles.readable(ReplicaFiles.beside(harness.master, "-shm")), false);
      WalIndexHeader header = theirs.read();
      Path file = harness.directory.resolve("index");
      Files.write(file, new byte[WalIndex.BLOCK]);
      WalIndex ours = new WalIndex(OpenFiles.writable(file), true);
      for (int frame = 1; frame <= header.maxFrame; frame++) {
        ours.append(frame, theirs.pageOf(frame));
      }
      // A failed batch leaves entries behind, which the next one removes.
      for (int i = 1; i < 60; i++) {
        ours.append(header.maxFrame + i, i);
      }
      ours.clearAfter(header.maxFrame);
      ours.writeHeader(header);
      for (int block = 0; block <= WalIndex.blockOf(header.maxFrame); block++) {
        Map<Integer, Integer> expected = slots(theirs, block);
        assertEquals(expected, slots(ours, block), "hash of block " + block);
      }
      WalIndexHeader copy = ours.read();
      assertNotNull(copy);
      assertTrue(copy.sameLogState(header));
      assertEquals(header.frameChecksum, copy.frameChecksum);
      assertEquals(header.pages, copy.pages);
      assertEquals(header.pageSize, copy.pageSize);
    }
  }

  private static Map<Integer, Integer> slots(WalIndex index, int block) throws IOException {
    Map<Integer, Integer> slots = new HashMap<>();
    for (int slot = 0; slot < 8192; slot++) {
      slots.put(slot, index.slot(block, slot));
    }
    return slots;
  }

  @Test
  void refusesFramesThatAreNotTheSuccessors() throws Exception {
    try (Harness harness = new Harness(0)) {
      largeLog(harness);
      Path copy = harness.directory.resolve("copy-wal");
      Files.copy(ReplicaFiles.beside(harness.master, "-wal"), copy);
      try (FileChannel wal =
          FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        WalReader reader = new WalReader(wal);
        WalHeader start = reader.header();
        LogPosition first = new LogPosition(0, start.salts, 0, start.checksum);
        LogPosition tenth = reader.read(first, 10, 4096, start.bigEndian, 1 << 20).end;
        LogPosition wrongSum = new LogPosition(0, start.salts, 10, tenth.checksum + 1);
        assertContinuity(() -> reader.read(wrongSum, 20, 4096, start.bigEndian, 1 << 20));
        LogPosition wrongSalts = new LogPosition(0, start.salts + 1, 10, tenth.checksum);
        assertContinuity(() -> reader.read(wrongSalts, 20, 4096, start.bigEndian, 1 << 20));
        flip(wal, WalHeader.offset(15, 4096) + 1000);
        assertContinuity(() -> reader.read(tenth, 20, 4096, start.bigEndian, 1 << 20));
        assertEquals(14, reader.read(tenth, 14, 4096, start.bigEndian, 1 << 20).end.frame);
        wal.truncate(WalHeader.offset(14, 4096) + 5);
        assertContinuity(() -> reader.read(tenth, 14, 4096, start.bigEndian, 1 << 20));
        flip(wal, 17);
        assertNull(reader.header());
      }
    }
  }

  private static void assertContinuity(org.junit.jupiter.api.function.Executable read) {
    assertThrows(ContinuityException.class, read);
  }

  private static void flip(FileChannel channel, long offset) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    assertEquals(1, channel.read(one, offset));
    one.put(0, (byte) (one.get(0) ^ 1)).flip();
    assertEquals(1, channel.write(one, offset));
  }

  @Test
  void positionRecordsSurviveGarbageInOneSlot() throws Exception {
    try (Harness harness = new Harness(0)) {
      Path replica = harness.directory.resolve("r.db");
      PositionFile file = new PositionFile(replica);
      LogPosition first = new LogPosition(1, 2, 3, 4);
      LogPosition second = new LogPosition(1, 2, 5, 6);
      file.write(false, 77, 10, first, 9, 0);
      file.write(false, 77, 20, second, 9, 0);
      assertEquals(3, file.find(77, 10, 9, 0).master.frame);
      assertEquals(5, file.find(77, 20, 9, 0).master.frame);
      assertNull(file.find(77, 15, 9, 0), "another frame");
      assertNull(file.find(78, 20, 9, 0), "another log");
      assertNull(file.find(77, 20, 8, 0), "another file");
      assertNull(file.find(77, 0, 9, 0), "an empty log, but not whole without it");
      file.write(true, 77, 20, second, 9, 123);
      assertEquals(5, file.find(0, 0, 9, 123).master.frame);
      assertNull(file.find(0, 0, 9, 124), "the file was written to since");
      Path path = PositionFile.pathOf(replica);
      byte[] bytes = Files.readAllBytes(path);
      bytes[128 + 40] ^= 1;
      Files.write(path, bytes);
      assertNull(file.find(77, 10, 9, 0));
      assertEquals(5, file.find(77, 20, 9, 0).master.frame);
      file.close();
      assertFalse(Files.size(path) > 256);
    }
  }

  private static Connection largeLog(Harness harness) throws Exception {
    Connection app = harness.connect(harness.master);
    Harness.sql(
        app,
        "PRAGMA journal_mode=WAL",
        "PRAGMA wal_autocheckpoint=0",
        "PRAGMA synchronous=OFF",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB)",
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
            + " INSERT INTO t SELECT i, randomblob(900) FROM n");
    for (int i = 0; i < 300; i++) {
      Harness.sql(
          app,
          "UPDATE t SET v = randomblob(800) WHERE id BETWEEN " + i * 90 + " AND " + (i * 90 + 9));
    }
    return app;
  }

  private static FileChannel log(Harness harness) throws IOException {
    return FileChannel.open(ReplicaFiles.beside(harness.master, "-wal"), StandardOpenOption.READ);
  }
}
