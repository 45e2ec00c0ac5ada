package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;

/** What a provider's complete HTTP answer means. */
public sealed interface Decoded {
  /**
   * The request was answered; its bytes are handed on once, never compared.
   *
   * @param json an OpenAI {@code chat.completion} object, to which top-level fields may be appended
   * @param content the JSON literal of the first choice's text, {@code null} where it has none
   */
  record Answer(byte[] json, Usage usage, byte[] content) implements Decoded {}

  /** It was not. */
  record Failed(Failure failure) implements Decoded {}
}
