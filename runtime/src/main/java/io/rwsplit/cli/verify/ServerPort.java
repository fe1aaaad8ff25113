package io.rwsplit.cli.verify;

import io.rwsplit.config.HttpSettings;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** Whether the agent will be able to listen, and who may steer it then. */
final class ServerPort {
  private static final int MILLIS = 3_000;

  private final Findings findings;

  ServerPort(Findings findings) {
    this.findings = findings;
  }

  void check(HttpSettings http) {
    port(http);
    if (http.keystore() != null) {
      readable("the keystore", http.keystore());
    }
    if (http.tokenFile() != null) {
      readable("the token's file", http.tokenFile());
    } else if (http.token() == null) {
      findings.warn(
          "http",
          "there is no token: nothing can be changed over HTTP, nor by this tool",
          "set rwsplit.http.token-file");
    }
  }

  private void port(HttpSettings http) {
    InetAddress address;
    try {
      address = InetAddress.getByName(http.address());
    } catch (UnknownHostException e) {
      findings.fail("http", http.address() + " is no address", "correct rwsplit.http.address");
      return;
    }
    String where = http.address() + " port " + http.port();
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, http.port()));
      findings.ok("http", where + " is free");
    } catch (IOException e) {
      if (isAgent(address, http)) {
        findings.warn(
            "http",
            where + " is taken by an agent: does the application run already?",
            "nothing, if it does; else choose another rwsplit.http.port");
      } else {
        findings.fail(
            "http",
            where + " cannot be listened on: " + e.getMessage(),
            "choose another rwsplit.http.port or address");
      }
    }
  }

  private static boolean isAgent(InetAddress address, HttpSettings http) {
    if (http.keystore() != null) {
      return false;
    }
    try {
      InetAddress asked = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
      URL url = new URL("http", asked.getHostAddress(), http.port(), "/health/live");
      HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(MILLIS);
      connection.setReadTimeout(MILLIS);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  private void readable(String what, String name) {
    try (InputStream in = new FileInputStream(name)) {
      if (in.read() < 0) {
        findings.fail("http", what + " " + name + " is empty", "write it");
        return;
      }
    } catch (IOException e) {
      findings.fail(
          "http", what + " " + name + " cannot be read", "make it, and let this user read it");
      return;
    }
    if (isOpenToAll(new File(name).toPath())) {
      findings.warn("http", what + " " + name + " can be read by everybody", "chmod o-r " + name);
    } else {
      findings.ok("http", what + " " + name + " can be read");
    }
  }

  private static boolean isOpenToAll(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
