package com.langdock.reliability.gateway.exchange;

/**
 * A format of requests and answers. If client and target have the same format, bytes pass
 * unchanged.
 */
public record WireFormat(String name) {
  /** Of which nothing is known. */
  public static final WireFormat UNKNOWN = new WireFormat("unknown");

  /** OpenAI's completions of a text. */
  public static final WireFormat COMPLETIONS = new WireFormat("completions");

  /** Mistral's completions between a text and a suffix. */
  public static final WireFormat FIM = new WireFormat("fim");

  /** OpenAI's moderations. */
  public static final WireFormat MODERATIONS = new WireFormat("moderations");

  /** OpenAI's texts of what is spoken. */
  public static final WireFormat TRANSCRIPTIONS = new WireFormat("transcriptions");

  /** OpenAI's speech for a text. */
  public static final WireFormat SPEECH = new WireFormat("speech");

  /** OpenAI's images. */
  public static final WireFormat IMAGES = new WireFormat("images");

  /** The order of documents by a query, as Cohere and Jina ask for it. */
  public static final WireFormat RERANK = new WireFormat("rerank");

  /** OpenAI's embeddings. */
  public static final WireFormat EMBEDDINGS = new WireFormat("embeddings");

  /** OpenAI's chat completions. */
  public static final WireFormat CHAT = new WireFormat("chat");

  /** Anthropic's messages. */
  public static final WireFormat MESSAGES = new WireFormat("messages");

  /** OpenAI's responses. */
  public static final WireFormat RESPONSES = new WireFormat("responses");

  /** Google's generateContent. */
  public static final WireFormat GEMINI = new WireFormat("gemini");

  /** AWS Bedrock's Converse. */
  public static final WireFormat CONVERSE = new WireFormat("converse");
}
