package io.rwsplit.replication;

import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** All connections that read from replicas; those that are gone drop out. Thread-safe. */
final class OpenReads {
  private final List<WeakReference<OpenRead>> reads =
      new CopyOnWriteArrayList<WeakReference<OpenRead>>();

  OpenRead add(int replica, Publications publications) {
    OpenRead read = new OpenRead(replica, publications);
    reads.add(new WeakReference<OpenRead>(read));
    return read;
  }

  void forEach(Consumer<OpenRead> consumer) {
    for (Iterator<WeakReference<OpenRead>> each = reads.iterator(); each.hasNext(); ) {
      WeakReference<OpenRead> reference = each.next();
      OpenRead read = reference.get();
      if (read == null) {
        reads.remove(reference);
      } else {
        consumer.accept(read);
      }
    }
  }
}
