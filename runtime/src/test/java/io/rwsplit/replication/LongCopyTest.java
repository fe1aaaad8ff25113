package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Paths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of long copies, and which file systems are left out. */
class LongCopyTest {
  @Test
  void speaksEveryFiveSeconds() {
    Progress progress = new Progress("copying to", Paths.get("r.db"), 2_560_000, 4096, 0);
    assertNull(progress.line(64, Progress.PERIOD - 1));
    assertEquals(
        "copying to r.db: 1000 of 10000 MiB (10 %)", progress.line(256_000, Progress.PERIOD));
    assertNull(progress.line(300_000, 2 * Progress.PERIOD - 1));
    assertEquals(
        "copying to r.db: 10000 of 10000 MiB (100 %)",
        progress.line(2_560_000, 2 * Progress.PERIOD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfs", "nfs4", "CIFS", "smb3", "fuse.sshfs"})
  void ofNetworks(String type) {
    assertTrue(NetworkFiles.isOfNetwork(type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ext4", "xfs", "overlay", "tmpfs", "apfs", "NTFS", "fs nfs", "zfs"})
  void ofThisMachine(String type) {
    assertFalse(NetworkFiles.isOfNetwork(type));
  }
}
