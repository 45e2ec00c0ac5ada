package com.langdock.reliability.gateway.provider;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognises a 400 about opaque state in the history: signed thinking, or the signature of a call.
 * No provider has a code for it.
 *
 * <p>Each pattern comes from public issues, and must match from the message's first character, as
 * in {@link ErrorMessages}.
 */
final class SignatureMessages {
  private static final String BEDROCK = "(The model returned the following errors: )?";
  private static final String BLOCK = "messages\\.\\d+\\.content\\.\\d+";

  /** The path of a block or of its field, with which Anthropic begins the message. */
  private static final String PATH = BEDROCK + "(" + BLOCK + "[\\w.]*: )?";

  private static final List<Pattern> PATTERNS =
      List.of(
          // "messages.1.content.0: Invalid `signature` in `thinking` block"
          // "messages.5.content.48: Invalid `data` in `redacted_thinking` block"
          Pattern.compile(PATH + "Invalid `?(signature|data)`? in `?(redacted_)?thinking`? block"),
          // "messages.1.content.0.thinking.signature: Field required"
          Pattern.compile(BEDROCK + BLOCK + "\\.(thinking\\.signature|redacted_thinking\\.data): "),
          // "messages.7.content.0.thinking: each thinking block must contain thinking"
          Pattern.compile(PATH + "each `?thinking`? block must contain"),
          // "messages.5.content.1: `thinking` or `redacted_thinking` blocks in the latest …"
          Pattern.compile(
              PATH
                  + "`?thinking`? (or|and) `?redacted_thinking`? blocks in the latest assistant "
                  + "message cannot be modified"),
          // "messages.9.content.0.type: Expected `thinking` or `redacted_thinking`, but found …"
          Pattern.compile(PATH + "Expected `?thinking`? or `?redacted_thinking`?, but found"),
          // OpenAI: "The encrypted content for item rs_1 could not be verified. …"
          // Azure: "The encrypted content gAAA… could not be verified."
          Pattern.compile(
              "The encrypted content .{0,8000}could not be (verified|decrypted|parsed)"),
          // OpenAI: "Item with id 'rs_1' not found. Items are not persisted when `store` is set …"
          Pattern.compile("Item with id '[^']{1,200}' not found"),
          // OpenAI: "Item 'rs_1' of type 'reasoning' was provided without its required following …"
          Pattern.compile(
              "Item '[^']{1,200}' of type 'reasoning' was provided without its required"),
          // Gemini: "Corrupted thought signature."
          Pattern.compile("Corrupted thought signature"),
          // Gemini: "Function call is missing a thought_signature in functionCall parts. This …"
          Pattern.compile("Function call is missing a thought_signature"),
          // Vertex: "Unable to submit request because function call `f` in the 2. content block …"
          Pattern.compile(
              "(Unable to submit request because )?[Ff]unction call `[^`]{1,200}` in the "
                  + "`?\\d+\\.`? content block is missing a `?thought_signature"),
          // Vertex: "Unable to submit request because Thought signature is not valid"
          Pattern.compile("(Unable to submit request because )?Thought signature is not valid"),
          // Gemini: "Invalid value at 'contents[1].parts[0].thought_signature' (TYPE_BYTES), …"
          Pattern.compile(
              "Invalid value at 'contents\\[\\d+\\]\\.parts\\[\\d+\\]\\.thought_signature'"));

  private SignatureMessages() {}

  /** Whether {@code message} says that the provider did not accept such state, or misses it. */
  static boolean match(String message) {
    return PATTERNS.stream().anyMatch(pattern -> pattern.matcher(message).lookingAt());
  }
}
