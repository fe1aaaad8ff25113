package io.rwsplit.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI description that a server gives of itself, to hold its answers against. */
public final class Description {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BASE = "https://rwsplit.invalid/openapi.json";

  private final JsonNode document;
  private final JsonSchemaFactory factory;

  public Description(String text) throws Exception {
    document = MAPPER.readTree(text);
    factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(BASE, text))));
  }

  /** {@code GET /metrics} and so on. */
  public List<String> operations() {
    List<String> all = new ArrayList<>();
    for (Iterator<String> path = document.get("paths").fieldNames(); path.hasNext(); ) {
      String name = path.next();
      document
          .get("paths")
          .get(name)
          .fieldNames()
          .forEachRemaining(
              method -> all.add(method.toUpperCase(java.util.Locale.ROOT) + " " + name));
    }
    return all;
  }

  /** The answer has a status, a type and a body that the operation is described to have. */
  public void check(String operation, Asked answer) throws Exception {
    String[] words = operation.split(" ", -1);
    JsonNode responses =
        document
            .get("paths")
            .get(words[1])
            .get(words[0].toLowerCase(java.util.Locale.ROOT))
            .get("responses");
    JsonNode response = responses.get(String.valueOf(answer.status));
    assertNotNull(response, () -> operation + " is not described to answer so: " + answer);
    String pointer =
        "/paths/"
            + words[1].replace("~", "~0").replace("/", "~1")
            + "/"
            + words[0].toLowerCase(java.util.Locale.ROOT)
            + "/responses/"
            + answer.status;
    if (response.has("$ref")) {
      pointer = response.get("$ref").asText().substring(1);
      response = document.at(pointer);
    }
    String type = answer.headers.get("content-type").split(";", -1)[0];
    assertTrue(response.get("content").has(type), () -> operation + ": " + answer);
    if (!type.equals("application/json")) {
      return;
    }
    String fragment = pointer + "/content/application~1json/schema";
    SchemaValidatorsConfig config = SchemaValidatorsConfig.builder().build();
    JsonSchema schema =
        factory.getSchema(
            SchemaLocation.of(BASE + "#" + fragment.replace("{", "%7B").replace("}", "%7D")),
            config);
    assertEquals(
        new TreeSet<String>(),
        messages(schema, MAPPER.readTree(answer.body)),
        () -> operation + ": " + answer.body);
  }

  private static Set<String> messages(JsonSchema schema, JsonNode body) {
    Set<String> messages = new TreeSet<>();
    schema.validate(body).forEach(each -> messages.add(each.getMessage()));
    return messages;
  }

  static JsonNode json(Asked answer) throws Exception {
    return MAPPER.readTree(answer.body);
  }
}
