package io.rwsplit.config;

/** Finds the known name that a misspelt one was meant to be. Stateless. */
public final class NearestName {
  private NearestName() {}

  /**
   * The name that can be had with the fewest edits, if they are few; else null.
   *
   * @param known the names there are
   */
  public static String of(String name, Iterable<String> known) {
    String nearest = null;
    int best = limit(name.length());
    for (String each : known) {
      int distance = distance(name, each);
      if (distance < best) {
        best = distance;
        nearest = each;
      }
    }
    return nearest;
  }

  /** So many edits are too many for a name of this length. */
  static int limit(int length) {
    return Math.max(length < 6 ? 1 : 2, length / 3) + 1;
  }

  /** Edits between two texts (Levenshtein), one row at a time. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? diagonal : diagonal + 1;
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
