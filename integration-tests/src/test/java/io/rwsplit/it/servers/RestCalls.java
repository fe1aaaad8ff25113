package io.rwsplit.it.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Calls REST interfaces of servers, with a user's name and password. */
final class RestCalls {
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String authorization;

  RestCalls(String user, String password) {
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** What is answered to a GET, whatever its status. */
  String get(String url) throws IOException {
    return call(url, "GET", "", Duration.ofSeconds(5)).body();
  }

  /** Sends a body; any answer but a good one is a failure. */
  void send(String url, String method, String body) throws IOException {
    HttpResponse<String> answer = call(url, method, body, Duration.ofSeconds(60));
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(url + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  private HttpResponse<String> call(String url, String method, String body, Duration limit)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", authorization)
            .timeout(limit)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
