package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.gateway.exchange.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Function names that Gemini accepts: a letter or {@code _}, then letters, digits and {@code _.:-},
 * at most 128 characters.
 *
 * <p>An illegal name is sent with its illegal characters replaced and a hash of the original added,
 * so that the name is the same in each request and different names stay different.
 */
final class ToolNames {
  private static final int MAX_LENGTH = 128;
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:-]{0,127}");
  private static final Pattern ILLEGAL_CHARACTER = Pattern.compile("[^A-Za-z0-9_.:-]");
  private static final int HASH_LENGTH = "_00000000".length();

  private final Map<String, String> originals = new HashMap<>();

  /** The names of {@code tools}. */
  ToolNames(List<Tool> tools) {
    for (Tool tool : tools) {
      if (tool instanceof Tool.Function function) {
        originals.put(sent(function.name()), function.name());
      }
    }
  }

  /** The name to send for the client's {@code name}. */
  static String sent(String name) {
    if (LEGAL.matcher(name).matches()) {
      return name;
    }
    String clean = "_" + ILLEGAL_CHARACTER.matcher(name).replaceAll("_");
    return clean.substring(0, Math.min(clean.length(), MAX_LENGTH - HASH_LENGTH))
        + "_%08x".formatted(name.hashCode());
  }

  /** The client's name for the function that the model calls {@code sent}. */
  String original(String sent) {
    return originals.getOrDefault(sent, sent);
  }
}
