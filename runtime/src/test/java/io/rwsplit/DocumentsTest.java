package io.rwsplit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.config.Property;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What documents name is there: classes, packages in their order, properties, sections, files. */
class DocumentsTest {
  private static final Path ROOT = Paths.get("..");

  /** Of the JDK, of drivers and containers. */
  private static final Set<String> FOREIGN =
      new HashSet<>(
          Arrays.asList(
              "CopyManager",
              "Driver",
              "DriverManager",
              "HttpServerProvider",
              "HttpURLConnection",
              "JdbcCallableStatement",
              "JdbcStatement",
              "LogManager",
              "LoggerFinder",
              "LongAdder",
              "MysqlConnectionPoolDataSource",
              "PgStatement",
              "ServiceLoader",
              "WebappClassLoaderBase"));

  /** Files, a table of the agent's own, and properties of the tests. */
  private static final Pattern NO_PROPERTY =
      Pattern.compile("rwsplit\\.(jar|properties|yaml|term|it\\..*)");

  private static String document(String name) throws IOException {
    return new String(Files.readAllBytes(ROOT.resolve(name)), UTF_8);
  }

  private static List<String> found(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** All classes of the repository. */
  private static Set<String> classes() throws IOException {
    Set<String> names = new HashSet<>();
    List<Path> sources = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes unused) {
            String name = directory.getFileName().toString();
            boolean made = name.equals("target") || name.equals(".git");
            return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused) {
            if (file.toString().endsWith(".java")) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    for (Path source : sources) {
      String text = new String(Files.readAllBytes(source), UTF_8);
      names.addAll(found("\\b(?:class|interface|enum)\\s+([A-Z]\\w+)", text));
    }
    return names;
  }

  @Test
  void classesOfTheArchitectureExist() throws IOException {
    Set<String> classes = classes();
    Set<String> missing = new TreeSet<>();
    for (String code : found("`([^`\n]+)`", document("ARCHITECTURE.md"))) {
      for (String name : found("(?<![\\w./:$-])([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)\\b", code)) {
        if (!classes.contains(name) && !FOREIGN.contains(name)) {
          missing.add(name);
        }
      }
    }
    assertEquals(Collections.emptySet(), missing);
  }

  /** "Each uses only what is above it in this table." */
  @Test
  void packagesUseOnlyWhatIsAboveThem() throws IOException {
    String text = document("ARCHITECTURE.md");
    String layers = text.substring(text.indexOf("## Layers"), text.indexOf("## Dependencies"));
    List<String> order = found("^\\| `(\\w+)` \\|", layers);
    Path base = Paths.get("src/main/java/io/rwsplit");
    try (Stream<Path> packages = Files.list(base)) {
      assertEquals(
          new TreeSet<>(order),
          packages.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    List<String> wrong = new ArrayList<>();
    for (String user : order) {
      Set<String> used = new TreeSet<>();
      try (Stream<Path> files = Files.walk(base.resolve(user))) {
        for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
          String source = new String(Files.readAllBytes(file), UTF_8);
          used.addAll(found("^import (?:static )?io\\.rwsplit\\.(\\w+)\\.", source));
        }
      }
      for (String each : used) {
        if (order.indexOf(each) > order.indexOf(user)) {
          wrong.add(user + " uses " + each);
        }
      }
    }
    assertEquals(Collections.emptyList(), wrong);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "BENCHMARKS.md"})
  void propertiesExist(String name) throws IOException {
    Set<String> missing = new TreeSet<>();
    String named = "(?<![\\w./])(rwsplit\\.[a-z][a-z0-9.-]*[a-z0-9])";
    for (String each : found(named, document(name))) {
      // Many are named by what they begin with; a secret may be in a file.
      String property = each.endsWith(".file") ? each.substring(0, each.length() - 5) : each;
      boolean known = NO_PROPERTY.matcher(each).matches();
      for (Property candidate : Property.values()) {
        known |= candidate.propertyName().startsWith(property);
      }
      if (!known) {
        missing.add(each);
      }
    }
    assertEquals(Collections.emptySet(), missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "BENCHMARKS.md"})
  void linksLeadSomewhere(String name) throws IOException {
    String text = document(name);
    Set<String> sections = new HashSet<>();
    for (String title : found("^#+ (.*)$", text)) {
      String lower = title.toLowerCase(Locale.ROOT);
      sections.add(lower.replaceAll("[^\\w\\- ]", "").replace(' ', '-'));
    }
    for (String link : found("\\]\\(([^)]+)\\)", text)) {
      if (link.startsWith("#")) {
        assertTrue(sections.contains(link.substring(1)), name + " " + link);
      } else if (!link.startsWith("http")) {
        assertTrue(Files.exists(ROOT.resolve(link)), name + " " + link);
      }
    }
  }
}
