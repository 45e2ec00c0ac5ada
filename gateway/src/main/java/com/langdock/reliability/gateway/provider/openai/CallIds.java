package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.provider.ToolIds;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The forms of tool call ids. OpenAI accepts up to 40 characters, Mistral exactly 9 letters and
 * digits. Longer ids are replaced by a hash, so that equal ids stay equal.
 */
final class CallIds {
  private static final int MAX_LENGTH = 40;
  private static final int SHORT_LENGTH = 9;
  private static final Pattern SHORT = Pattern.compile("[a-zA-Z0-9]{" + SHORT_LENGTH + "}");

  private CallIds() {}

  /** The ids of one conversation, in the form that a provider with {@code features} accepts. */
  static ToolIds of(Set<Feature> features) {
    return new ToolIds(
        features.contains(Feature.LONG_CALL_IDS) ? CallIds::ofOpenAi : CallIds::ofMistral);
  }

  private static String ofOpenAi(String id) {
    return Shortened.to(MAX_LENGTH, ToolIds.plain(id));
  }

  private static String ofMistral(String id) {
    return SHORT.matcher(id).matches()
        ? id
        : String.format("%0" + SHORT_LENGTH + "x", Integer.toUnsignedLong(id.hashCode()));
  }
}
