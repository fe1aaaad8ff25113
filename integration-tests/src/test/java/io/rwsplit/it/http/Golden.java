package io.rwsplit.it.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Answers as they are meant to be, kept as files; what differs from run to run is left out. {@code
 * -Drwsplit.it.golden.update=true} writes them anew.
 */
final class Golden {
  private static final Set<String> VOLATILE =
      Set.of(
          // The first reads of a text run on the master while it is being classified.
          "total",
          "onReplicas",
          "onMaster",
          "replicaShare",
          "reads",
          "shareOfReads",
          "executions",
          "masterReason",
          "masterReasons",
          "upSeconds",
          "milliseconds",
          "bytes",
          "frames",
          "transactions",
          "checkpoints",
          "resyncs",
          "open",
          "connectionsInUse",
          "version",
          "lastFailure",
          "delivered",
          "lastApplyMillis");

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path directory;
  private final Set<String> more;

  /**
   * @param directory what is replaced in paths
   * @param more names of further fields that differ from run to run
   */
  Golden(Path directory, String... more) {
    this.directory = directory;
    this.more = Set.of(more);
  }

  /** The answer's body without what differs from run to run. */
  String lasting(Asked answer) throws IOException {
    String body = answer.body.replace(directory.toString(), "DIRECTORY");
    return MAPPER.writeValueAsString(lasting(MAPPER.readTree(body))) + "\n";
  }

  private JsonNode lasting(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        boolean differs = VOLATILE.contains(name) || more.contains(name);
        object.set(name, differs ? new TextNode("…") : lasting(object.get(name)));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, lasting(array.get(i)));
      }
    }
    return node;
  }

  /** What the answer of this name is meant to be. */
  String expected(String name) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("golden/" + name + ".json")) {
      return in == null ? "(missing)" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes it anew when asked to; true when it did. */
  static boolean update(String name, String actual) throws IOException {
    if (!Boolean.getBoolean("rwsplit.it.golden.update")) {
      return false;
    }
    Path file = Path.of("src/test/resources/io/rwsplit/it/http/golden", name + ".json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, actual);
    return true;
  }
}
