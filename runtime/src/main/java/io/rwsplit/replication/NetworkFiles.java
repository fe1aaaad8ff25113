package io.rwsplit.replication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Which file systems are shared between machines: the memory that WAL mode needs is not ("All
 * processes using a database must be on the same host computer", sqlite.org/wal.html). Stateless.
 */
final class NetworkFiles {
  private static final String TYPES =
      " nfs nfs3 nfs4 cifs smb smb2 smb3 smbfs afs ncpfs ceph glusterfs lustre beegfs gpfs orangefs"
          + " fuse.sshfs fuse.glusterfs fuse.ceph fuse.s3fs fuse.rclone davfs webdav ";

  private NetworkFiles() {}

  /** The type of the file's file system if that is of a network; null otherwise, and in doubt. */
  static String typeOf(Path path) {
    try {
      String type = Files.getFileStore(path).type();
      return isOfNetwork(type) ? type : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  static boolean isOfNetwork(String type) {
    return type != null
        && !type.isEmpty()
        && type.indexOf(' ') < 0
        && TYPES.contains(" " + type.toLowerCase(Locale.ROOT) + " ");
  }
}
