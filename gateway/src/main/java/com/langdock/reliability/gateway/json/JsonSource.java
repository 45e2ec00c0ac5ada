package com.langdock.reliability.gateway.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * The bytes of a JSON text and the library's parser over parts of them.
 *
 * <p>Strings are never decoded unless somebody asks for their text, so a body with a huge string in
 * it costs one pass.
 */
final class JsonSource {
  /** Containers may be nested this deep. */
  static final int MAX_DEPTH = 128;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final int ENCODING_BYTES = 4;

  final byte[] bytes;

  JsonSource(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads the whole text strictly. */
  JsonValue root() throws MalformedJsonException {
    requireUtf8();
    try (JsonParser parser = parser(0, bytes.length)) {
      if (parser.nextToken() == null) {
        throw new MalformedJsonException("The text is empty.");
      }
      JsonValue root = JsonValue.read(this, parser, 0);
      root.rejectRepeatedNames();
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("Something follows the JSON value.");
      }
      return root;
    } catch (JacksonException problem) {
      throw new MalformedJsonException(message(problem));
    }
  }

  private static String message(JacksonException problem) {
    TokenStreamLocation location = problem.getLocation();
    return location == null
        ? "The text is not JSON that can be taken: it is nested too deep, or a number is too long."
        : "The text is not valid JSON near byte " + location.getByteOffset() + ".";
  }

  /** A parser over a part; its offsets count from {@code start}. */
  JsonParser parser(int start, int end) {
    return FACTORY.createParser(ObjectReadContext.empty(), bytes, start, end - start);
  }

  /** Where the parser's current token begins. */
  static int tokenStart(JsonParser parser, int offset) {
    return offset + (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Where the parser's current value ends, exclusive; moves it past the value. */
  int valueEnd(JsonParser parser, int offset) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      parser.finishToken();
    } else {
      parser.skipChildren();
    }
    int end = offset + (int) parser.currentLocation().getByteOffset();
    // After a number that stands alone the library has also read the white space behind it.
    return parser.currentToken().isNumeric() && isSpace(bytes[end - 1]) ? end - 1 : end;
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
  }

  /** The library would guess other encodings; JSON on the wire is UTF-8 without a mark. */
  private void requireUtf8() throws MalformedJsonException {
    int first = bytes.length == 0 ? 0 : bytes[0] & 0xFF;
    boolean other = first == 0xEF || first == 0xFE || first == 0xFF;
    for (int i = 0; i < Math.min(ENCODING_BYTES, bytes.length); i++) {
      other |= bytes[i] == 0;
    }
    if (other) {
      throw new MalformedJsonException("The text is not UTF-8 without a byte order mark.");
    }
  }
}
