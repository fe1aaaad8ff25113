package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every entry of rwsplit.jar is one that belongs there, and every class in it can be used. */
class AgentJarTest {
  private static final int JAVA_8 = 52;
  private static final String NAME = "[A-Za-z0-9_$]+";

  /** Where each loader's entries are; anything else is a mistake of the build. */
  private static final Pattern ALLOWED =
      Pattern.compile(
          "META-INF/MANIFEST\\.MF"
              + ("|io/rwsplit/agent/" + NAME + "\\.class")
              + ("|boot/java/rwsplit/" + NAME + "\\.classdata")
              + ("|inst/io/rwsplit/(" + NAME + "/)*" + NAME + "\\.classdata")
              + "|inst/io/rwsplit/http/(openapi\\.json|version\\.txt|dashboard/[a-z]+\\.(html|css|js|svg))"
              + "|inst/META-INF/services/io\\.rwsplit\\.shaded\\.slf4j\\.spi\\.SLF4JServiceProvider");

  /** Names, not prose, that only a class that was not relocated has in its constant pool. */
  private static final Pattern UNRELOCATED =
      Pattern.compile(
          "(.*[^/.a-zA-Z])?(com[/.]zaxxer|net[/.]sf[/.]jsqlparser|org[/.]slf4j|net[/.]bytebuddy)"
              + "[/.].*");

  @TempDir Path directory;

  private static Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (JarFile jar = new JarFile(ForkedJvm.AGENT_JAR)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (!entry.isDirectory()) {
          entries.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
        }
      }
    }
    return entries;
  }

  private static boolean isClass(String entry) {
    return entry.endsWith(".class") || entry.endsWith(".classdata");
  }

  @Test
  void everyEntryIsOnTheList() throws IOException {
    List<String> strangers = new ArrayList<>();
    for (String entry : entries().keySet()) {
      if (!ALLOWED.matcher(entry).matches() || entry.contains("sqlite/jdbc")) {
        strangers.add(entry);
      }
    }
    assertEquals(List.of(), strangers);
  }

  @Test
  void everyClassIsForJava8AndRelocated() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : entries().entrySet()) {
      if (isClass(entry.getKey())) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry.getValue()))) {
          assertEquals(0xcafebabe, in.readInt(), entry.getKey());
          in.readUnsignedShort();
          int major = in.readUnsignedShort();
          if (major > JAVA_8) {
            wrong.add(entry.getKey() + ": version " + major);
          }
          for (String text : texts(in)) {
            if (UNRELOCATED.matcher(text).matches() && text.indexOf(' ') < 0) {
              wrong.add(entry.getKey() + ": " + text);
            }
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** The strings of a constant pool (JVM specification, 4.4). */
  private static List<String> texts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    int count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> {
          byte[] text = new byte[in.readUnsignedShort()];
          in.readFully(text);
          texts.add(new String(text, StandardCharsets.UTF_8));
        }
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
        case 5, 6 -> {
          in.readLong();
          i++;
        }
        case 7, 8, 16, 19, 20 -> in.readUnsignedShort();
        case 15 -> in.skipBytes(3);
        default -> throw new IOException("unknown constant pool tag " + tag);
      }
    }
    return texts;
  }

  @OnEveryJdk
  void everyClassOfTheIsolatedLoaderLinks(Jdk jdk) throws Exception {
    Path boot = directory.resolve("boot");
    for (Map.Entry<String, byte[]> entry : entries().entrySet()) {
      if (entry.getKey().startsWith("boot/")) {
        String name = entry.getKey().substring("boot/".length()).replace(".classdata", ".class");
        Path file = boot.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, entry.getValue());
      }
    }
    try (ForkedJvm jvm =
        new ForkedJvm.Builder()
            .on(jdk)
            .option("--patch-module=java.base=" + boot)
            .option("--add-exports=java.base/java.rwsplit=ALL-UNNAMED")
            .main(LinkAll.class, ForkedJvm.AGENT_JAR)
            .start()) {
      assertEquals(0, jvm.exitCode(120), jvm::transcript);
      assertTrue(jvm.out().get(0).matches("linked \\d{3,}"), jvm::transcript);
      assertEquals(1, jvm.out().size(), jvm::transcript);
    }
  }
}
