package io.rwsplit.cli.verify;

import io.rwsplit.config.PatroniSettings;
import io.rwsplit.config.RestUrl;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Host;
import io.rwsplit.json.Json;
import io.rwsplit.json.JsonFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Whether Patroni answers at each of its URLs, and knows the master. */
final class PatroniRest {
  private static final int MILLIS = 5_000;
  private static final int LARGEST = 1 << 20;
  private static final String WRONG = "is this the REST API of Patroni?";

  private final Findings findings;

  PatroniRest(Findings findings) {
    this.findings = findings;
  }

  void check(Settings settings) {
    for (RestUrl url : settings.patroni().urls()) {
      try {
        ask(url, settings);
      } catch (SSLException e) {
        findings.fail(
            "patroni",
            url + " does not speak TLS with us: " + e.getMessage(),
            "let the JVM's trust store (javax.net.ssl.trustStore) have who has signed Patroni's"
                + " certificate; or is it http:// ?");
      } catch (IOException e) {
        findings.fail(
            "patroni",
            url + " does not answer: " + e.getMessage(),
            "start Patroni there, or correct rwsplit.patroni (restapi.connect_address)");
      }
    }
  }

  private void ask(RestUrl url, Settings settings) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) new URL(url + "/cluster").openConnection(Proxy.NO_PROXY);
    try {
      connection.setConnectTimeout(MILLIS);
      connection.setReadTimeout(MILLIS);
      connection.setInstanceFollowRedirects(false);
      PatroniSettings patroni = settings.patroni();
      if (patroni.user() != null) {
        String credentials =
            patroni.user() + ":" + (patroni.password() == null ? "" : patroni.password());
        connection.setRequestProperty(
            "Authorization",
            "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
      }
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        members(url, body(connection), settings);
      } else {
        findings.fail("patroni", url + "/cluster answers " + status, remedy(status));
      }
    } finally {
      connection.disconnect();
    }
  }

  private static String remedy(int status) {
    switch (status) {
      case HttpURLConnection.HTTP_UNAUTHORIZED:
      case HttpURLConnection.HTTP_FORBIDDEN:
        return "set rwsplit.patroni.user and .password, or let this host in (restapi.allowlist)";
      case HttpURLConnection.HTTP_UNAVAILABLE:
        return "look whether its store (etcd or the like) answers";
      default:
        return WRONG;
    }
  }

  private static String body(HttpURLConnection connection) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = connection.getInputStream()) {
      for (int n = in.read(buffer); n >= 0 && all.size() < LARGEST; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    }
    return new String(all.toByteArray(), StandardCharsets.UTF_8);
  }

  private void members(RestUrl url, String body, Settings settings) {
    List<?> members;
    try {
      members = (List<?>) ((Map<?, ?>) Json.parse(body)).get("members");
    } catch (JsonFault | ClassCastException e) {
      members = null;
    }
    if (members == null) {
      findings.fail("patroni", url + "/cluster answers something else than members", WRONG);
      return;
    }
    String leader = null;
    List<Host> hosts = new ArrayList<>();
    for (Object each : members) {
      if (!(each instanceof Map)) {
        continue;
      }
      Map<?, ?> member = (Map<?, ?>) each;
      String role = String.valueOf(member.get("role"));
      if (role.equals("leader") || role.equals("standby_leader")) {
        leader = String.valueOf(member.get("name"));
      }
      if (member.get("host") != null && member.get("port") instanceof Number) {
        int port = ((Number) member.get("port")).intValue();
        hosts.add(Host.of(String.valueOf(member.get("host")), port));
      }
    }
    if (leader == null) {
      findings.warn(
          "patroni",
          url + " knows no leader among " + members.size() + " members",
          "look at Patroni's log; without a leader there is no master");
    } else {
      findings.ok(
          "patroni", url + " answers: " + members.size() + " members, the leader is " + leader);
    }
    for (Host host : settings.master().hosts()) {
      if (!isAmong(host, hosts)) {
        findings.warn(
            "patroni",
            host + " of rwsplit.master is no member that " + url + " names",
            "write hosts as Patroni does (postgresql.connect_address); a proxy's is right only"
                + " where rwsplit.replicas is not given");
      }
    }
  }

  private static boolean isAmong(Host wanted, List<Host> hosts) {
    for (Host each : hosts) {
      if (each.equals(wanted)
          || (each.port() == wanted.port() && isSame(each.name(), wanted.name()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(String one, String other) {
    try {
      List<InetAddress> all = new ArrayList<>(Arrays.asList(InetAddress.getAllByName(one)));
      return all.removeAll(Arrays.asList(InetAddress.getAllByName(other)));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
