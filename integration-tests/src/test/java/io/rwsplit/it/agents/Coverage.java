package io.rwsplit.it.agents;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

/**
 * What JaCoCo's agent has left in a file, in the format that its {@code ExecutionDataWriter}
 * writes: blocks of a header, sessions, and classes with the probes that were passed. Stateless.
 */
final class Coverage {
  private static final int HEADER = 0x01;
  private static final int SESSION = 0x10;
  private static final int CLASS = 0x11;

  private Coverage() {}

  /** By internal name: the class's id, by which reports find it, and its probes as 0 and 1. */
  static Map<String, String> of(File file) throws IOException {
    Map<String, String> classes = new TreeMap<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file.toPath())))) {
      for (int block = in.read(); block >= 0; block = in.read()) {
        read(in, block, classes);
      }
    }
    return classes;
  }

  private static void read(DataInputStream in, int block, Map<String, String> classes)
      throws IOException {
    switch (block) {
      case HEADER:
        in.readChar();
        in.readChar();
        break;
      case SESSION:
        in.readUTF();
        in.readLong();
        in.readLong();
        break;
      case CLASS:
        long id = in.readLong();
        String name = in.readUTF();
        classes.put(name, Long.toHexString(id) + " " + probes(in));
        break;
      default:
        throw new IOException("block " + block);
    }
  }

  private static String probes(DataInputStream in) throws IOException {
    int count = 0;
    for (int shift = 0, part = 0x80; (part & 0x80) != 0; shift += 7) {
      part = in.read();
      if (part < 0) {
        throw new EOFException();
      }
      count |= (part & 0x7f) << shift;
    }
    StringBuilder probes = new StringBuilder();
    int bits = 0;
    for (int i = 0; i < count; i++, bits >>>= 1) {
      if (i % 8 == 0) {
        bits = in.readUnsignedByte();
      }
      probes.append(bits & 1);
    }
    return probes.toString();
  }
}
