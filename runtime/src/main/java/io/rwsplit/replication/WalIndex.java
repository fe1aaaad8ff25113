package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A mapped -shm file: the header of the wal-index, and for a replica its page-number hash.
 *
 * <p>Layout ("WAL-mode File Format", section 2): two copies of a 48-byte header, checkpoint
 * information at 96, lock bytes at 120, then blocks of 32 KiB: page numbers (block 0: 4,062 from
 * byte 136; later blocks: 4,096 from 0) and 8,192 16-bit hash slots at 16,384. All in the machine's
 * byte order, except the salts, which are raw bytes of the -wal header.
 *
 * <p>May be used only while a connection of this process holds the file open: a truncated mapping
 * raises {@link InternalError}. Writing methods may be called only by the holder of the write lock.
 * Not thread-safe.
 */
final class WalIndex {
  static final int BLOCK = 32768;
  private static final int HEADER = 48;
  private static final int BACKFILLED = 96;
  private static final int FIRST_BLOCK_PAGES = 136;
  private static final int FIRST_BLOCK_ENTRIES = 4062;
  private static final int BLOCK_ENTRIES = 4096;
  private static final int HASH = 16384;
  private static final int SLOTS = 8192;

  private final FileChannel shm;
  private final boolean writable;
  private final List<MappedByteBuffer> blocks = new ArrayList<MappedByteBuffer>();

  WalIndex(FileChannel shm, boolean writable) throws IOException {
    this.shm = shm;
    this.writable = writable;
    if (shm.size() < BLOCK) {
      throw new IOException("the wal-index is shorter than one block");
    }
    block(0);
  }

  private MappedByteBuffer block(int index) throws IOException {
    while (blocks.size() <= index) {
      long offset = (long) blocks.size() * BLOCK;
      if (writable && shm.size() < offset + BLOCK) {
        // By writing, not by truncation: a page without a disk block behind it could raise SIGBUS.
        Channels.writeFully(shm, ByteBuffer.allocate(BLOCK), offset);
      }
      MappedByteBuffer map =
          shm.map(
              writable ? FileChannel.MapMode.READ_WRITE : FileChannel.MapMode.READ_ONLY,
              offset,
              BLOCK);
      map.order(ByteOrder.nativeOrder());
      blocks.add(map);
    }
    return blocks.get(index);
  }

  /** Bytes the -shm file must have for what is mapped. */
  long mappedBytes() {
    return (long) blocks.size() * BLOCK;
  }

  /** True when the header no longer equals {@code last}; cheap, may err on the side of true. */
  boolean changedSince(WalIndexHeader last) {
    MappedByteBuffer map = blocks.get(0);
    return map.getInt(8) != last.change
        || map.getInt(16) != last.maxFrame
        || rawLong(map, 32) != last.salts
        || map.getInt(BACKFILLED) != last.backfilled;
  }

  /**
   * True when no commit that follows {@code last} can have been seen by a reader. The second copy
   * of the header is written first, and readers want both alike (walIndexTryHdr): the first copy of
   * a commit that somebody has seen is complete. May be asked by any thread, of a mapping that is
   * not written to.
   */
  boolean isStill(WalIndexHeader last) {
    MappedByteBuffer map = blocks.get(0);
    return map.getInt(8) == last.change
        && map.getInt(16) == last.maxFrame
        && rawLong(map, 32) == last.salts;
  }

  /** A verified reading, or null when a writer is just changing it or it is not initialised. */
  WalIndexHeader tryRead() {
    MappedByteBuffer map = blocks.get(0);
    byte[] first = copy(map, 0);
    Fence.full();
    byte[] second = copy(map, HEADER);
    int backfilled = map.getInt(BACKFILLED);
    if (!java.util.Arrays.equals(first, second) || first[12] == 0) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(first).order(ByteOrder.nativeOrder());
    long checksum = WalChecksum.add(0, first, 0, 40, WalChecksum.NATIVE_BIG_ENDIAN);
    if (checksum != WalChecksum.pack(header.getInt(40), header.getInt(44))
        || header.getInt(0) != WalHeader.VERSION) {
      return null;
    }
    int size = header.getShort(14) & 0xffff;
    return new WalIndexHeader(
        header.getInt(8),
        first[13] != 0,
        (size & 0xfe00) + ((size & 1) << 16),
        header.getInt(16),
        header.getInt(20),
        WalChecksum.pack(header.getInt(24), header.getInt(28)),
        rawLong(header, 32),
        backfilled);
  }

  /** Like {@link #tryRead}, for some tries; null when the header stays unreadable. */
  WalIndexHeader read() {
    for (int i = 0; i < 200; i++) {
      WalIndexHeader header = tryRead();
      if (header != null) {
        return header;
      }
      if (i > 20) {
        java.util.concurrent.locks.LockSupport.parkNanos(20_000);
      }
    }
    return null;
  }

