package io.rwsplit.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.util.concurrent.TimeUnit;

/**
 * Where a command prints: standard output and error, and what is known of the terminal. Used by one
 * thread.
 */
public final class Console {
  private static final int USUAL_WIDTH = 100;
  private static final int LEAST_WIDTH = 40;
  private static final int MOST_WIDTH = 400;
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final int width;

  private Console(PrintStream out, PrintStream err, boolean terminal, int width) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.width = width;
  }

  /** This process's. */
  static Console ofProcess() {
    boolean terminal = hasTerminal();
    return new Console(utf8(System.out), utf8(System.err), terminal, width(terminal));
  }

  private static PrintStream utf8(PrintStream stream) {
    try {
      return new PrintStream(stream, true, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      return stream;
    }
  }

  /** Since Java 22 there is a console without a terminal, which says so. */
  @SuppressWarnings("SystemConsoleNull") // asked further below, for those that have it always
  private static boolean hasTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static int width(boolean terminal) {
    int width = number(System.getenv("COLUMNS"));
    if (width == 0 && terminal) {
      width = askTerminal();
    }
    return width == 0 ? USUAL_WIDTH : Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, width));
  }

  /** As {@code stty size} says: rows, columns. */
  private static int askTerminal() {
    File tty = new File("/dev/tty");
    if (!tty.exists()) {
      return 0;
    }
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(tty).start();
      byte[] said = new byte[64];
      int length;
      try (InputStream in = stty.getInputStream()) {
        length = Math.max(0, in.read(said));
      }
      boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
      String text = new String(said, 0, length, "US-ASCII").trim();
      return ended ? number(text.substring(text.indexOf(' ') + 1)) : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static int number(String text) {
    try {
      return text == null ? 0 : Math.max(0, Integer.parseInt(text.trim()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** True when a person looks at the output. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Columns that a line may have. */
  public int width() {
    return width;
  }

  /** Prints a line. */
  public void line(String text) {
    out.println(clean(text));
  }

  /** Prints a line of standard error. */
  public void complain(String text) {
    err.println(clean(text));
  }

  /** Lets the next line stand at the top of an empty screen; nothing where there is none. */
  void clear() {
    if (terminal) {
      out.print(CLEAR);
    }
  }

  /**
   * Shows how far something is, in the place of what was shown before; nothing where no person
   * looks.
   *
   * @param text null takes it away
   */
  public void progress(String text) {
    if (terminal) {
      String shown = text == null ? "" : clean(text);
      err.print("\r\u001b[K" + (shown.length() < width ? shown : shown.substring(0, width - 1)));
      err.flush();
    }
  }

  /** Names and values come from elsewhere, and must not steer the terminal. */
  private static String clean(String text) {
    StringBuilder cleaned = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n') {
        cleaned = cleaned == null ? new StringBuilder(text) : cleaned;
        cleaned.setCharAt(i, '?');
      }
    }
    return cleaned == null ? text : cleaned.toString();
  }
}
