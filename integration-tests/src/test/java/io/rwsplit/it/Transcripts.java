package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;

/** Compares what a program printed bare and under the agent. */
public final class Transcripts {
  private Transcripts() {}

  /** Fails with the first line that differs, and what came before it. */
  public static void assertSame(List<String> bare, List<String> split, String what) {
    for (int i = 0; i < Math.max(bare.size(), split.size()); i++) {
      String expected = i < bare.size() ? bare.get(i) : "(no line)";
      String actual = i < split.size() ? split.get(i) : "(no line)";
      if (!expected.equals(actual)) {
        List<String> before = bare.subList(Math.max(0, i - 12), i);
        fail(
            what
                + ": line "
                + (i + 1)
                + "\nbare:  "
                + expected
                + "\nagent: "
                + actual
                + "\nbefore:\n"
                + String.join("\n", before));
      }
    }
  }
}
