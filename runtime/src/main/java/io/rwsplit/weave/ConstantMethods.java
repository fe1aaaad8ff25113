package io.rwsplit.weave;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * Finds the methods of a class that only return a constant, which are most of those of a driver's
 * {@code DatabaseMetaData}: too short to call anything, they need no weaving.
 *
 * <p>Reads the class file as chapter 4 of the JVM specification lays it out, without a visitor: the
 * length of a method's code is all that is asked.
 */
final class ConstantMethods {
  /** The shortest call, {@code invokestatic} and a return, takes 4 bytes. */
  private static final int MAX_CODE = 3;

  private final ClassReader reader;
  private final char[] buffer;
  private int at;

  private ConstantMethods(ClassReader reader) {
    this.reader = reader;
    this.buffer = new char[reader.getMaxStringLength()];
  }

  /** Names with descriptors. */
  static Set<String> of(ClassReader reader) {
    return new ConstantMethods(reader).read();
  }

  private Set<String> read() {
    Set<String> found = new HashSet<>();
    int interfaces = reader.readUnsignedShort(reader.header + 6);
    at = reader.header + 8 + 2 * interfaces;
    for (int fields = next(); fields > 0; fields--) {
      at += 6;
      member();
    }
    for (int methods = next(); methods > 0; methods--) {
      int start = at;
      at += 6;
      if (member()) {
        found.add(reader.readUTF8(start + 2, buffer) + reader.readUTF8(start + 4, buffer));
      }
    }
    return found;
  }

  /** Passes over the attributes of a field or method; true when it has code, and hardly any. */
  private boolean member() {
    boolean constant = false;
    for (int attributes = next(); attributes > 0; attributes--) {
      if ("Code".equals(reader.readUTF8(at, buffer))) {
        constant = reader.readInt(at + 10) <= MAX_CODE;
      }
      at += 6 + reader.readInt(at + 2);
    }
    return constant;
  }

  private int next() {
    int value = reader.readUnsignedShort(at);
    at += 2;
    return value;
  }
}
