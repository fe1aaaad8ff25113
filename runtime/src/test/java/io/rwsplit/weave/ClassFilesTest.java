package io.rwsplit.weave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the bytes of a driver's superclasses are looked for. */
class ClassFilesTest {
  private static final byte[] BESIDES = {1, 2, 3};
  private static final byte[] BY_LOADER = {4, 5};

  /** Knows every class below {@code a/}. */
  private static final class Loader extends ClassLoader {
    Loader() {
      super(null);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return name.startsWith("a/") ? new ByteArrayInputStream(BY_LOADER) : null;
    }
  }

  @TempDir Path directory;

  private static ClassFiles from(URL location) {
    CodeSource source = new CodeSource(location, (Certificate[]) null);
    return new ClassFiles(new Loader(), new ProtectionDomain(source, null));
  }

  private Path jar(String... entries) throws Exception {
    Path jar = directory.resolve("with a blank %.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String entry : entries) {
        out.putNextEntry(new JarEntry(entry));
        out.write(BESIDES);
      }
    }
    return jar;
  }

  @Test
  void readsTheJarOfTheAskingClass() throws Exception {
    ClassFiles files = from(jar("a/B.class").toUri().toURL());
    assertArrayEquals(BESIDES, files.of("a/B"));
    assertArrayEquals(BY_LOADER, files.of("a/C"));
    assertNull(files.of("x/Y"));
  }

  @Test
  void leavesVersionsToTheLoader() throws Exception {
    ClassFiles files = from(jar("a/B.class", "META-INF/versions/9/a/B.class").toUri().toURL());
    assertArrayEquals(BY_LOADER, files.of("a/B"));
  }

  @Test
  void readsADirectory() throws Exception {
    Files.createDirectories(directory.resolve("a"));
    Files.write(directory.resolve("a/B.class"), BESIDES);
    ClassFiles files = from(directory.toUri().toURL());
    assertArrayEquals(BESIDES, files.of("a/B"));
    assertArrayEquals(BY_LOADER, files.of("a/C"));
  }

  @Test
  void asksTheLoaderWhenThePlaceIsOfNoUse() throws Exception {
    Path text = Files.write(directory.resolve("no.jar"), BESIDES);
    String missing = directory.resolve("missing.jar").toUri().toString();
    for (String url :
        new String[] {
          "http://localhost/x.jar", "jar:" + missing + "!/", missing, text.toUri().toString()
        }) {
      assertArrayEquals(BY_LOADER, from(new URL(url)).of("a/B"), url);
    }
    assertArrayEquals(BY_LOADER, from(null).of("a/B"));
    assertArrayEquals(BY_LOADER, new ClassFiles(new Loader(), null).of("a/B"));
  }
}
