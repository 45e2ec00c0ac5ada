package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.ToolIds;
import java.util.regex.Pattern;

/**
 * Tool names that Anthropic accepts: 1 to 128 letters, digits, {@code _} and {@code -}. Gemini's
 * clients may use others, which are sent with the other characters replaced and a hash of the
 * original added.
 */
final class ToolNames {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
  private static final int MAX_LENGTH = 128;
  private static final int HASH_LENGTH = "_00000000".length();

  private ToolNames() {}

  /** The name to send for the client's {@code name}. */
  static String sent(String name) {
    if (LEGAL.matcher(name).matches()) {
      return name;
    }
    String plain = ToolIds.plain(name);
    return plain.substring(0, Math.min(plain.length(), MAX_LENGTH - HASH_LENGTH))
        + "_%08x".formatted(name.hashCode());
  }

  /** The client's name for the tool that the model calls {@code sent}. */
  static String original(Payload request, String sent) {
    if (request.format().equals(WireFormat.MESSAGES)) {
      return sent;
    }
    for (Tool tool : request.conversation().tools()) {
      if (tool instanceof Tool.Function function && sent(function.name()).equals(sent)) {
        return function.name();
      }
    }
    return sent;
  }
}
