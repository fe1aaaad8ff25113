package io.rwsplit.weave;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Class files beside a class that is being defined, read without loading the classes: from the
 * place that class comes from where it is a jar or a directory, else as resources of its loader. A
 * loader asks its parents first, and those look into each of the JDK's modules. Immutable.
 */
final class ClassFiles {
  /** The first version that a multi-release jar can have entries for. */
  private static final int FIRST_VERSION = 9;

  /** Of the class that is being defined; null for the boot loader. */
  final ClassLoader loader;

  private final ProtectionDomain domain;

  /**
   * @param loader null for the boot loader
   * @param domain may be null
   */
  ClassFiles(ClassLoader loader, ProtectionDomain domain) {
    this.loader = loader;
    this.domain = domain;
  }

  /** The bytes of a class, or null when they cannot be had. */
  byte[] of(String internalName) {
    String entry = internalName + ".class";
    try {
      byte[] neighbour = besides(entry);
      return neighbour != null ? neighbour : resource(entry);
    } catch (IOException e) {
      return null;
    }
  }

  private byte[] besides(String entry) {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !"file".equals(location.getProtocol())) {
      return null;
    }
    try {
      File place = new File(location.toURI());
      return place.isDirectory() ? inDirectory(place, entry) : inJar(place, entry);
    } catch (URISyntaxException | IllegalArgumentException | IOException e) {
      // The loader may know better what its class path means.
      return null;
    }
  }

  private static byte[] inDirectory(File place, String entry) throws IOException {
    File file = new File(place, entry);
    if (!file.isFile()) {
      return null;
    }
    try (InputStream in = new FileInputStream(file)) {
      return read(in);
    }
  }

  /** Null also when the jar has the class in several versions: the loader then knows which. */
  private static byte[] inJar(File place, String entry) throws IOException {
    try (ZipFile jar = new ZipFile(place)) {
      ZipEntry found = jar.getEntry(entry);
      if (found == null || isVersioned(jar, entry)) {
        return null;
      }
      try (InputStream in = jar.getInputStream(found)) {
        return read(in);
      }
    }
  }

  private static boolean isVersioned(ZipFile jar, String entry) {
    String feature = System.getProperty("java.specification.version", "");
    int newest = feature.indexOf('.') < 0 ? Integer.parseInt(feature) : 0;
    for (int version = FIRST_VERSION; version <= newest; version++) {
      if (jar.getEntry("META-INF/versions/" + version + "/" + entry) != null) {
        return true;
      }
    }
    return false;
  }

  private byte[] resource(String entry) throws IOException {
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(entry)
            : loader.getResourceAsStream(entry)) {
      return in == null ? null : read(in);
    }
  }

  private static byte[] read(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
    }
    return out.toByteArray();
  }
}
