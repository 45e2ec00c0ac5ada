package com.langdock.reliability.gateway.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads small files that have credentials. */
public final class CredentialFile {
  /** The largest file, in bytes. */
  static final int MAX_SIZE = 1024 * 1024;

  private CredentialFile() {}

  /**
   * The text of {@code file} without white space at its ends.
   *
   * @throws IOException with the file's name, if it cannot be read, is empty or too large
   */
  public static String read(Path file) throws IOException {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE) {
        throw new IOException(file + " is larger than a file with a credential may be");
      }
      text = new String(bytes, UTF_8).strip();
    } catch (NoSuchFileException missing) {
      throw new IOException(file + " does not exist", missing);
    }
    if (text.isEmpty()) {
      throw new IOException(file + " is empty");
    }
    return text;
  }
}
