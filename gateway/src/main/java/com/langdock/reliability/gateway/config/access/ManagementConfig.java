package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.yaml.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may use the management port.
 *
 * @param tokens none where it needs no token
 * @param openMetrics whether the metrics need none
 */
public record ManagementConfig(List<AdminToken> tokens, boolean openMetrics) {
  /** Keeps an immutable copy. */
  public ManagementConfig {
    tokens = List.copyOf(tokens);
  }

  /** What a token may do. */
  public enum Role {
    /** Read everything. */
    READ,
    /** Change what can be changed, too. */
    ADMIN
  }

  /**
   * A token for the management port.
   *
   * @param hash of the token; a file never has the token itself
   */
  public record AdminToken(String name, KeyHash hash, Role role) {}

  /** Reads the section; no token may be one of the client's {@code keys} too. */
  public static ManagementConfig from(Section section, List<KeyConfig> keys) {
    Set<String> names = new HashSet<>();
    Set<KeyHash> hashes = new HashSet<>();
    keys.forEach(key -> hashes.add(key.secret().hash()));
    return new ManagementConfig(
        section.sections("tokens", token -> token(token, names, hashes)),
        section.value("open_metrics").flag(false));
  }

  private static AdminToken token(Section section, Set<String> names, Set<KeyHash> hashes) {
    if (!section.has("role")) {
      section.place("role").reject("is required: read or admin");
    }
    return new AdminToken(
        SubjectName.read(section, names, "is the name of another token too"),
        KeyReader.hash(section, hashes, "is the hash of another token or client key too"),
        section.value("role").choice(Role.class).orElse(Role.READ));
  }
}
