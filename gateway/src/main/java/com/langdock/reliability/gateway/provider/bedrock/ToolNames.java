package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.provider.ToolIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and ids that Bedrock accepts: letters, digits, {@code _} and {@code -}, at most 64
 * characters.
 *
 * <p>An illegal name is sent with its illegal characters replaced and a hash of the original added,
 * so that the name is the same in each request and different names stay different.
 */
final class ToolNames {
  private static final int MAX_LENGTH = 64;
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
    String clean = ToolIds.plain(name);
    boolean isLegal = clean.equals(name) && !name.isEmpty() && name.length() <= MAX_LENGTH;
    return isLegal ? name : hashed(clean, name);
  }

  /** The id to send for {@code id}. */
  static String id(String id) {
    String clean = ToolIds.plain(id);
    return clean.length() <= MAX_LENGTH ? clean : hashed(clean, id);
  }

  private static String hashed(String clean, String original) {
    return clean.substring(0, Math.min(clean.length(), MAX_LENGTH - HASH_LENGTH))
        + "_%08x".formatted(original.hashCode());
  }

  /** The client's name for the tool that the model calls {@code sent}. */
  String original(String sent) {
    return originals.getOrDefault(sent, sent);
  }
}
