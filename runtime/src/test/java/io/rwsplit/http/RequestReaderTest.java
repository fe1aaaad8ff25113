package io.rwsplit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
  private static Request read(String sent) throws IOException, Refusal {
    return read(sent, Integer.MAX_VALUE);
  }

  /** In pieces of so many bytes. */
  private static Request read(String sent, int piece) throws IOException, Refusal {
    InputStream in =
        new ByteArrayInputStream(sent.getBytes(StandardCharsets.ISO_8859_1)) {
          @Override
          public synchronized int read(byte[] to, int from, int length) {
            return super.read(to, from, Math.min(length, piece));
          }
        };
    return new RequestReader(in).read("1.2.3.4");
  }

  @Test
  void readsWhatIsWellFormedInWhateverPieces() throws Exception {
    String sent =
        "POST /api/x?group=a%20b&limit=7&empty HTTP/1.1\r\nHost: localhost\r\nX-Y:  z \r\n"
            + "Content-Length: 4\r\n\r\n{ }\n";
    for (int piece : new int[] {1, 2, 3, 7, 1000}) {
      Request request = read(sent, piece);
      assertEquals("POST", request.method());
      assertEquals("/api/x", request.path());
      assertEquals("a b", request.parameter("group"));
      assertEquals("7", request.parameter("limit"));
      assertEquals("", request.parameter("empty"));
      assertEquals("z", request.header("x-y"));
      assertEquals("{ }\n", request.body());
      assertEquals("1.2.3.4", request.address());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "GET / HTTP/1.1|Host: a|a: b|, 0",
    "GET / HTTP/1.1|Host: a|host: b|, 400",
    "GET / HTTP/1.1|A: b| c|, 400",
    "GET / HTTP/1.1|A : b|, 400",
    "GET / HTTP/1.1||, 0",
    "GET /?a=1&a=2 HTTP/1.1||, 400",
    "GET /?a=%4 HTTP/1.1||, 400",
    "GET /?a=%4g HTTP/1.1||, 400",
    "GET /?a=%41 HTTP/1.1||, 0",
    "GET * HTTP/1.1||, 400",
    "GET http://a/ HTTP/1.1||, 400",
    "GET / HTTP/3||, 505",
    "GET / FTP/1||, 400",
    "G3T / HTTP/1.1||, 400",
    "GET / HTTP/1.1|Content-Length: x|, 400",
    "GET / HTTP/1.1|Content-Length:|, 400",
    "GET / HTTP/1.1|Content-Length: 65537|, 413",
    "GET / HTTP/1.1|Transfer-Encoding: chunked|, 501",
    "GET / HTTP/1.1|Expect: 100-continue|, 501",
  })
  void isReadOrRefused(String lines, int status) throws Exception {
    String sent = lines.replace("||", "|") + "|";
    String wire = sent.replace("|", "\r\n");
    if (status == 0) {
      assertEquals("GET", read(wire).method());
    } else {
      assertEquals(status, assertThrows(Refusal.class, () -> read(wire)).status);
    }
  }

  @Test
  void whatEndsTooEarlyIsNoRequest() {
    assertThrows(EOFException.class, () -> read(""));
    assertThrows(EOFException.class, () -> read("GET / HTTP/1.1\r\n"));
    assertThrows(EOFException.class, () -> read("GET / HTTP/1.1\r\nContent-Length: 3\r\n\r\n12"));
  }

  /** Whatever bytes are damaged: a request, a refusal or an end, nothing else. */
  @Test
  void damagedRequestsAreRefused() throws Exception {
    String whole =
        "POST /api/routing?group=x%20y HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(whole);
      for (int change = random.nextInt(3); change >= 0; change--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
      }
      try {
        assertTrue(read(text.toString()).path().startsWith("/"), () -> "seed " + seed);
      } catch (Refusal e) {
        assertTrue(e.status >= 400 && e.status < 600, () -> "seed " + seed);
      } catch (EOFException e) {
        // A longer body was promised.
      }
    }
  }
}
