package com.langdock.reliability.gateway.config.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** AWS's own file of settings, in which profiles may have a region. */
final class AwsConfigFile {
  /** The largest file that is read, in bytes. */
  private static final int MAX_SIZE = 1024 * 1024;

  private static final String REGION = "region";

  private AwsConfigFile() {}

  /** The region of {@code profile} in {@code file}; empty if there is none, or no such file. */
  static Optional<String> region(Path file, String profile) {
    String header = profile.equals("default") ? "[default]" : "[profile " + profile + "]";
    boolean isIn = false;
    for (String line : read(file).lines().toList()) {
      String text = line.strip();
      int equals = text.indexOf('=');
      if (text.startsWith("[")) {
        isIn = text.replaceAll("\\s+", " ").startsWith(header);
      } else if (isIn && equals > 0 && text.substring(0, equals).strip().equals(REGION)) {
        return Optional.of(text.substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_SIZE), UTF_8);
    } catch (IOException notThere) {
      return "";
    }
  }
}
