package io.rwsplit.cli;

import java.util.ArrayList;
import java.util.List;

/** A table of text that fits a width: the last columns lose what does not. Used by one thread. */
public final class TextTable {
  private static final String GAP = "  ";
  private static final String CUT = "...";
  private static final int LEAST = 8;

  private final List<String[]> rows = new ArrayList<>();
  private final boolean[] right;

  /**
   * @param heads of the columns; one that ends in {@code >} is aligned to the right
   */
  public TextTable(String... heads) {
    right = new boolean[heads.length];
    String[] row = new String[heads.length];
    for (int i = 0; i < heads.length; i++) {
      right[i] = heads[i].endsWith(">");
      row[i] = right[i] ? heads[i].substring(0, heads[i].length() - 1) : heads[i];
    }
    rows.add(row);
  }

  /** Adds a row; null is shown as a dash. */
  public void add(Object... cells) {
    String[] row = new String[right.length];
    for (int i = 0; i < row.length; i++) {
      String text = cells[i] == null ? "-" : cells[i].toString();
      row[i] = text.isEmpty() ? "-" : text.replace('\n', ' ');
    }
    rows.add(row);
  }

  /** Prints it. */
  public void print(Console console) {
    for (String line : lines(console.width())) {
      console.line(line);
    }
  }

  /** Its lines, none wider than {@code width} if its columns can be made so narrow. */
  public List<String> lines(int width) {
    int[] widths = new int[right.length];
    int sum = GAP.length() * (widths.length - 1);
    for (int i = 0; i < widths.length; i++) {
      for (String[] row : rows) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
      sum += widths[i];
    }
    while (sum > width) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] > LEAST && (widest < 0 || widths[i] >= widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        break;
      }
      widths[widest]--;
      sum--;
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      lines.add(line(row, widths));
    }
    return lines;
  }

  private String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      String cell = row[i];
      if (cell.length() > widths[i]) {
        cell = cell.substring(0, widths[i] - CUT.length()) + CUT;
      }
      line.append(i == 0 ? "" : GAP);
      int space = widths[i] - cell.length();
      for (int k = 0; right[i] && k < space; k++) {
        line.append(' ');
      }
      line.append(cell);
      for (int k = 0; !right[i] && k < space; k++) {
        line.append(' ');
      }
    }
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      end--;
    }
    return line.substring(0, end);
  }
}
