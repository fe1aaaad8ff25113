package io.rwsplit.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Jdk;
import io.rwsplit.it.OnEveryJdk;
import io.rwsplit.it.Transcripts;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import legacy.jvm.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which a JVM can be told to start: what it prints and what is routed. */
class LaunchTest {
  private static final Pattern LOG = Pattern.compile("^\\[[\\d.,]+s]\\[\\w+ *]\\[(cds|aot)");

  @TempDir Path directory;

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private static Path library(String begins) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> new File(entry).getName().startsWith(begins))
        .map(Path::of)
        .findFirst()
        .orElseThrow();
  }

  private ForkedJvm.Builder split(Jdk jdk) {
    return new ForkedJvm.Builder()
        .on(jdk)
        .split(file("master.db"), file("replica.db"))
        // Reads follow writes here: without it a slow replica gets few.
        .property("rwsplit.consistency.wait", "5s");
  }

  private interface Start {
    ForkedJvm.Builder with(ForkedJvm.Builder builder);
  }

  /** Runs it bare and under the agent: the same lines, and reads on the replica. */
  private void assertSame(Jdk jdk, String what, Start start) throws Exception {
    Databases.make(file("master.db"), "PRAGMA journal_mode=WAL");
    List<String> bareErrors;
    List<String> bare;
    try (ForkedJvm app = start.with(new ForkedJvm.Builder().on(jdk)).start()) {
      assertEquals(0, app.exitCode(180), app::transcript);
      bare = app.out();
      bareErrors = app.err();
    }
    try (ForkedJvm app = start.with(split(jdk)).start()) {
      assertEquals(0, app.exitCode(180), app::transcript);
      Transcripts.assertSame(withoutLog(bare), withoutLog(app.out()), what);
      List<String> errors = new ArrayList<>(app.err());
      errors.removeIf(line -> line.startsWith("[rwsplit] "));
      assertEquals(bareErrors, errors, what);
      assertTrue(ExitTable.of(app).onReplicas() > 0, app::transcript);
      assertFalse(app.saysFault(), app::transcript);
    }
  }

  /** What the JVM itself says of archives, on standard output. */
  private static List<String> withoutLog(List<String> lines) {
    List<String> kept = new ArrayList<>(lines);
    kept.removeIf(line -> LOG.matcher(line).find());
    return kept;
  }

  /** Releases that the other tests do not run on; those that are not installed are named. */
  @Test
  void olderReleases() throws Exception {
    File demo = new File(System.getProperty("rwsplit.it.demo")).getAbsoluteFile();
    for (Jdk jdk : Jdk.releases()) {
      if (!jdk.isFound()) {
        System.err.println("LaunchTest: " + jdk);
      } else if (!Jdk.all().contains(jdk)) {
        assertSame(
            jdk,
            jdk.toString(),
            builder ->
                builder.jar(
                    demo, "--url=jdbc:sqlite:" + file("master.db"), "--script", "--journal=wal"));
      }
    }
  }

  @OnEveryJdk
  void applicationOfModules(Jdk jdk) throws Exception {
    Path module = directory.resolve("module");
    compileModule(module);
    Path driver = library("sqlite-jdbc");
    Path logging = library("slf4j-api");
    String path = String.join(File.pathSeparator, "" + module, "" + driver, "" + logging);
    assertSame(
        jdk,
        "modules",
        builder ->
            builder
                .option("--enable-native-access=org.xerial.sqlitejdbc")
                .module(
                    path, "legacy.modular/legacy.jvm.Ledger", "jdbc:sqlite:" + file("master.db")));
  }

  private void compileModule(Path to) throws IOException {
    Path source = Files.createDirectories(directory.resolve("source"));
    Path descriptor = source.resolve("module-info.java");
    Files.writeString(
        descriptor, "module legacy.modular { requires java.sql; requires org.xerial.sqlitejdbc; }");
    Path here = Files.createDirectories(to.resolve("legacy/jvm"));
    try (InputStream in = Ledger.class.getResourceAsStream("Ledger.class")) {
      Files.copy(in, here.resolve("Ledger.class"));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "--release",
              "9",
              "-Xlint:none",
              "-d",
              to.toString(),
              "-p",
              library("sqlite-jdbc") + File.pathSeparator + library("slf4j-api"));
      assertTrue(
          compiler
              .getTask(
                  null, files, null, options, null, files.getJavaFileObjects(descriptor.toFile()))
              .call());
    }
  }

  /** Archives take jars only. */
  private String jars() throws IOException {
    File jar = file("ledger.jar");
    String entry = Ledger.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar.toPath()));
        InputStream in = Ledger.class.getResourceAsStream("/" + entry)) {
      out.putNextEntry(new JarEntry(entry));
      in.transferTo(out);
      out.closeEntry();
    }
    return String.join(
        File.pathSeparator, "" + jar, "" + library("sqlite-jdbc"), "" + library("slf4j-api"));
  }

  private ForkedJvm.Builder ledger(ForkedJvm.Builder builder, String jars) {
    return builder.main(jars, Ledger.class.getName(), "jdbc:sqlite:" + file("master.db"));
  }

  @OnEveryJdk
  void classDataSharing(Jdk jdk) throws Exception {
    String jars = jars();
    assertSame(jdk, "default archive", builder -> ledger(builder.option("-Xshare:on"), jars));
    assertSame(jdk, "no archive", builder -> ledger(builder.option("-Xshare:off"), jars));
    String archive = file("ledger.jsa").getPath();
    try (ForkedJvm app =
        ledger(new ForkedJvm.Builder().on(jdk).option("-XX:ArchiveClassesAtExit=" + archive), jars)
            .start()) {
      assertEquals(0, app.exitCode(180), app::transcript);
    }
    assertTrue(new File(archive).length() > 0);
    assertSame(
        jdk,
        "archive of the application",
        builder -> ledger(builder.option("-XX:SharedArchiveFile=" + archive), jars));
  }

  @OnEveryJdk
  void aheadOfTimeCache(Jdk jdk) throws Exception {
    if (jdk.feature() < 25) {
      // Came with JDK 24, in one step with 25.
      return;
    }
    String jars = jars();
    String bare = record(jdk, jars);
    // The modules differ by java.instrument: the JVM goes on without the cache, and says so.
    assertSame(
        jdk,
        "cache of a bare run",
        builder -> ledger(builder.option("-XX:AOTCache=" + bare), jars));
  }

  /** The path of a cache that a run of the application has left. */
  private String record(Jdk jdk, String jars) throws Exception {
    File cache = file("ledger.aot");
    try (ForkedJvm app =
        ledger(new ForkedJvm.Builder().on(jdk).option("-XX:AOTCacheOutput=" + cache), jars)
            .start()) {
      assertEquals(0, app.exitCode(180), app::transcript);
    }
    assertTrue(cache.length() > 0);
    return cache.getPath();
  }
}
