package io.rwsplit.benchmarks.program;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;

/**
 * The change counter in the header of a database's wal-index, as mapped memory. Never closed: that
 * would drop SQLite's locks on the file. To be used while a connection keeps the file in being.
 */
final class LogIndex {
  /** First copy of the header: iChange, in the byte order of the machine. */
  private static final int CHANGE = 8;

  private static final int HEADER = 136;

  private final MappedByteBuffer header;

  @SuppressWarnings("FieldCanBeLocal")
  private final FileChannel kept;

  /** Maps the index of this database file, which is open somewhere. */
  LogIndex(String database) throws IOException {
    kept = FileChannel.open(Paths.get(database + "-shm"), StandardOpenOption.READ);
    header = kept.map(FileChannel.MapMode.READ_ONLY, 0, HEADER);
    header.order(ByteOrder.nativeOrder());
  }

  /** Another number after every commit. */
  int change() {
    return header.getInt(CHANGE);
  }
}
