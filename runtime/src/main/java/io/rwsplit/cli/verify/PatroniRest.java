package io.rwsplit.cli.verify;

import io.rwsplit.config.PatroniSettings;
import io.rwsplit.config.RestUrl;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;

/** Whether Patroni answers at each of its URLs. Stateless but for what it finds. */
final class PatroniRest {
  private static final int MILLIS = 5_000;

  private final Findings findings;

  PatroniRest(Findings findings) {
    this.findings = findings;
  }

  void check(PatroniSettings patroni) {
    for (RestUrl url : patroni.urls()) {
      try {
        HttpURLConnection connection =
            (HttpURLConnection) new URL(url + "/cluster").openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(MILLIS);
        connection.setReadTimeout(MILLIS);
        connection.setInstanceFollowRedirects(false);
        int status = connection.getResponseCode();
        connection.disconnect();
        if (status == HttpURLConnection.HTTP_OK) {
          findings.ok("patroni", url + " answers");
        } else {
          findings.fail(
              "patroni", url + "/cluster answers " + status, "is this the REST API of Patroni?");
        }
      } catch (IOException e) {
        findings.fail(
            "patroni",
            url + " does not answer: " + e.getMessage(),
            "start Patroni there, or correct rwsplit.patroni (restapi.connect_address)");
      }
    }
  }
}
