package legacy.chaos;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts a call of {@link Strikes#at} before the first instruction of a class file's methods, without
 * a library: eight bytes, so that the padding of switches stays right, and jumps are relative. What
 * counts from the start of the code is moved: handlers and stack map frames. The format is that of
 * the Java Virtual Machine Specification, chapter 4.
 */
final class EntryPatcher {
  private static final int SHIFT = 8;
  private static final int MIN_CODE = 12;

  private final ByteBuffer in;
  private final String type;
  private final AtomicInteger numbers;
  private final boolean tells;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private String[] texts;
  private int atMethod;

  EntryPatcher(byte[] file, String type, AtomicInteger numbers, boolean tells) {
    this.in = ByteBuffer.wrap(file);
    this.type = type;
    this.numbers = numbers;
    this.tells = tells;
  }

  /** The class file with the calls; null when there are none to be made. */
  byte[] patched() {
    try {
      return patch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] patch() throws IOException {
    copy(8);
    int constants = in.getShort() & 0xffff;
    texts = new String[constants];
    out.writeShort(constants + 6);
    copyConstants(constants);
    addConstants(constants);
    boolean isInterface = (in.getShort(in.position()) & 0x0200) != 0;
    if (isInterface || type.contains("/package-info")) {
      return null;
    }
    copy(6);
    copy(2 + 2 * (in.getShort(in.position()) & 0xffff));
    int fields = copyCount();
    for (int i = 0; i < fields; i++) {
      copy(6);
      copyAttributes();
    }
    int methods = copyCount();
    for (int i = 0; i < methods; i++) {
      method();
    }
    copy(in.remaining());
    return bytes.toByteArray();
  }

  private void copyConstants(int count) throws IOException {
    for (int i = 1; i < count; i++) {
      int tag = in.get(in.position());
      switch (tag) {
        case 1:
          int length = in.getShort(in.position() + 1) & 0xffff;
          texts[i] = new String(in.array(), in.position() + 3, length, StandardCharsets.UTF_8);
          copy(3 + length);
          break;
        case 5:
        case 6:
          copy(9);
          i++;
          break;
        case 7:
        case 8:
        case 16:
        case 19:
        case 20:
          copy(3);
          break;
        case 15:
          copy(4);
          break;
        default:
          copy(5);
      }
    }
  }

  /** Class, name and type of {@link Strikes#at}. */
  private void addConstants(int first) throws IOException {
    text("legacy/chaos/Strikes");
    out.writeByte(7);
    out.writeShort(first);
    text("at");
    text("(I)V");
    out.writeByte(12);
    out.writeShort(first + 2);
    out.writeShort(first + 3);
    out.writeByte(10);
    out.writeShort(first + 1);
    out.writeShort(first + 4);
    atMethod = first + 5;
  }

  private void text(String text) throws IOException {
    out.writeByte(1);
    out.writeUTF(text);
  }

  private void method() throws IOException {
    String name = texts[in.getShort(in.position() + 2) & 0xffff];
    boolean bridge = (in.getShort(in.position()) & 0x1040) != 0;
    boolean struck = !name.startsWith("<") && !bridge && !Guards.has(type, name);
    copy(6);
    int attributes = copyCount();
    int code = -1;
    boolean sql = false;
    int position = in.position();
    for (int i = 0; i < attributes; i++) {
      String attribute = texts[in.getShort(position) & 0xffff];
      if (attribute.equals("Code")) {
        code = position;
      } else if (attribute.equals("Exceptions")) {
        sql = throwsSql(position + 6);
      }
      position += 6 + in.getInt(position + 2);
    }
    int end = position;
    boolean small = code < 0 || in.getInt(code + 10) < MIN_CODE;
    if (!struck || small) {
      copy(end - in.position());
      return;
    }
    sql &= !Guards.asksDriver(type, name);
    int number = 2 * numbers.incrementAndGet() + (sql ? 1 : 0);
    Strikes.enroll(number, type + "." + name);
    if (tells) {
      System.err.println("strikes " + number + " " + type + "." + name);
    }
    copy(code - in.position());
    code(number);
    copy(end - in.position());
  }

  private boolean throwsSql(int position) {
    int count = in.getShort(position) & 0xffff;
    for (int i = 0; i < count; i++) {
      int named = in.getShort(position + 2 + 2 * i) & 0xffff;
      String exception = texts[classNames()[named]];
      if (exception.equals("java/sql/SQLException")) {
        return true;
      }
    }
    return false;
  }

  private int[] classNames;

  /** By the index of a class constant, that of its name. */
  private int[] classNames() {
    if (classNames == null) {
      classNames = new int[texts.length];
      int position = 10;
      for (int i = 1; i < texts.length; i++) {
        int tag = in.get(position);
        if (tag == 7) {
          classNames[i] = in.getShort(position + 1) & 0xffff;
        }
        if (tag == 1) {
          position += 3 + (in.getShort(position + 1) & 0xffff);
        } else if (tag == 5 || tag == 6) {
          position += 9;
          i++;
        } else if (tag == 7 || tag == 8 || tag == 16 || tag == 19 || tag == 20) {
          position += 3;
        } else {
          position += tag == 15 ? 4 : 5;
        }
      }
    }
    return classNames;
  }

  /** The attribute Code, with the call. */
  private void code(int number) throws IOException {
    copy(2);
    int length = in.getInt();
    int end = in.position() + length;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(body);
    to.writeShort(Math.max(1, in.getShort() & 0xffff));
    to.writeShort(in.getShort());
    int size = in.getInt();
    to.writeInt(size + SHIFT);
    // sipush number; invokestatic Strikes.at; nop; nop
    to.writeByte(17);
    to.writeShort(number);
    to.writeByte(184);
    to.writeShort(atMethod);
    to.writeByte(0);
    to.writeByte(0);
    to.write(in.array(), in.position(), size);
    in.position(in.position() + size);
    int handlers = in.getShort() & 0xffff;
    to.writeShort(handlers);
    for (int i = 0; i < handlers; i++) {
      to.writeShort(in.getShort() + SHIFT);
      to.writeShort(in.getShort() + SHIFT);
      to.writeShort(in.getShort() + SHIFT);
      to.writeShort(in.getShort());
    }
    int attributes = in.getShort() & 0xffff;
    int kept = 0;
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < attributes; i++) {
      int name = in.getShort() & 0xffff;
      int bytesOfIt = in.getInt();
      int after = in.position() + bytesOfIt;
      if (texts[name].equals("StackMapTable")) {
        kept++;
        DataOutputStream table = new DataOutputStream(frames);
        byte[] moved = new FrameMover(in, SHIFT).moved();
        table.writeShort(name);
        table.writeInt(moved.length);
        table.write(moved);
      }
      in.position(after);
    }
    to.writeShort(kept);
    frames.writeTo(to);
    out.writeInt(body.size());
    body.writeTo(out);
    in.position(end);
  }

  private int copyCount() throws IOException {
    int count = in.getShort(in.position()) & 0xffff;
    copy(2);
    return count;
  }

  private void copyAttributes() throws IOException {
    int count = copyCount();
    for (int i = 0; i < count; i++) {
      copy(6 + in.getInt(in.position() + 2));
    }
  }

  private void copy(int length) throws IOException {
    out.write(in.array(), in.position(), length);
    in.position(in.position() + length);
  }
}
