package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Piece;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ids of one response and its items, derived from the provider's so that they repeat. They show
 * that no provider has stored what they name.
 */
final class ResponseIds {
  private static final int DIGITS = 32;
  private static final int MAX_CALL_ID = 64;

  private static final String OWN = "gw";
  private static final String RESPONSE = "resp_" + OWN;

  private final String digits;
  private final String response;

  /**
   * The ids of a response in another format.
   *
   * @param salt makes them differ where providers repeat theirs; empty to repeat them too
   */
  ResponseIds(Piece.Started started, String salt) {
    digits = derived(started.id() + "\n" + started.createdSeconds() + salt);
    response = RESPONSE + digits;
  }

  private ResponseIds(String response) {
    digits = derived(response);
    this.response = response;
  }

  /** The ids of a response that the client knows by the provider's id. */
  static ResponseIds known(Piece.Started started) {
    return new ResponseIds(started.id());
  }

  /** Whether {@code id} is of a response that no provider has stored. */
  static boolean isOwn(String id) {
    return id.startsWith(RESPONSE);
  }

  /** The id of the response. */
  String response() {
    return response;
  }

  /** The id of the item at {@code index}. */
  String item(String prefix, int index) {
    return "%s_%s%s%02x".formatted(prefix, OWN, digits, index);
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
