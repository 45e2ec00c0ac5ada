package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.json.JsonValue;

/** What a provider's complete HTTP answer means. */
public sealed interface Decoded {
  /**
   * The request was answered; its bytes are handed on once, never compared.
   *
   * @param json an OpenAI {@code chat.completion} object, to which top-level fields may be appended
   * @param root the same, readable
   * @param content the JSON literal of the first choice's text, {@code null} where it has none
   */
  record Answer(byte[] json, JsonValue root, Usage usage, String content) implements Decoded {}

  /** It was not. */
  record Failed(Failure failure) implements Decoded {}
}
