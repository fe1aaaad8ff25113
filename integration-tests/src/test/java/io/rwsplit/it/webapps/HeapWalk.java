package io.rwsplit.it.webapps;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Counts the objects that are reachable in another JVM. Stateless. */
final class HeapWalk {
  private HeapWalk() {}

  /** How many reachable instances of exactly this class there are, after a full collection. */
  static long count(Process process, String type) throws IOException, InterruptedException {
    String jcmd = System.getProperty("java.home") + "/bin/jcmd";
    Process walk =
        new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!walk.waitFor(120, TimeUnit.SECONDS) || walk.exitValue() != 0) {
      throw new AssertionError(text);
    }
    for (String line : text.lines().toList()) {
      String[] words = line.trim().split("\\s+", 5);
      if (words.length >= 4 && words[3].equals(type)) {
        return Long.parseLong(words[1]);
      }
    }
    return 0;
  }

  /** Writes the reachable heap to a file, for people. */
  static void dump(Process process, File file) throws IOException, InterruptedException {
    String jcmd = System.getProperty("java.home") + "/bin/jcmd";
    new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.heap_dump", file.getPath())
        .start()
        .waitFor();
  }
}
