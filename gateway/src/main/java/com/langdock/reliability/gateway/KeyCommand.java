package com.langdock.reliability.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.KeyText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes keys and tokens, and the hashes that the configuration has of them. Uses no network. */
final class KeyCommand {
  private static final int MAX_INPUT = 1_024;
  private static final Predicate<String> KEY =
      Pattern.compile("[\\x21-\\x7e]{32,256}").asMatchPredicate();

  private static final String NEW_KEY =
      """
      %s

      This is shown once. Its owner keeps it; the configuration has its hash only:

      client_keys:
        keys:
          - name: "NAME"
            hash: "%s"
      """;

  private static final String NEW_TOKEN =
      """
      %s

      This is shown once. Its owner keeps it; the configuration has its hash only:

      management:
        tokens:
          - name: "NAME"
            hash: "%s"
            role: admin # or read
      """;

  private KeyCommand() {}

  /** Prints a new key, or a token for the management port, and what to put into the file. */
  static void make(boolean admin, RandomGenerator random, PrintStream out) {
    String key = (admin ? KeyText.ADMIN_TOKEN : KeyText.CLIENT_KEY).next(random);
    out.printf(admin ? NEW_TOKEN : NEW_KEY, key, KeyHash.of(key).text());
  }

  /**
   * Reads a key from {@code in}, prints its hash, and returns true; false if it is no key, of which
   * {@code errors} gets the reason without the key.
   */
  static boolean hash(InputStream in, PrintStream out, PrintStream errors) {
    String key;
    try {
      key = new String(in.readNBytes(MAX_INPUT), ISO_8859_1).strip();
    } catch (IOException unreadable) {
      errors.println("gateway: standard input cannot be read");
      return false;
    }
    if (!KEY.test(key)) {
      errors.println("gateway: a key is one line of 32 to 256 visible ASCII characters");
      return false;
    }
    out.println(KeyHash.of(key).text());
    return true;
  }
}
