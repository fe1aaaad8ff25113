package io.rwsplit.it.faults;

import io.rwsplit.it.ForkedJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import legacy.chaos.ChaosAgent;

/** Strikes inside the agent: which methods, how, and how often, chosen by a seed. */
public final class Chaos {
  /** The packages whose methods are struck, by the layers of ARCHITECTURE.md. */
  private static final List<String> SEAMS =
      List.of(
          "sql",
          "catalog",
          "route",
          "session",
          "consistency",
          "position",
          "pool",
          "report",
          "replication",
          "core",
          "jdbc",
          "topology");

  private final long seed;
  private final String kinds;
  private final int rate;
  private String seams;
  private boolean waits;

  private Chaos(long seed, String kinds, int rate, String seams) {
    this.seed = seed;
    this.kinds = kinds;
    this.rate = rate;
    this.seams = seams;
  }

  /**
   * Strikes in one to three packages, or in all.
   *
   * @param kinds as {@link legacy.chaos.Strikes} has them
   * @param rate one call in so many
   */
  public static Chaos of(long seed, String kinds, int rate) {
    Random random = new Random(seed);
    TreeSet<String> chosen = new TreeSet<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      chosen.add(SEAMS.get(random.nextInt(SEAMS.size())));
    }
    String seams = String.join("|", chosen.size() == 4 ? SEAMS : chosen);
    return new Chaos(seed, kinds, rate, System.getProperty("rwsplit.it.chaos.seams", seams));
  }

  /** In these packages, separated by bars; {@code -Drwsplit.it.chaos.seams} goes before. */
  public Chaos in(String packages) {
    seams = System.getProperty("rwsplit.it.chaos.seams", packages);
    return this;
  }

  /** Once the application calls {@link legacy.chaos.Strikes#begin()}. */
  public Chaos waiting() {
    waits = true;
    return this;
  }

  /** Adds it to what is to be started. */
  public ForkedJvm.Builder on(ForkedJvm.Builder builder, Path jar) {
    System.out.println(this);
    return builder
        .firstOption("-javaagent:" + jar)
        .property("chaos.seed", String.valueOf(seed))
        .property("chaos.kinds", kinds)
        .property("chaos.rate", String.valueOf(rate))
        .property("chaos.waits", String.valueOf(waits))
        .property("chaos.tells", System.getProperty("rwsplit.it.chaos.tells", "false"))
        .property("chaos.seams", "^io/rwsplit/(" + seams + ")/");
  }

  @Override
  public String toString() {
    return "chaos seed " + seed + ": " + kinds + " one in " + rate + " in " + seams;
  }

  /** The agent that strikes, as a jar in the directory. */
  public static Path jar(Path directory) throws IOException {
    Path jar = directory.resolve("chaos.jar");
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(new Attributes.Name("Premain-Class"), ChaosAgent.class.getName());
    // The classes that strike must be seen from everywhere.
    main.put(new Attributes.Name("Boot-Class-Path"), jar.getFileName().toString());
    String packages = ChaosAgent.class.getPackageName().replace('.', '/');
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> classes = Files.list(Path.of("target/test-classes").resolve(packages))) {
      for (Path each : (Iterable<Path>) classes.sorted()::iterator) {
        out.putNextEntry(new JarEntry(packages + "/" + each.getFileName()));
        out.write(Files.readAllBytes(each));
        out.closeEntry();
      }
    }
    return jar;
  }
}
