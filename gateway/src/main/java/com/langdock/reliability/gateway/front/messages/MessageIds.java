package com.langdock.reliability.gateway.front.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Piece;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The ids of messages and tool calls whose provider has others: derived, so that they repeat. */
final class MessageIds {
  private static final Pattern MESSAGE = Pattern.compile("msg_[a-zA-Z0-9_-]{24,}");
  private static final Pattern CALL = Pattern.compile("[a-zA-Z0-9_-]+");
  private static final int DIGITS = 24;

  private MessageIds() {}

  /** The id of a message. */
  static String message(Piece.Started started) {
    return MESSAGE.matcher(started.id()).matches()
        ? started.id()
        : "msg_" + derived(started.id() + "\n" + started.createdSeconds());
  }

  /** The id of a tool call: the provider's, unless this API does not take it back. */
  static String call(Piece.Block.Call call) {
    return CALL.matcher(call.id()).matches()
        ? call.id()
        : "toolu_" + derived(call.id() + "\n" + call.name());
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
