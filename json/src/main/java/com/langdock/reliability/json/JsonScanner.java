package com.langdock.reliability.json;

/**
 * Scans a JSON text once, strictly (RFC 8259, UTF-8 without a byte order mark), and records the
 * positions of its values. Nothing is decoded or copied.
 *
 * <p>Used instead of a library because a gateway scans every byte of every body but decodes only a
 * few values. The measurement is in docs/benchmarks.md.
 */
final class JsonScanner {
  /** The deepest nesting of containers. */
  static final int MAX_DEPTH = 128;

  /**
   * The most fields of an object. A field costs a reader some twenty times the bytes that it cost
   * the sender.
   */
  static final int MAX_FIELDS = 100_000;

  /** The most characters of a number. */
  static final int MAX_NUMBER = 1_000;

  /** Of a scan of which nothing is recorded. */
  private static final JsonTape NO_TAPE = new JsonTape(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int end;
  private final JsonTape tape;
  private int at;

  private JsonScanner(byte[] bytes, int end, JsonTape tape) {
    this.bytes = bytes;
    this.end = end;
    this.tape = tape;
  }

  /**
   * The tape of a whole text, the first {@code length} of {@code bytes}. Its outermost value is the
   * first entry.
   */
  static JsonTape scan(byte[] bytes, int length, int maxEntries) throws MalformedJsonException {
    JsonScanner scanner = new JsonScanner(bytes, length, new JsonTape(bytes, length, maxEntries));
    scanner.skipSpace();
    scanner.value(0);
    scanner.skipSpace();
    if (scanner.at < length) {
      throw scanner.malformed("something follows the value");
    }
    scanner.tape.trim();
    return scanner.tape;
  }

  /** The end of the string at {@code start}, after its closing quote; negative if there is none. */
  static int endOfString(byte[] bytes, int start) {
    if (start >= bytes.length || bytes[start] != '"') {
      return -1;
    }
    JsonScanner scanner = new JsonScanner(bytes, bytes.length, NO_TAPE);
    scanner.at = start + 1;
    try {
      scanner.skipString();
    } catch (MalformedJsonException e) {
      return -1;
    }
    return scanner.at;
  }

  private void value(int depth) throws MalformedJsonException {
    if (tape.isFull()) {
      throw malformed("it has too many values");
    }
    switch (peek()) {
      case '{' -> container('}', depth);
      case '[' -> container(']', depth);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void container(char close, int depth) throws MalformedJsonException {
    if (depth == MAX_DEPTH) {
      throw malformed("it is nested too deep");
    }
    int entry = tape.open(at++);
    skipSpace();
    if (peek() != close) {
      elements(close, depth);
    }
    tape.close(entry, ++at);
  }

  private void elements(char close, int depth) throws MalformedJsonException {
    int fields = 0;
    while (true) {
      if (close == '}') {
        name(++fields);
      }
      value(depth + 1);
      skipSpace();
      if (peek() == close) {
        return;
      }
      expect(',');
      skipSpace();
    }
  }

  private void name(int count) throws MalformedJsonException {
    if (count > MAX_FIELDS) {
      throw malformed("an object has too many fields");
    }
    if (peek() != '"') {
      throw malformed("a field's name is expected");
    }
    string();
    skipSpace();
    expect(':');
    skipSpace();
  }

  private void string() throws MalformedJsonException {
    int entry = tape.open(at++);
    skipString();
    tape.close(entry, at);
  }

  /** Skips the rest of a string and its closing quote. */
  private void skipString() throws MalformedJsonException {
    while (true) {
      at = PlainText.skip(bytes, at, end);
      int octet = at < end ? bytes[at] : 0;
      if (octet == '"') {
        at++;
        return;
      }
      if (octet == '\\') {
        escape();
      } else if (octet < 0) {
        at += Utf8.lengthAt(bytes, at, end, this);
      } else if (octet < ' ') {
        throw malformed(at < end ? "a control character in a string" : "it ends too soon");
      } else {
        at++;
      }
    }
  }

  private void escape() throws MalformedJsonException {
    at++;
    switch (peek()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
      case 'u' -> {
        for (int digit = 1; digit <= 4; digit++) {
          if (at + digit >= end || Character.digit(bytes[at + digit], 16) < 0) {
            throw malformed("an escape that is none");
          }
        }
        at += 5;
      }
      default -> throw malformed("an escape that is none");
    }
  }

  private void word(String word) throws MalformedJsonException {
    int entry = tape.open(at);
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
    tape.close(entry, at);
  }

  private void number() throws MalformedJsonException {
    int entry = tape.open(at);
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (at < end && bytes[at] == '.') {
      at++;
      digits();
    }
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    if (at - start > MAX_NUMBER) {
      throw malformed("a number is too long");
    }
    tape.close(entry, at);
  }

  private void digits() throws MalformedJsonException {
    int first = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == first) {
      throw malformed("a value is expected");
    }
  }

  private void skipSpace() {
    while (at < end && isSpace(bytes[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
  }

  private int peek() throws MalformedJsonException {
    if (at >= end) {
      throw malformed("it ends too soon");
    }
    return bytes[at];
  }

  private void expect(char wanted) throws MalformedJsonException {
    if (peek() != wanted) {
      throw malformed("'" + wanted + "' is expected");
    }
    at++;
  }

  /** An exception with the problem and its position; it contains none of the text. */
  MalformedJsonException malformed(String what) {
    return new MalformedJsonException(
        "The text is not valid JSON: " + what + " at byte " + at + ".");
  }
}
