package io.rwsplit.cli.direct;

import java.io.DataInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first bytes of a SQLite file ("Database File Format", 1.3). Immutable. */
public final class SqliteHeader {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 100;
  private static final int LARGEST_PAGE = 65_536;
  private static final int WAL = 2;

  private final boolean wal;
  private final int pageSize;

  private SqliteHeader(byte[] bytes) {
    int size = (bytes[16] & 0xff) << 8 | (bytes[17] & 0xff);
    pageSize = size == 1 ? LARGEST_PAGE : size;
    wal = bytes[18] == WAL;
  }

  /** Null when the file is no database, or an empty one. */
  public static SqliteHeader of(File file) throws IOException {
    byte[] bytes = new byte[LENGTH];
    if (file.length() < LENGTH) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new FileInputStream(file))) {
      in.readFully(bytes);
    }
    boolean known = Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length));
    return known ? new SqliteHeader(bytes) : null;
  }

  /** True for WAL mode. */
  public boolean isWal() {
    return wal;
  }

  /** Bytes of a page. */
  public int pageSize() {
    return pageSize;
  }

  /** True for a file that can be read and is a database. */
  public static boolean isDatabase(File file) {
    try {
      return of(file) != null;
    } catch (IOException e) {
      return false;
    }
  }
}
