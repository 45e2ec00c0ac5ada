package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.gateway.config.tls.ServerTlsConfig;
import com.langdock.reliability.yaml.Section;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the management port.
 *
 * @param tokens none where it needs no token
 * @param openMetrics whether the metrics need none
 * @param tls null where the port does without
 */
public record ManagementConfig(
    List<AdminToken> tokens, boolean openMetrics, @Nullable ServerTlsConfig tls) {
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

  /**
   * Reads the section; no token may be one of the client's {@code keys} too.
   *
   * @param now at which certificates must be valid
   */
  public static ManagementConfig from(Section section, List<KeyConfig> keys, Instant now) {
    Set<String> names = new HashSet<>();
    Set<KeyHash> hashes = new HashSet<>();
    keys.forEach(key -> hashes.add(key.secret().hash()));
    return new ManagementConfig(
        section.sections("tokens", token -> token(token, names, hashes)),
        section.value("open_metrics").flag(false),
        ServerTlsConfig.read(section, now).orElse(null));
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
