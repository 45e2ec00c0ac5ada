package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Exchanges;

/** Requests and pieces for tests; JSON may have single quotes. */
final class Requests {
  private Requests() {}

  static Exchange showingThoughts() {
    return of("{'generationConfig':{'thinkingConfig':{'includeThoughts':true}}}");
  }

  static Exchange plain() {
    return of("{}");
  }

  private static Exchange of(String json) {
    String body = json.replace('\'', '"');
    Payload payload =
        new Payload(
            WireFormat.GEMINI,
            Body.of(body.getBytes(UTF_8)),
            Exchanges.json(body),
            GeminiReader::read);
    return new Exchange(
        "m", Exchange.Task.ANSWER, null, null, true, AnswerTraits.PLAIN, 12, payload);
  }

  static Conversation conversation(String json) {
    return GeminiReader.read(Exchanges.json(json.replace('\'', '"')));
  }

  /** A provider's own response with this candidate and this text. */
  static Piece.Raw raw(String candidate, String text) {
    String json =
        "{'candidates':[%s],'modelVersion':'own','responseId':'r1','later':1}".formatted(candidate);
    byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
    int finishes = candidate.contains("finishReason") ? 1 : 0;
    Piece.Content content = text.isEmpty() ? Piece.Content.NONE : Piece.Content.TEXT;
    return new Piece.Raw(bytes, text, content, finishes, null);
  }

  static Piece.Raw rawText(String text) {
    return raw("{'content':{'parts':[{'text':'" + text + "'}],'role':'model'}}", text);
  }

  static Piece.Raw rawEnd() {
    return raw("{'content':{'role':'model'},'finishReason':'MAX_TOKENS'}", "");
  }
}
