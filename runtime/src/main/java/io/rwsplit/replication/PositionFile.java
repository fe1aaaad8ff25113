package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The position record of a replica: {@code <replica>-rwsplit-pos}, two slots of 128 bytes written
 * in turn, each with a CRC, so that one whole record survives a crash at any moment.
 *
 * <p>Slot, big-endian: magic 0, flags 4, sequence 8, replica salts 16, replica frame 24, master
 * frame 28, master salts 32, master checksum 40, generation 48, boot id 56, replica inode 64,
 * settled time 72, CRC-32 of bytes 0 to 123 at 124.
 *
 * <p>Nothing is forced to disk: a record of another boot is not believed. Not thread-safe.
 */
final class PositionFile implements AutoCloseable {
  static final String SUFFIX = "-rwsplit-pos";
  private static final int MAGIC = 0x52575031;
  private static final int SLOT = 128;
  private static final int WHOLE = 1;

  /** Tells this host since its start from all others; 0 where there is no such number. */
  static final long BOOT = bootId();

  private final Path path;
  private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT);
  private FileChannel channel;
  private long sequence;

  PositionFile(Path replica) {
    this.path = pathOf(replica);
  }

  static Path pathOf(Path replica) {
    return replica.resolveSibling(replica.getFileName() + SUFFIX);
  }

  private FileChannel channel() throws IOException {
    if (channel == null) {
      channel =
          FileChannel.open(
              path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    }
    return channel;
  }

  /** Opens the file anew on the next write when somebody has deleted it. */
  void reopenIfDeleted() {
    if (!Files.exists(path)) {
      close();
    }
  }

  /**
   * The record that tells what a replica holds whose log is at {@code salts} and {@code frame}, or
   * null when none does.
   *
   * @param inode identity of the replica's database file
   * @param modified modification time of the database file in nanoseconds
   */
  PositionRecord find(long salts, int frame, long inode, long modified) throws IOException {
    PositionRecord newest = null;
    PositionRecord exact = null;
    for (int i = 0; i < 2; i++) {
      PositionRecord record = read(i, inode);
      if (record == null) {
        continue;
      }
      sequence = Math.max(sequence, record.sequence);
      if (newest == null || record.sequence > newest.sequence) {
        newest = record;
      }
      if (frame > 0
          && record.replicaSalts == salts
          && record.replicaFrame == frame
          && (exact == null || record.sequence > exact.sequence)) {
        exact = record;
      }
    }
    if (frame > 0) {
      return exact;
    }
    boolean usable =
        newest != null && newest.wholeWithoutLog && BOOT != 0 && newest.settledTime == modified;
    return usable ? newest : null;
  }

  /**
   * True when there are records of this file, though {@link #find} has found none that fits: it was
   * changed since, or left in the middle of a change.
   */
  boolean isOfAnotherState(long inode) throws IOException {
    return read(0, inode) != null || read(1, inode) != null;
  }

  /**
   * The newest record of exactly this state of a replica's log, for a process that only looks on;
   * null when there is none. Such a record is there before readers see the state, and for as long
   * as they do.
   */
  static PositionRecord of(Path replica, long salts, int frame, long inode) throws IOException {
    byte[] all = Files.readAllBytes(pathOf(replica));
    PositionRecord newest = null;
    for (int i = 0; all.length >= 2 * SLOT && i < 2; i++) {
      PositionRecord record = parse(Arrays.copyOfRange(all, i * SLOT, (i + 1) * SLOT), inode);
      if (record != null
          && record.replicaSalts == salts
          && record.replicaFrame == frame
          && (newest == null || record.sequence > newest.sequence)) {
        newest = record;
      }
    }
    return newest;
  }

  private PositionRecord read(int index, long inode) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SLOT);
    boolean whole = Channels.readFully(channel(), bytes, (long) index * SLOT) == SLOT;
    return whole ? parse(bytes.array(), inode) : null;
  }

  private static PositionRecord parse(byte[] slot, long inode) {
    ByteBuffer bytes = ByteBuffer.wrap(slot);
    if (bytes.getInt(0) != MAGIC
        || bytes.getInt(124) != crc(slot)
        || bytes.getLong(56) != BOOT
        || BOOT == 0
        || bytes.getLong(64) != inode) {
      return null;
    }
    LogPosition master =
        new LogPosition(bytes.getLong(48), bytes.getLong(32), bytes.getInt(28), bytes.getLong(40));
    return new PositionRecord(
        bytes.getLong(8),
        (bytes.getInt(4) & WHOLE) != 0,
        bytes.getLong(16),
        bytes.getInt(24),
        master,
        bytes.getLong(72));
  }

  /** Writes a record over the older slot. */
  void write(boolean whole, long salts, int frame, LogPosition master, long inode, long settledTime)
      throws IOException {
    sequence++;
    ByteBuffer bytes = ByteBuffer.allocate(SLOT);
    bytes.putInt(0, MAGIC);
    bytes.putInt(4, whole ? WHOLE : 0);
    bytes.putLong(8, sequence);
    bytes.putLong(16, salts);
    bytes.putInt(24, frame);
    bytes.putInt(28, master.frame);
    bytes.putLong(32, master.salts);
    bytes.putLong(40, master.checksum);
    bytes.putLong(48, master.generation);
    bytes.putLong(56, BOOT);
    bytes.putLong(64, inode);
    bytes.putLong(72, settledTime);
    bytes.putInt(124, crc(bytes.array()));
    slot.clear();
    slot.put(bytes.array());
    slot.flip();
    Channels.writeFully(channel(), slot, (sequence & 1) * SLOT);
  }

  /** Makes both slots invalid: what the replica holds is not known. */
  void clear() throws IOException {
    Channels.writeFully(channel(), ByteBuffer.allocate(2 * SLOT), 0);
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The record is checked when it is read.
      }
      channel = null;
    }
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, 124);
    return (int) crc.getValue();
  }

  private static long bootId() {
    try {
      byte[] id = Files.readAllBytes(Paths.get("/proc/sys/kernel/random/boot_id"));
      return hash(new String(id, StandardCharsets.US_ASCII).trim());
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  /** A 64-bit FNV-1a hash. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
