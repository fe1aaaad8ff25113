package io.rwsplit.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the agent may be asked by HTTP. Immutable; {@link #toString} shows no secrets. */
public final class HttpSettings {
  private final Values values;

  HttpSettings(Values values) {
    this.values = values;
  }

  /** True when there is to be a server. */
  public boolean isOn() {
    return values.isGiven(Property.HTTP_PORT);
  }

  /** The port; 0: any free one. */
  public int port() {
    return (int) values.number(Property.HTTP_PORT);
  }

  /** The address to listen on, as written. */
  public String address() {
    return (String) values.get(Property.HTTP_ADDRESS);
  }

  /** Names by which it may be asked besides localhost and addresses; lower case. */
  public List<String> hosts() {
    List<String> lower = new ArrayList<String>();
    for (String name : values.names(Property.HTTP_HOSTS)) {
      lower.add(name.toLowerCase(Locale.ROOT));
    }
    return lower;
  }

  /** What requests that change something must show; null when not given so. */
  public String token() {
    return (String) values.get(Property.HTTP_TOKEN);
  }

  /** The file that holds it; null when not given so. */
  public String tokenFile() {
    return (String) values.get(Property.HTTP_TOKEN_FILE);
  }

  /** True when reading needs the token too. */
  public boolean protectsAll() {
    return values.get(Property.HTTP_PROTECT) == HttpProtection.ALL;
  }

  /** Requests a second from one address. */
  public int rate() {
    return (int) values.number(Property.HTTP_RATE);
  }

  /** The file with key and certificates; null for plain HTTP. */
  public String keystore() {
    return (String) values.get(Property.HTTP_TLS_KEYSTORE);
  }

  /** Its password; null for none. */
  public String keystorePassword() {
    return (String) values.get(Property.HTTP_TLS_PASSWORD);
  }
}
