package io.rwsplit.config;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads small files of UTF-8 text; says in words what is wrong with others. Stateless. */
final class TextFile {
  static final int MOST_BYTES = 1 << 20;

  private TextFile() {}

  /**
   * The text, without a byte order mark.
   *
   * @throws InvalidValue when the file cannot be read, is too large, or is not UTF-8
   */
  static String read(File file) throws InvalidValue {
    if (file.isDirectory()) {
      throw new InvalidValue("is a directory");
    }
    return decode(bytes(file));
  }

  private static byte[] bytes(File file) throws InvalidValue {
    try (InputStream in = new FileInputStream(file)) {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        read.write(buffer, 0, n);
        if (read.size() > MOST_BYTES) {
          throw new InvalidValue("is larger than 1 MiB");
        }
      }
      return read.toByteArray();
    } catch (FileNotFoundException e) {
      throw new InvalidValue(file.exists() ? "may not be read" : "does not exist");
    } catch (IOException e) {
      throw new InvalidValue("cannot be read: " + e.getMessage());
    }
  }

  private static String decode(byte[] bytes) throws InvalidValue {
    if (bytes.length >= 2
        && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
            || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff))) {
      throw new InvalidValue("is UTF-16; it must be UTF-8");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    String text;
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      text = decoder.decode(input).toString();
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < input.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new InvalidValue("is not UTF-8 in line " + line);
    }
    if (text.indexOf('\u0000') >= 0) {
      throw new InvalidValue("holds a zero byte, and is no text");
    }
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
