package legacy.chaos;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A StackMapTable for the same code, a few bytes further on. */
final class FrameMover {
  private static final int UNINITIALIZED = 8;
  private static final int OBJECT = 7;

  private final ByteBuffer in;
  private final int shift;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /**
   * @param in at the number of frames
   */
  FrameMover(ByteBuffer in, int shift) {
    this.in = in;
    this.shift = shift;
  }

  byte[] moved() throws IOException {
    int frames = in.getShort() & 0xffff;
    out.writeShort(frames);
    for (int i = 0; i < frames; i++) {
      // All but the first count from the frame before.
      frame(i == 0 ? shift : 0);
    }
    return bytes.toByteArray();
  }

  private void frame(int more) throws IOException {
    int tag = in.get() & 0xff;
    if (tag < 64) {
      start(tag, 251, tag + more);
    } else if (tag < 128) {
      start(tag, 247, tag - 64 + more);
      types(1);
    } else if (tag == 247) {
      wide(tag, more);
      types(1);
    } else if (tag >= 248 && tag <= 251) {
      wide(tag, more);
    } else if (tag >= 252 && tag <= 254) {
      wide(tag, more);
      types(tag - 251);
    } else {
      wide(tag, more);
      types(count());
      types(count());
    }
  }

  /** The short form where the distance still fits, else the long one. */
  private void start(int tag, int longTag, int distance) throws IOException {
    if (distance < 64) {
      out.writeByte(tag < 64 ? distance : 64 + distance);
    } else {
      out.writeByte(longTag);
      out.writeShort(distance);
    }
  }

  private void wide(int tag, int more) throws IOException {
    out.writeByte(tag);
    out.writeShort((in.getShort() & 0xffff) + more);
  }

  private int count() throws IOException {
    int count = in.getShort() & 0xffff;
    out.writeShort(count);
    return count;
  }

  private void types(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int tag = in.get();
      out.writeByte(tag);
      if (tag == OBJECT) {
        out.writeShort(in.getShort());
      } else if (tag == UNINITIALIZED) {
        out.writeShort((in.getShort() & 0xffff) + shift);
      }
    }
  }
}
