package legacy.ledger;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What an application leaks; so that it can be seen that leaks are found. */
final class Leak implements Runnable {
  private final String kinds;
  private final List<Object> kept = new ArrayList<>();

  Leak(String kinds) {
    this.kinds = kinds;
  }

  @Override
  public void run() {
    while (true) {
      if (kinds.contains("heap")) {
        kept.add(new byte[200_000]);
      }
      if (kinds.contains("threads")) {
        Thread thread = new Thread(LockSupport::park, "leaked");
        thread.setDaemon(true);
        thread.start();
      }
      if (kinds.contains("files")) {
        try {
          kept.add(new FileInputStream("/dev/null"));
        } catch (IOException e) {
          return;
        }
      }
      LockSupport.parkNanos(100_000_000);
    }
  }
}
