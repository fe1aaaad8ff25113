package io.rwsplit.it.attach;

import io.rwsplit.it.Drivers;

/** The driver of H2 1.4, to which a server of today shows its catalog as 1.4 did. */
class AttachOlderH2Test extends AttachH2Test {
  @Override
  String classPath() {
    return Drivers.classPathWith("h2", "1.4.200");
  }
}
