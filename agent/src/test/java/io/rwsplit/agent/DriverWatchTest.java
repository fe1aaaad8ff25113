package io.rwsplit.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.engine.Engine;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DriverWatchTest {
  private static final String TOMCAT = "org/apache/catalina/";

  /** A prefix that is missing would leave a driver unwoven for good. */
  @Test
  void waitsForTheDriversOfAllEngines() {
    Set<String> woven = new TreeSet<>();
    for (Engine engine : Engine.values()) {
      woven.addAll(Arrays.asList(engine.classPrefixes()));
    }
    Set<String> watched = new TreeSet<>(Arrays.asList(DriverWatch.PREFIXES));
    watched.removeIf(prefix -> prefix.startsWith(TOMCAT));
    assertEquals(woven, watched);
  }
}
