package io.rwsplit.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the part of YAML 1.2 that a configuration needs: nested mappings, lists of scalars (block
 * and flow), plain and quoted scalars of one line, comments. Everything else (anchors, tags, block
 * scalars, flow mappings, several documents, tabs in the indentation) is refused by name, never
 * guessed at. Names are joined by dots; the elements of a list by {@value #SEPARATOR}. Used by one
 * thread.
 */
final class YamlText {
  /** Between the elements of a list: nothing that a value may hold. */
  static final char SEPARATOR = '\u0000';

  private final List<FileEntry> entries = new ArrayList<FileEntry>();
  private final String[] lines;

  /** The mappings that are open, the innermost last. */
  private final List<Level> levels = new ArrayList<Level>();

  /** A name whose value is expected in the lines below; null for none. */
  private Pending pending;

  private boolean ended;

  /** A mapping that is open: how far its names are indented, and what they begin with. */
  private static final class Level {
    final int indent;
    final String prefix;
    final Set<String> names = new HashSet<String>();

    Level(int indent, String prefix) {
      this.indent = indent;
      this.prefix = prefix;
    }
  }

  private static final class Pending {
    final String name;
    final int indent;
    final int line;
    StringBuilder list;
    int listIndent;

    Pending(String name, int indent, int line) {
      this.name = name;
      this.indent = indent;
      this.line = line;
    }
  }

  private YamlText(String text) {
    this.lines = text.split("\r\n|\n|\r", -1);
  }

  /** The entries in the order of the text. */
  static List<FileEntry> parse(String text) throws BadLine {
    YamlText parser = new YamlText(text);
    for (int i = 0; i < parser.lines.length; i++) {
      parser.line(parser.lines[i], i + 1);
    }
    parser.settle();
    return parser.entries;
  }

  private void line(String raw, int number) throws BadLine {
    int indent = 0;
    while (indent < raw.length() && raw.charAt(indent) == ' ') {
      indent++;
    }
    YamlScalar rest = new YamlScalar(raw, indent, number);
    if (rest.isEmpty()) {
      return;
    }
    if (raw.charAt(indent) == '\t') {
      throw new BadLine(number, "is indented with a tab: YAML wants spaces");
    }
    if (ended) {
      throw new BadLine(number, "is in a second document: one is read");
    }
    if (indent == 0 && raw.startsWith("---")) {
      if (!entries.isEmpty() || pending != null || !levels.isEmpty()) {
        throw new BadLine(number, "begins a second document: one is read");
      }
      return;
    }
    if (indent == 0 && raw.startsWith("...")) {
      ended = true;
      return;
    }
    if (raw.charAt(indent) == '%' && indent == 0) {
      throw new BadLine(number, "is a directive, which is not supported");
    }
    if (raw.charAt(indent) == '-' && (indent + 1 == raw.length() || isBlank(raw, indent + 1))) {
      element(raw, indent, number);
    } else {
      name(rest, indent, number);
    }
  }

  private void element(String raw, int indent, int number) throws BadLine {
    // A list may stand as far left as its name does.
    if (pending == null
        || indent < pending.indent
        || (pending.list != null && indent != pending.listIndent)) {
      throw new BadLine(number, "is an element of a list that no name above is for");
    }
    if (pending.list == null) {
      pending.list = new StringBuilder();
      pending.listIndent = indent;
    } else {
      pending.list.append(SEPARATOR);
    }
    YamlScalar scalar = new YamlScalar(raw, indent + 1, number);
    if (scalar.isEmpty()) {
      throw new BadLine(number, "is an element without a value");
    }
    if (scalar.isFlowList()) {
      throw new BadLine(number, "is a list in a list, which is not supported");
    }
    pending.list.append(scalar.value());
  }

  private void name(YamlScalar rest, int indent, int number) throws BadLine {
    String name = rest.name();
    Level level;
    if (pending != null && pending.list == null && indent > pending.indent) {
      level = new Level(indent, pending.name + ".");
      levels.add(level);
      pending = null;
    } else {
      settle();
      while (!levels.isEmpty() && levels.get(levels.size() - 1).indent > indent) {
        levels.remove(levels.size() - 1);
      }
      if (levels.isEmpty()) {
        if (!entries.isEmpty() && indent > 0) {
          throw new BadLine(number, "is indented differently from the names it belongs to");
        }
        levels.add(new Level(indent, ""));
      }
      level = levels.get(levels.size() - 1);
      if (level.indent != indent) {
        throw new BadLine(number, "is indented differently from the names it belongs to");
      }
    }
    if (!level.names.add(name)) {
      throw new BadLine(number, "gives " + level.prefix + name + " again");
    }
    String full = level.prefix + name;
    if (rest.isEmpty()) {
      pending = new Pending(full, indent, number);
    } else if (rest.isFlowList()) {
      entries.add(new FileEntry(full, join(rest.flowList()), number));
    } else {
      entries.add(new FileEntry(full, rest.value(), number));
    }
  }

  private static String join(List<String> values) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      joined.append(i == 0 ? "" : String.valueOf(SEPARATOR)).append(values.get(i));
    }
    return joined.toString();
  }

  /** What was expected below a name has ended: a list, or nothing. */
  private void settle() {
    if (pending != null) {
      String value = pending.list == null ? "" : pending.list.toString();
      entries.add(new FileEntry(pending.name, value, pending.line));
      pending = null;
    }
  }

  private static boolean isBlank(String text, int at) {
    return text.charAt(at) == ' ' || text.charAt(at) == '\t';
  }
}
