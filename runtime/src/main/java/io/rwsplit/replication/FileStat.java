package io.rwsplit.replication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** What stat tells of a file: the only look at a live database file that disturbs no lock. */
final class FileStat {
  final Object identity;
  final long size;
  final long modifiedNanos;

  private FileStat(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    identity = key != null ? key : attributes.creationTime();
    size = attributes.size();
    modifiedNanos = nanos(attributes.lastModifiedTime());
  }

  /** The file's attributes, or null when it does not exist or cannot be reached. */
  static FileStat of(Path path) {
    try {
      return new FileStat(Files.readAttributes(path, BasicFileAttributes.class));
    } catch (IOException e) {
      return null;
    }
  }

  static long modifiedNanos(Path path) throws IOException {
    return nanos(Files.getLastModifiedTime(path));
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
