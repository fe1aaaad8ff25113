package io.rwsplit.config;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A configuration file: properties, or YAML by its name's ending. Immutable. */
final class ConfigFile {
  private final String path;
  private final List<FileEntry> entries;
  private final List<Fault> faults;

  private ConfigFile(String path, List<FileEntry> entries, List<Fault> faults) {
    this.path = path;
    this.entries = entries;
    this.faults = faults;
  }

  /** Reads it; what is wrong with it is in {@link #faults()}. */
  static ConfigFile read(String path) {
    List<FileEntry> none = Collections.emptyList();
    List<Fault> faults = new ArrayList<Fault>();
    try {
      String text = TextFile.read(new File(path));
      List<FileEntry> entries = isYaml(path) ? YamlText.parse(text) : PropertiesText.parse(text);
      ConfigFile read = new ConfigFile(path, entries, faults);
      read.checkRepetitions();
      return read;
    } catch (InvalidValue e) {
      faults.add(Fault.of("The file " + path, null, e.getMessage(), null));
    } catch (BadLine e) {
      faults.add(Fault.of(place(path, e.line()), null, e.getMessage(), null));
    }
    return new ConfigFile(path, none, faults);
  }

  private static boolean isYaml(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml");
  }

  private void checkRepetitions() {
    Map<String, Integer> lines = new HashMap<String, Integer>();
    for (FileEntry entry : entries) {
      Integer before = lines.put(entry.name, entry.line);
      if (before != null) {
        faults.add(
            Fault.of(
                place(path, entry.line),
                null,
                "gives " + entry.name + " again, after line " + before,
                null));
      }
    }
  }

  private static String place(String path, int line) {
    return path + " line " + line;
  }

  /** Where an entry stands. */
  String place(FileEntry entry) {
    return place(path, entry.line);
  }

  /** What it gives; empty when it cannot be read. */
  List<FileEntry> entries() {
    return entries;
  }

  /** What is wrong with it as a file. */
  List<Fault> faults() {
    return faults;
  }
}
