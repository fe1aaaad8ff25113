package legacy.jvm;

import java.io.IOException;

/** Has no database, and lives until a line of standard input comes. */
public final class Waits {
  private Waits() {}

  public static void main(String[] args) throws IOException {
    System.out.println("waits");
    int read = System.in.read();
    while (read >= 0 && read != '\n') {
      read = System.in.read();
    }
  }
}
