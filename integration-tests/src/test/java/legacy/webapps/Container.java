package legacy.webapps;

import java.io.IOException;
import java.util.Arrays;

/**
 * Starts a web server's main class, and lets the server itself be the first to run a process.
 *
 * <p>JDK 17 waits for the end of processes on threads that live on for a minute after their last
 * use, with the context class loader of whoever needed the first. SQLite's driver runs {@code
 * uname} when it is loaded: without this, the class loader of the web application that had it
 * loaded is reachable for a minute after the application has gone, agent or none.
 */
public final class Container {
  private static final long REUSED_MILLIS = 20_000;

  private Container() {}

  /**
   * Starts it.
   *
   * @param args the server's main class and what it is given
   */
  public static void main(String[] args) throws Exception {
    runProcess();
    Thread again = new Thread(Container::runProcesses, "process starter");
    again.setDaemon(true);
    again.start();
    Class.forName(args[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }

  private static void runProcesses() {
    try {
      while (true) {
        Thread.sleep(REUSED_MILLIS);
        runProcess();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("no further process: " + e);
    }
  }

  private static void runProcess() throws IOException, InterruptedException {
    new ProcessBuilder("true").start().waitFor();
  }
}