  private static byte[] copy(ByteBuffer map, int offset) {
    ByteBuffer copy = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
    for (int i = 0; i < HEADER; i += 4) {
      copy.putInt(i, map.getInt(offset + i));
    }
    return copy.array();
  }

  private static long rawLong(ByteBuffer from, int offset) {
    long value = from.getLong(offset);
    return WalChecksum.NATIVE_BIG_ENDIAN ? value : Long.reverseBytes(value);
  }

  /** Publishes a commit: second copy, fence, first copy, the reverse of a reader's order. */
  void writeHeader(WalIndexHeader header) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
    bytes.putInt(0, WalHeader.VERSION);
    bytes.putInt(8, header.change);
    bytes.put(12, (byte) 1);
    bytes.put(13, (byte) (header.bigEndian ? 1 : 0));
    bytes.putShort(14, (short) ((header.pageSize & 0xff00) | (header.pageSize >>> 16)));
    bytes.putInt(16, header.maxFrame);
    bytes.putInt(20, header.pages);
    bytes.putInt(24, WalChecksum.first(header.frameChecksum));
    bytes.putInt(28, WalChecksum.second(header.frameChecksum));
    bytes.putLong(
        32, WalChecksum.NATIVE_BIG_ENDIAN ? header.salts : Long.reverseBytes(header.salts));
    long checksum = WalChecksum.add(0, bytes.array(), 0, 40, WalChecksum.NATIVE_BIG_ENDIAN);
    bytes.putInt(40, WalChecksum.first(checksum));
    bytes.putInt(44, WalChecksum.second(checksum));
    MappedByteBuffer map = blocks.get(0);
    Fence.full();
    for (int i = 0; i < HEADER; i += 4) {
      map.putInt(HEADER + i, bytes.getInt(i));
    }
    Fence.full();
    for (int i = 0; i < HEADER; i += 4) {
      map.putInt(i, bytes.getInt(i));
    }
    Fence.full();
  }

  /** Declares nothing of the log copied into the database file, which is always safe to believe. */
  void forgetBackfill() {
    blocks.get(0).putInt(BACKFILLED, 0);
    Fence.full();
  }

  /** Block of the hash that holds {@code frame}. */
  static int blockOf(int frame) {
    return (frame + BLOCK_ENTRIES - FIRST_BLOCK_ENTRIES - 1) / BLOCK_ENTRIES;
  }

  private static int framesBefore(int block) {
    return block == 0 ? 0 : FIRST_BLOCK_ENTRIES + (block - 1) * BLOCK_ENTRIES;
  }

  /** First slot probed for a page. */
  static int slotOf(int page) {
    return (page * 383) & (SLOTS - 1);
  }

  /**
   * Enters {@code page} as the content of {@code frame}. Invisible to readers until a header with
   * that frame is written.
   */
  void append(int frame, int page) throws IOException {
    int number = blockOf(frame);
    MappedByteBuffer map = block(number);
    int pages = number == 0 ? FIRST_BLOCK_PAGES : 0;
    int index = frame - framesBefore(number);
    if (index == 1) {
      zero(map, pages, BLOCK);
    } else if (map.getInt(pages + (index - 1) * 4) != 0) {
      // Left by a batch that failed half way.
      clearAfter(frame - 1);
    }
    int slot = slotOf(page);
    for (int probes = 0; map.getShort(HASH + slot * 2) != 0; probes++) {
      if (probes > SLOTS) {
        throw new IOException("the wal-index hash is full");
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    map.putInt(pages + (index - 1) * 4, page);
    Fence.full();
    map.putShort(HASH + slot * 2, (short) index);
  }

  /** Removes the entries of all frames after {@code maxFrame} from that frame's block. */
  void clearAfter(int maxFrame) throws IOException {
    if (maxFrame == 0) {
      return;
    }
    int number = blockOf(maxFrame);
    MappedByteBuffer map = block(number);
    int limit = maxFrame - framesBefore(number);
    for (int slot = 0; slot < SLOTS; slot++) {
      if ((map.getShort(HASH + slot * 2) & 0xffff) > limit) {
        map.putShort(HASH + slot * 2, (short) 0);
      }
    }
    zero(map, (number == 0 ? FIRST_BLOCK_PAGES : 0) + limit * 4, HASH);
  }

  private static void zero(ByteBuffer map, int from, int to) {
    for (int i = from; i < to; i += 4) {
      map.putInt(i, 0);
    }
  }

  /** Page number entered for {@code frame}; for verification. */
  int pageOf(int frame) throws IOException {
    int number = blockOf(frame);
    return block(number)
        .getInt((number == 0 ? FIRST_BLOCK_PAGES : 0) + (frame - framesBefore(number) - 1) * 4);
  }

  /** Raw hash slot of a block; for verification. */
  int slot(int block, int slot) throws IOException {
    return block(block).getShort(HASH + slot * 2) & 0xffff;
  }
}
