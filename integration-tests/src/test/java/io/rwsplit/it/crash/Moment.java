package io.rwsplit.it.crash;

import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * Moments at which a log is copied or emptied, seen from outside in its index in shared memory.
 *
 * <p>The offsets are those of "WAL-mode File Format", section 2.
 */
final class Moment {
  private static final int LAST_FRAME = 16;
  private static final int COPIED = 96;
  private static final int TRIED = 128;

  private Moment() {}

  /** Waits until a checkpoint of the file's log begins, goes on, or the log begins anew. */
  static void awaitCheckpoint(File database, long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try (FileChannel shm = FileChannel.open(Path.of(database + "-shm"), StandardOpenOption.READ)) {
      MappedByteBuffer map = shm.map(FileChannel.MapMode.READ_ONLY, 0, 136);
      map.order(ByteOrder.nativeOrder());
      int frame = map.getInt(LAST_FRAME);
      int copied = map.getInt(COPIED);
      int tried = map.getInt(TRIED);
      while (System.nanoTime() - deadline < 0) {
        int now = map.getInt(LAST_FRAME);
        if (now < frame || map.getInt(COPIED) != copied || map.getInt(TRIED) != tried) {
          return;
        }
        frame = now;
        Thread.onSpinWait();
      }
    } catch (IOException | InternalError e) {
      // Not there, or cut off: a moment as good as any.
    }
  }
}
