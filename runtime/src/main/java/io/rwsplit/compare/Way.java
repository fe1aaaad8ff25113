package io.rwsplit.compare;

import java.util.Properties;

/** How the application has opened a connection to its master. Immutable; holds secrets. */
public final class Way {
  private final String url;
  private final Properties properties;

  /**
   * @param properties which nobody changes any more
   */
  public Way(String url, Properties properties) {
    this.url = url;
    this.properties = properties;
  }

  /** The URL as the application wrote it. */
  public String url() {
    return url;
  }

  /** What else it gave its driver; a copy. */
  public Properties properties() {
    return (Properties) properties.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Way
        && url.equals(((Way) other).url)
        && properties.equals(((Way) other).properties);
  }

  @Override
  public int hashCode() {
    return url.hashCode();
  }
}
