package com.langdock.reliability.translation;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.WireFormat;
import java.util.ArrayList;
import java.util.List;

/** Random ids, names and arguments of tool calls, and their signatures. */
final class AnyCalls {
  private static final List<String> CHAT_IDS =
      List.of("call_1", "functions.bash:0", "functions_bash_0", "ü", "a b", "call_1_2", "toolu_9");
  private static final List<String> ARGUMENTS =
      List.of("", " ", "{}", "{\"x\":1.50}", "{\"x\":", "[1]", "\"text\"", "{\"s\":\"\\ud83d\"}");
  private static final List<WireFormat> ISSUERS =
      List.of(WireFormat.CHAT, WireFormat.MESSAGES, WireFormat.GEMINI, new WireFormat("later"));

  private final Dice dice;

  AnyCalls(Dice dice) {
    this.dice = dice;
  }

  /** Ids of parallel calls of a chat client, whose providers do not all make them unique. */
  List<String> chatIds(int count) {
    List<String> ids = new ArrayList<>();
    List<String> shuffled = dice.shuffled(CHAT_IDS);
    for (int i = 0; i < count; i++) {
      ids.add(dice.chance(10) ? "call_" + "x".repeat(60) + i : shuffled.get(i));
    }
    return ids;
  }

  /** Arguments as a model wrote them. */
  String arguments() {
    return dice.pick(ARGUMENTS);
  }

  /** A signature in an envelope, of any format. */
  String envelope() {
    return SignatureEnvelope.wrap(new Signature(dice.pick(ISSUERS), "c2lnbmF0dXJl+/="));
  }
}
