package com.langdock.reliability.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the text of a configuration file. */
public final class SourceFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private SourceFile() {}

  /** The file's text; empty, with a problem recorded, if it cannot be read or is not text. */
  public static Optional<String> read(Path file, Problems problems) {
    try {
      byte[] bytes = bytesOf(file);
      if (bytes.length <= MAX_BYTES) {
        return Optional.of(textOf(bytes));
      }
      problems.add(0, "", "is larger than 1 MiB");
    } catch (NoSuchFileException _) {
      problems.add(0, "", "does not exist");
    } catch (AccessDeniedException _) {
      problems.add(0, "", "may not be read by this user");
    } catch (CharacterCodingException _) {
      problems.add(0, "", "is not UTF-8 text");
    } catch (IOException _) {
      problems.add(0, "", Files.isDirectory(file) ? "is a directory" : "cannot be read");
    }
    return Optional.empty();
  }

  private static byte[] bytesOf(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }

  private static String textOf(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
