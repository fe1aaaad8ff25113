package io.rwsplit.cli;

import io.rwsplit.json.JsonFault;
import io.rwsplit.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Asks a running agent over HTTP. Used by one thread. */
final class AgentClient {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 15_000;

  /** Longer than any answer there is. */
  private static final int MOST_BYTES = 64 << 20;

  private final AgentAddress address;
  private final String group;

  /**
   * @param group null where there is only one, or all are meant
   */
  AgentClient(AgentAddress address, String group) {
    this.address = address;
    this.group = group;
  }

  static AgentClient of(Arguments arguments) throws CliFault {
    return new AgentClient(AgentAddress.of(arguments), arguments.get(Options.GROUP));
  }

  JsonView get(String path) throws CliFault {
    return ask("GET", path, null, 0);
  }

  /**
   * Lets the agent do something.
   *
   * @param millis how long it may take
   */
  JsonView post(String path, Map<String, Object> body, int millis) throws CliFault {
    return ask("POST", path, JsonWriter.write(body), millis);
  }

  private JsonView ask(String method, String path, String body, int millis) throws CliFault {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              new URL(address.url + path + query(path)).openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS + millis);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestMethod(method);
      if (address.token != null) {
        connection.setRequestProperty("Authorization", "Bearer " + address.token);
      }
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(bytes);
        }
      }
      return answer(connection);
    } catch (SocketTimeoutException e) {
      throw CliFault.refused(address.url + " did not answer in time");
    } catch (SSLException e) {
      throw CliFault.refused(
          address.url
              + ": "
              + e.getMessage()
              + ". The certificate must be trusted by this JVM (-Djavax.net.ssl.trustStore=...) and"
              + " name the host");
    } catch (IOException e) {
      throw CliFault.refused(
          address.url
              + " does not answer ("
              + e.getMessage()
              + "). Does the application run, with rwsplit.http.port set?");
    }
  }

  private String query(String path) throws UnsupportedEncodingException {
    if (group == null) {
      return "";
    }
    return (path.indexOf('?') < 0 ? "?" : "&") + "group=" + URLEncoder.encode(group, "UTF-8");
  }

  private JsonView answer(HttpURLConnection connection) throws IOException, CliFault {
    int status = connection.getResponseCode();
    String text = text(status < 400 ? connection.getInputStream() : connection.getErrorStream());
    JsonView json;
    try {
      json = JsonView.parse(text);
    } catch (JsonFault e) {
      throw CliFault.refused(address.url + " is no agent of rwsplit: it answers otherwise");
    }
    if (status == 200) {
      return json;
    }
    String said = json.get("error").get("message").text();
    String why = "the agent answers " + status + ": " + (said == null ? "nothing more" : said);
    if (status == 401) {
      why += ". Give it by --token-file, or RWSPLIT_HTTP_TOKEN in the environment";
    }
    throw status == 400 ? CliFault.usage(why) : CliFault.refused(why);
  }

  private static String text(InputStream stream) throws IOException {
    if (stream == null) {
      return "";
    }
    try (InputStream in = stream) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] some = new byte[8192];
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        all.write(some, 0, count);
        if (all.size() > MOST_BYTES) {
          throw new IOException("an answer without end");
        }
      }
      return all.toString("UTF-8");
    }
  }

  /** A name as part of a path, if there is such a replica; tells which there are else. */
  String replica(String name) throws CliFault {
    List<String> known = new ArrayList<>();
    for (JsonView each : get("/api/database/replication/metrics").get("groups").list()) {
      for (JsonView replica : each.get("replicas").list()) {
        known.add(replica.get("name").text());
      }
    }
    if (known.contains(name)) {
      return name;
    }
    throw CliFault.usage(
        "there is no replica "
            + name
            + "; "
            + (known.isEmpty() ? "there is none yet" : "there are " + String.join(", ", known)));
  }
}
