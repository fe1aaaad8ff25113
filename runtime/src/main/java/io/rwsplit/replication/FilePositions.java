package io.rwsplit.replication;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which commits readers of a master and of one of its replicas see, for a process that looks on:
 * told by the files alone, whoever feeds the replica. Writes nothing.
 *
 * <p>The wal-index of either file is read before a read transaction begins and once more after
 * that: if nobody has committed in between, the transaction shows that state. The replica's
 * position record tells which place in the master's log its state is. Both files must be open in
 * this process, by connections that have read something, for as long as this is used. Used by one
 * thread.
 */
public final class FilePositions {
  private final Path master;
  private final Path replica;
  private final Object replicaIdentity;
  private final long generation;
  private final WalIndex masterIndex;
  private final WalIndex replicaIndex;

  /** The state of a log, to be asked about. Immutable. */
  public static final class State {
    private final WalIndexHeader header;

    private State(WalIndexHeader header) {
      this.header = header;
    }

    /** True when nobody has committed in between. */
    public boolean isSame(State other) {
      return other != null && header.sameLogState(other.header);
    }
  }

  /** A place in the master's log. Immutable; equal when it is the same commit. */
  public static final class Place {
    private final long generation;
    private final long salts;
    private final int frame;

    private Place(long generation, long salts, int frame) {
      this.generation = generation;
      this.salts = salts;
      this.frame = frame;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place
          && generation == ((Place) other).generation
          && salts == ((Place) other).salts
          && frame == ((Place) other).frame;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(salts) * 31 + frame;
    }

    @Override
    public String toString() {
      return "frame " + frame + " of log " + Long.toHexString(salts);
    }
  }

  /**
   * Opens nothing but the wal-indexes.
   *
   * @throws IOException when there is none: neither file is in WAL mode, or it is not open
   */
  public FilePositions(Path master, Path replica) throws IOException {
    this.master = MasterFile.real(master);
    this.replica = MasterFile.real(replica);
    this.generation = PositionFile.hash(OpenFiles.identity(this.master).toString());
    this.replicaIdentity = OpenFiles.identity(this.replica);
    this.masterIndex = index(this.master);
    this.replicaIndex = index(this.replica);
  }

  /** Never closed: that would end the locks of this process's connections. */
  private static WalIndex index(Path file) throws IOException {
    return new WalIndex(OpenFiles.readable(ReplicaFiles.beside(file, "-shm")), false);
  }

  /** False where positions cannot be told: the system has no number for a start of its own. */
  public static boolean areKnown() {
    return PositionFile.BOOT != 0;
  }

  /** True while some process has the lock of the one that feeds this master's replicas. */
  public static boolean isFed(Path masterFile) {
    Path lock = ReplicaFiles.beside(MasterFile.real(masterFile), MasterFile.LOCK_SUFFIX);
    if (!Files.isReadable(lock)) {
      return false;
    }
    try {
      // Never closed, as above.
      FileLock shared = OpenFiles.readable(lock).tryLock(0, Long.MAX_VALUE, true);
      if (shared != null) {
        shared.release();
      }
      return shared == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** False once another file has the replica's name: connections show one that is fed no more. */
  public boolean isInPlace() {
    return replicaIdentity.equals(OpenFiles.identityOrNull(replica));
  }

  /** The master's log now; null when it cannot be read. */
  public State master() {
    return state(masterIndex);
  }

  /** The replica's log now; null when it cannot be read. */
  public State replica() {
    return state(replicaIndex);
  }

  private static State state(WalIndex index) {
    try {
      WalIndexHeader header = index.read();
      return header == null ? null : new State(header);
    } catch (InternalError e) {
      // Somebody has truncated the file.
      return null;
    }
  }

  /**
   * What a transaction shows that began after this reading; null if somebody has committed since.
   */
  public Place shownByMaster(State before) {
    boolean known = before != null && before.isSame(master());
    return known ? new Place(generation, before.header.salts, before.header.maxFrame) : null;
  }

  /** The same for the replica; null also when no record tells what it has. */
  public Place shownByReplica(State before) {
    if (before == null) {
      return null;
    }
    LogPosition at;
    try {
      long inode = PositionFile.hash(replicaIdentity.toString());
      PositionRecord record =
          PositionFile.of(replica, before.header.salts, before.header.maxFrame, inode);
      at = record == null ? null : record.master;
    } catch (IOException e) {
      at = null;
    }
    // The record is the state's as long as that is what readers see.
    return at != null && before.isSame(replica())
        ? new Place(at.generation, at.salts, at.frame)
        : null;
  }

  /**
   * True when the replica has all of a state of the master's: for one whose log was emptied without
   * a commit since, which no record tells. What the replica shows is that state as long as the
   * master does not leave it.
   */
  public boolean isApplied(State ofMaster) {
    try {
      return ofMaster.header.maxFrame == 0
          && SharedPositions.isApplied(master, replica, ofMaster.header);
    } catch (IOException e) {
      return false;
    }
  }
}
