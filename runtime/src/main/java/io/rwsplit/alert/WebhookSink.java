package io.rwsplit.alert;

import io.rwsplit.config.AlertSettings;
import io.rwsplit.config.WebhookUrl;
import io.rwsplit.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts each notice as JSON, over a connection of its own, HTTP/1.0: an answer cannot be chunked,
 * and only its first line matters. No redirection is followed.
 */
final class WebhookSink extends RemoteSink {
  private static final String HMAC = "HmacSHA256";
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY = 429;
  private static final int TIMEOUT = 408;

  private final WebhookUrl url;
  private final String token;
  private final String secret;
  private final String source;

  WebhookSink(AlertSettings settings, String source) {
    super("webhook", settings.webhookTimeoutNanos());
    this.url = settings.webhookUrl();
    this.token = settings.webhookToken();
    this.secret = settings.webhookSecret();
    this.source = source;
  }

  @Override
  String host() {
    return url.server().host();
  }

  @Override
  int port() {
    return url.server().port();
  }

  @Override
  String deliver(Notice notice, Wire wire) throws IOException {
    byte[] body = JsonWriter.write(notice.map(source)).getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(url.path()).append(" HTTP/1.0\r\n");
    head.append("Host: ").append(url.server().authority()).append("\r\n");
    head.append("User-Agent: rwsplit\r\nContent-Type: application/json\r\nContent-Length: ");
    head.append(body.length).append("\r\n");
    if (token != null) {
      head.append("Authorization: Bearer ").append(token).append("\r\n");
    }
    if (secret != null) {
      String time = String.valueOf(System.currentTimeMillis() / 1000);
      head.append("X-Rwsplit-Timestamp: ").append(time).append("\r\n");
      head.append("X-Rwsplit-Signature: sha256=").append(signature(time, body)).append("\r\n");
    }
    wire.connect(url.server().isSecure());
    wire.send(head.append("\r\n").toString());
    wire.send(body);
    return judged(status(wire.line()));
  }

  private static int status(String line) throws Refused {
    try {
      if (line.startsWith("HTTP/1.") && line.length() >= 12) {
        return Integer.parseInt(line.substring(9, 12));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Refused("answers with what is not HTTP");
  }

  private static String judged(int status) throws IOException {
    if (status >= 200 && status < 300) {
      return "answered with status " + status;
    }
    if (status >= 300 && status < 400) {
      throw new Refused(
          "answers with status "
              + status
              + ": redirections are not followed; set rwsplit.alert.webhook.url to where it leads");
    }
    String words = "answers with status " + status;
    boolean again = status >= 500 || status == TIMEOUT || status == TOO_MANY || status == TOO_EARLY;
    throw again ? new IOException(words) : new Refused(words);
  }

  private String signature(String time, byte[] body) throws Refused {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
      StringBuilder hex = new StringBuilder();
      for (byte each : mac.doFinal(body)) {
        hex.append(Character.forDigit((each >> 4) & 15, 16))
            .append(Character.forDigit(each & 15, 16));
      }
      return hex.toString();
    } catch (GeneralSecurityException e) {
      throw new Refused("this JVM has no " + HMAC);
    }
  }
}
