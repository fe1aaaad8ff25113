package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Positioned reads and writes that do not stop short. */
final class Channels {
  private Channels() {}

  /** Reads until {@code to} is full or the file ends; returns the number of bytes read. */
  static int readFully(FileChannel channel, ByteBuffer to, long offset) throws IOException {
    int start = to.position();
    while (to.hasRemaining()) {
      int n = channel.read(to, offset + to.position() - start);
      if (n < 0) {
        break;
      }
    }
    return to.position() - start;
  }

  /** Writes all that remains in {@code from}. */
  static void writeFully(FileChannel channel, ByteBuffer from, long offset) throws IOException {
    int start = from.position();
    while (from.hasRemaining()) {
      channel.write(from, offset + from.position() - start);
    }
  }
}
