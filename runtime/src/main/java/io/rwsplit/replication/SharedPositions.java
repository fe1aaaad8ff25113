package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The mapped file {@code <master>-rwsplit-positions}, through which the JVM that feeds the replicas
 * (the leader) tells the other JVMs on this host how far they are, and these tell it what they wait
 * for.
 *
 * <p>Layout, words of 64 bits in the machine's byte order: magic with version 0; boot id 8; number
 * of the leader 16, its pid 24, its heartbeat 32; newest ticket given to a sample 40; all up to
 * this ticket is in a sample 48; ticket of the newest change 56; {@link SharedSample} at 128; per
 * replica 128 bytes from 4096 ({@link SharedReplica}); then, a word for each of 256 slots, the
 * wished ticket from 16384, the newest completed write from 18432, the newest suspicion from 20480
 * (how many there were, times 64, and the replica's entry). The bytes locked by fcntl lie far
 * behind the end of the file: one for the leader, one for each slot.
 *
 * <p>Every word has one writer at a time: those of the leader the holder of the leader's lock,
 * those of a slot the holder of the slot's. Tickets never go down in one file, whoever leads. The
 * file is complete before it gets its name, is replaced but never truncated, and what another boot,
 * host or version left is not read. Nothing in it outlives its truth: a dead leader's words say
 * what its replicas hold until somebody else feeds them.
 *
 * <p>Thread-safe but for the methods of the capture thread.
 */
final class SharedPositions {
  static final String SUFFIX = "-rwsplit-positions";
  static final int SIZE = 1 << 16;
  static final int SLOTS = 256;
  static final int REPLICAS = 64;

  /** Larger numbers were not drawn by anybody. */
  static final long MAX_TICKET = 1L << 62;

  static final int PATH = 0;
  static final int GENERATION = 8;
  static final int FILE = 16;
  static final int STATE = 24;
  static final int APPLIED = 32;
  static final int VISIBLE = 40;
  static final int LAG_BYTES = 48;
  static final int LAG_NANOS = 56;
  static final int DELAY = 64;

  static final int SAMPLE_AT = 128;
  private static final long MAGIC = 0x52575350_00000001L;
  private static final int BOOT_AT = 8;
  private static final int LEADER_AT = 16;
  private static final int PID_AT = 24;
  private static final int BEAT_AT = 32;
  private static final int DRAWN_AT = 40;
  private static final int SAMPLED_AT = 48;
  private static final int CHANGE_AT = 56;
  private static final int REPLICAS_AT = 4096;
  private static final int REPLICA_BYTES = 128;
  private static final int WANTED_AT = 16384;
  private static final int NEWEST_AT = 18432;
  private static final int SUSPICION_AT = 20480;
  private static final long LOCKS_AT = 1L << 30;

  private final Path path;
  private final Object identity;
  private final FileChannel channel;
  private final MappedByteBuffer map;
  private final Object raising = new Object();
  private FileLock leaderLock;
  private FileLock slotLock;
  private int slot = -1;

  /** Newest values of this JVM's slot, which it alone writes. */
  private volatile long wanted;

  private volatile long newest;

  /** Writes of this JVM that are visible soon, and have no ticket yet. */
  private int openWrites;

  private volatile boolean broken;

  private SharedPositions(Path path, Object identity, FileChannel channel) throws IOException {
    this.path = path;
    this.identity = identity;
    this.channel = channel;
    this.map = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
    map.order(ByteOrder.nativeOrder());
  }

  static Path pathOf(Path master) {
    return ReplicaFiles.beside(master, SUFFIX);
  }

  /**
   * Opens the file of a master and takes a slot in it; it stays open for the life of the JVM, since
   * closing any channel on it would drop the locks.
   *
   * @return null when there is none
   * @throws IOException when it must not be used: the reason
   */
  static SharedPositions open(Path path) throws IOException {
    Object before = OpenFiles.identityOrNull(path);
    if (before == null) {
      return null;
    }
    FileChannel channel = OpenFiles.writable(path);
    if (!before.equals(OpenFiles.identityOrNull(path))) {
      throw new IOException(path + " is being replaced");
    }
    ByteBuffer head = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    int read = Channels.readFully(channel, head, 0);
    if (read < 16 || channel.size() < SIZE || head.getLong(0) != MAGIC) {
      throw new IOException(path + " is no file of positions, or of another version of rwsplit");
    }
    if (PositionFile.BOOT == 0 || head.getLong(BOOT_AT) != PositionFile.BOOT) {
      throw new IOException(path + " is of another host, or from before it was started");
    }
    SharedPositions opened = new SharedPositions(path, before, channel);
    if (!opened.takeSlot()) {
      throw new IOException(path + " serves " + SLOTS + " JVMs already");
    }
    return opened;
  }

  /** Puts a new file in the place; only for the holder of the master's lock. */
  static void create(Path path) throws IOException {
    if (PositionFile.BOOT == 0) {
      throw new IOException("this system has no boot id");
    }
    Path fresh = ReplicaFiles.beside(path, "-new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      // Written, not only sized: a page without a disk block behind it could raise SIGBUS.
      ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
      bytes.putLong(0, MAGIC).putLong(BOOT_AT, PositionFile.BOOT);
      Channels.writeFully(out, bytes, 0);
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean takeSlot() throws IOException {
    for (int i = 0; i < SLOTS; i++) {
      slotLock = tryLock(LOCKS_AT + 1 + i);
      if (slotLock != null) {
        slot = i;
        // Who had it before may have died: his wishes and writes go on to count.
        wanted = get(WANTED_AT + 8 * i);
        long left = get(NEWEST_AT + 8 * i);
        newest = left;
        if (left > MAX_TICKET) {
          newest = Math.max(drawn(), wanted) + 1;
          want(newest);
        }
        put(NEWEST_AT + 8 * i, newest);
        return true;
      }
    }
    return false;
  }

  private FileLock tryLock(long at) throws IOException {
    try {
      return channel.tryLock(at, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * True when whoever leads has told that a replica has all of a state of the master's log; for a
   * process that only looks on.
   */
  static boolean isApplied(Path master, Path replica, WalIndexHeader state) throws IOException {
    ByteBuffer words = copy(pathOf(master));
    SharedSample sample = words == null ? null : SharedSample.read(words);
    ByteBuffer later = copy(pathOf(master));
    if (sample == null
        || !sample.header.sameLogState(state)
        || later == null
        || !SharedSample.isUnchanged(words, later)) {
      return false;
    }
    long hash = SharedReplica.hash(replica);
    for (int i = 0; i < REPLICAS; i++) {
      int at = REPLICAS_AT + i * REPLICA_BYTES;
      if (words.getLong(at + PATH) == hash) {
        return words.getLong(at + APPLIED) >= sample.ticket;
      }
    }
    return false;
  }

  private static ByteBuffer copy(Path path) throws IOException {
    ByteBuffer words = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.nativeOrder());
    return words.capacity() < SIZE || words.getLong(0) != MAGIC ? null : words;
  }

  // The capture thread.

  /** True when this JVM holds, or now got, the lock of the one who may write the leader's words. */
  boolean lockLeader() throws IOException {
    if (leaderLock == null || !leaderLock.isValid()) {
      leaderLock = tryLock(LOCKS_AT);
    }
    return leaderLock != null;
  }

  void unlockLeader() {
    leaderLock = release(leaderLock);
  }

  /** Gives slot and locks back. */
  void leave() {
    unlockLeader();
    slotLock = release(slotLock);
  }

  private static FileLock release(FileLock lock) {
    try {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException e) {
      // It ends with the process.
    }
    return null;
  }

  /** False when somebody has removed, replaced or truncated the file. */
  boolean isInPlace() {
    FileStat now = broken ? null : FileStat.of(path);
    return now != null && now.identity.equals(identity) && now.size >= SIZE;
  }

  boolean isOf(Path master) {
    return path.equals(pathOf(master));
  }

  // The leader.

  void begin(long pid) {
    put(PID_AT, pid);
    put(LEADER_AT, get(LEADER_AT) + 1);
  }

  void beat() {
    put(BEAT_AT, get(BEAT_AT) + 1);
  }

  /** A sample with this ticket is going to be taken. */
  void drawn(long ticket) {
    put(DRAWN_AT, ticket);
    Fence.full();
  }

  /** All up to this ticket is in a sample; the newest change had the other ticket. */
  void sampled(long ticket, long change) {
    put(CHANGE_AT, change);
    Fence.full();
    put(SAMPLED_AT, ticket);
  }

  /** The newest ticket any JVM waits for. */
  long mostWanted() {
    long most = 0;
    for (int i = 0; i < SLOTS; i++) {
      long each = get(WANTED_AT + 8 * i);
      most = each <= MAX_TICKET ? Math.max(most, each) : most;
    }
    return most;
  }

  /** Open writes of JVMs that have died are over. */
  void endWritesOfTheDead() throws IOException {
    for (int i = 0; i < SLOTS; i++) {
      if (get(NEWEST_AT + 8 * i) > MAX_TICKET && i != slot) {
        FileLock dead = tryLock(LOCKS_AT + 1 + i);
        if (dead != null) {
          long over = drawn() + 1;
          put(WANTED_AT + 8 * i, over);
          put(NEWEST_AT + 8 * i, over);
          FileLock unused = release(dead);
        }
      }
    }
  }

  /** The newest number in the file that sessions may hold. */
  long newestNumber() {
    long most = Math.max(drawn(), mostWanted());
    for (int i = 0; i < SLOTS; i++) {
      long each = get(NEWEST_AT + 8 * i);
      most = each <= MAX_TICKET ? Math.max(most, each) : most;
    }
    for (int i = 0; i < REPLICAS; i++) {
      most = Math.max(most, Math.max(get(i, APPLIED), get(i, VISIBLE)));
    }
    return most;
  }

  // Anybody.

  long leader() {
    return get(LEADER_AT);
  }

  long pid() {
    return get(PID_AT);
  }

  long heartbeat() {
    return get(BEAT_AT);
  }

  long drawn() {
    return get(DRAWN_AT);
  }

  long sampled() {
    return get(SAMPLED_AT);
  }

  long lastChange() {
    return get(CHANGE_AT);
  }

  /** Which entry is the replica's, by the hash of its path; negative when the leader has none. */
  int find(long pathHash) {
    for (int i = 0; i < REPLICAS; i++) {
      if (get(i, PATH) == pathHash) {
        return i;
      }
    }
    return -1;
  }

  /** An entry for the replica, perhaps a new one; negative when there is no more room. */
  int findOrAdd(long pathHash) {
    int known = find(pathHash);
    if (known >= 0) {
      return known;
    }
    int free = find(0);
    if (free >= 0) {
      put(free, APPLIED, -1);
      Fence.full();
      put(free, PATH, pathHash);
    }
    return free;
  }

  long get(int replica, int word) {
    return get(REPLICAS_AT + replica * REPLICA_BYTES + word);
  }

  void put(int replica, int word, long value) {
    put(REPLICAS_AT + replica * REPLICA_BYTES + word, value);
  }

  /** This JVM waits for a sample with this ticket. */
  void want(long ticket) {
    if (wanted >= ticket) {
      return;
    }
    synchronized (raising) {
      if (wanted < ticket) {
        wanted = ticket;
        put(WANTED_AT + 8 * slot, ticket);
      }
    }
  }

  long wanted() {
    return wanted;
  }

  /**
   * A write of this JVM with this ticket has completed: from the end of this call on everybody
   * finds it in {@link #newestWrite}.
   */
  void wrote(long ticket) {
    synchronized (raising) {
      newest = Math.max(newest, ticket);
      publishNewest();
    }
    Fence.full();
  }

  /** A write of this JVM will become visible at a moment nobody tells: {@link #writeClosed}. */
  void writeOpened() {
    synchronized (raising) {
      openWrites++;
      publishNewest();
    }
    Fence.full();
  }

  /** It has, and its ticket was {@linkplain #wrote told}. */
  void writeClosed() {
    synchronized (raising) {
      openWrites--;
      publishNewest();
    }
  }

  private void publishNewest() {
    put(NEWEST_AT + 8 * slot, openWrites > 0 ? Long.MAX_VALUE : newest);
  }

  /**
   * The ticket of the newest write that any JVM has completed; no ticket covers it while one is
   * open.
   */
  long newestWrite() {
    long most = 0;
    for (int i = 0; i < SLOTS; i++) {
      most = Math.max(most, get(NEWEST_AT + 8 * i));
    }
    return broken ? Long.MAX_VALUE : most;
  }

  /** A read of this JVM has failed in a way that hints at damage of a replica. */
  void suspect(int replica) {
    synchronized (raising) {
      int at = SUSPICION_AT + 8 * slot;
      put(at, ((get(at) >>> 6) + 1) << 6 | replica);
    }
  }

  /** Changes with every suspicion of one JVM; its last 6 bits are the replica's entry. */
  long suspicion(int ofSlot) {
    return get(SUSPICION_AT + 8 * ofSlot);
  }

  /** True after the file was truncated under its mapping: every word reads as 0. */
  boolean isBroken() {
    return broken;
  }

  long get(int at) {
    if (broken) {
      return 0;
    }
    try {
      return map.getLong(at);
    } catch (InternalError e) {
      broken = true;
      return 0;
    }
  }

  void put(int at, long value) {
    try {
      map.putLong(at, value);
    } catch (InternalError e) {
      broken = true;
    }
  }
}
