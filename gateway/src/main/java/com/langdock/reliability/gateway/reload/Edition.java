package com.langdock.reliability.gateway.reload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.access.KeyHash;
import java.util.HexFormat;

/**
 * A text of the configuration that was in use.
 *
 * @param version counts from 1
 * @param sinceMillis when it came into use, in milliseconds since 1970
 * @param by who brought it: the name of a token, or {@code start}, {@code signal}, {@code file}
 */
public record Edition(int version, long sinceMillis, String by, String text) {
  /** The SHA-256 of the text, in hexadecimal digits. */
  public String sha256() {
    return HexFormat.of().formatHex(KeyHash.sha256().digest(text.getBytes(UTF_8)));
  }

  /** Leaves out the text, which may have secrets. */
  @Override
  public String toString() {
    return "Edition[version=%d, by=%s]".formatted(version, by);
  }
}
