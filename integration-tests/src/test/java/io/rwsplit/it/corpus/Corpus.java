package io.rwsplit.it.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The statements of one engine, from the files in the resource folder {@code corpus}. */
final class Corpus {
  private final String engine;

  /** {@code engine}: in lower case, as the files are named. */
  Corpus(String engine) {
    this.engine = engine;
  }

  /** What makes the tables. */
  List<String> schema() throws IOException {
    return lines(engine + "-schema.sql");
  }

  /** Plain SELECTs: written ones, and templates filled with expressions without effect. */
  Set<String> selects() throws IOException {
    Set<String> all = new LinkedHashSet<>(lines("selects.sql"));
    all.addAll(lines(engine + "-selects.sql"));
    all.addAll(filled("+ "));
    return all;
  }

  /** Queries with an effect, or about the session, somewhere in them. */
  Set<String> effects() throws IOException {
    return filled("! ");
  }

  private Set<String> filled(String mark) throws IOException {
    Set<String> all = new LinkedHashSet<>();
    for (String line : lines(engine + "-expressions.txt")) {
      for (String template : lines("templates.txt")) {
        if (line.startsWith(mark)) {
          all.add(template.replace("%s", line.substring(2)));
        }
      }
    }
    return all;
  }

  /** The statements of the classifier's own table. */
  Set<String> table() throws IOException {
    Path file = Path.of("..", "runtime", "src", "test", "resources", "io", "rwsplit", "sql");
    Set<String> all = new LinkedHashSet<>();
    for (String line : Files.readAllLines(file.resolve(engine + ".tsv"), StandardCharsets.UTF_8)) {
      String[] fields = line.split("\t", 4);
      if (!line.startsWith("#") && fields.length == 4) {
        all.add(fields[3].replace("<TAB>", "\t").replace("<LF>", "\n"));
      }
    }
    return all;
  }

  private static List<String> lines(String name) throws IOException {
    List<String> lines = new ArrayList<>();
    try (InputStream in = Corpus.class.getResourceAsStream("/corpus/" + name)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isBlank() && !line.startsWith("# ")) {
          lines.add(line);
        }
      }
    }
    return lines;
  }
}
