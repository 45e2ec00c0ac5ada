package com.langdock.reliability.gateway.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** An API that a provider may serve. */
public enum ApiFormat {
  /** OpenAI's Chat Completions. */
  CHAT,
  /** OpenAI's Responses. */
  RESPONSES,
  /** Anthropic's Messages. */
  MESSAGES,
  /** Google's generateContent. */
  GEMINI,
  /** Bedrock's Converse. */
  CONVERSE,
  /** Cohere's chat. */
  COHERE,
  /** OpenAI's embeddings. */
  EMBEDDINGS,
  /** OpenAI's completions of a text. */
  COMPLETIONS,
  /** Mistral's completions between a text and a suffix. */
  FIM,
  /** OpenAI's moderations. */
  MODERATIONS,
  /** OpenAI's speech and transcriptions. */
  AUDIO,
  /** OpenAI's images. */
  IMAGES,
  /** Ordering documents by a query. */
  RERANK;

  /** Its name in a configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of all. */
  static List<String> keys() {
    return Stream.of(values()).map(ApiFormat::key).toList();
  }

  /** The format with a name that is one of {@link #keys}. */
  static ApiFormat of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
