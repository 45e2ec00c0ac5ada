package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Piece;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The ids of one response and its items, derived from the provider's so that they repeat. */
final class ResponseIds {
  private static final int DIGITS = 32;
  private static final int MAX_CALL_ID = 64;

  private final String digits;

  ResponseIds(Piece.Started started) {
    digits = derived(started.id() + "\n" + started.createdSeconds());
  }

  /** The id of the response. */
  String response() {
    return "resp_" + digits;
  }

  /** The id of the item at {@code index}. */
  String item(String prefix, int index) {
    return "%s_%s%02x".formatted(prefix, digits, index);
  }

  /** The id of a tool call: the provider's, unless this API does not take it back. */
  String call(Piece.Block.Call call, int index) {
    boolean isValid = !call.id().isEmpty() && call.id().length() <= MAX_CALL_ID;
    return isValid ? call.id() : item("call", index);
  }

  private static String derived(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
