package io.rwsplit.it.suites;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * XML reports of JUnit's console launcher, read into outcomes by test.
 *
 * <p>A test is named by the unique id that the launcher writes among its output, since names of
 * parameterised tests repeat; without one by class and name.
 */
final class SuiteReports {
  private static final Pattern UNIQUE_ID = Pattern.compile("unique-id: (\\S.*)");
  private static final Pattern SEGMENT = Pattern.compile("\\[([^:\\[\\]/]+):(.*?)](?=/\\[|$)");

  private SuiteReports() {}

  /** The outcomes of all {@code TEST-*.xml} in a directory, in the order of their names. */
  static Map<String, Outcome> read(Path directory) throws IOException {
    Map<String, Outcome> outcomes = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "TEST-*.xml")) {
      for (Path file : files) {
        NodeList tests = parse(file).getElementsByTagName("testcase");
        for (int i = 0; i < tests.getLength(); i++) {
          Element test = (Element) tests.item(i);
          outcomes.merge(name(test), outcome(test), SuiteReports::worse);
        }
      }
    }
    return outcomes;
  }

  private static Document parse(Path file) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(file.toFile());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("not a report: " + file, e);
    }
  }

  /** A test that is reported twice has failed if it has failed once. */
  private static Outcome worse(Outcome one, Outcome other) {
    if (one == Outcome.FAILED || other == Outcome.FAILED) {
      return Outcome.FAILED;
    }
    return one == Outcome.PASSED ? one : other;
  }

  private static Outcome outcome(Element test) {
    if (has(test, "failure") || has(test, "error")) {
      return Outcome.FAILED;
    }
    return has(test, "skipped") ? Outcome.SKIPPED : Outcome.PASSED;
  }

  private static boolean has(Element test, String child) {
    return test.getElementsByTagName(child).getLength() > 0;
  }

  private static String name(Element test) {
    Matcher id = UNIQUE_ID.matcher(test.getTextContent());
    return id.find()
        ? readable(id.group(1).trim())
        : test.getAttribute("classname") + "#" + test.getAttribute("name");
  }

  /** {@code [engine:x]/[class:a.B]/[method:c()]} as {@code a.B/c()}. */
  static String readable(String uniqueId) {
    StringBuilder name = new StringBuilder();
    Matcher segments = SEGMENT.matcher(uniqueId);
    while (segments.find()) {
      if (!segments.group(1).equals("engine")) {
        name.append(name.length() == 0 ? "" : "/").append(segments.group(2));
      }
    }
    return name.length() == 0 ? uniqueId : name.toString();
  }
}
