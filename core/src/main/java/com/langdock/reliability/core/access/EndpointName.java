package com.langdock.reliability.core.access;

/** The APIs of the data port to which a caller may be restricted. */
public enum EndpointName {
  /** OpenAI's chat completions. */
  CHAT,
  /** Anthropic's messages, and the counting of their tokens. */
  MESSAGES,
  /** OpenAI's responses, and the counting of their tokens. */
  RESPONSES,
  /** Google's generateContent, and the counting of its tokens. */
  GEMINI,
  /** OpenAI's embeddings. */
  EMBEDDINGS,
  /** OpenAI's older completions. */
  COMPLETIONS,
  /** OpenAI's moderations. */
  MODERATIONS,
  /** OpenAI's images: made, edited and varied. */
  IMAGES,
  /** OpenAI's transcriptions, translations and speech. */
  AUDIO,
  /** Reranking. */
  RERANK,
  /** The routes that are configured for other paths. */
  ROUTES,
  /** The lists of models, which every caller may read. */
  MODELS
}
