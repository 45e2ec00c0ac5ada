package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a stream for a client of Gemini's API: each response keeps its bytes, except that it has
 * the client's name of the model. A response may mean several things at once, so that it is a
 * {@link Piece.Raw}.
 *
 * <p>The order of several candidates is the provider's: no other target can continue them.
 */
final class PassthroughStream implements PieceReader {
  private final TargetRequest request;
  private final GenerateStream meaning;

  PassthroughStream(TargetRequest request, ReplyHead head) {
    this.request = request;
    this.meaning = new GenerateStream(request, head);
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    JsonValue response = JsonBody.json(data);
    boolean wasFinished = meaning.isFinished();
    List<Piece> meant = new ArrayList<>();
    meaning.read(response, meant::add);
    List<Piece> failed = meant.stream().filter(Piece.Failed.class::isInstance).toList();
    if (!failed.isEmpty() || response == null) {
      failed.forEach(pieces);
    } else if (!response.isEmpty()) {
      pieces.accept(raw(data, response, meant, wasFinished));
    }
  }

  private Piece raw(byte[] data, JsonValue response, List<Piece> meant, boolean wasFinished) {
    byte[] bytes = PassthroughAnswer.renamed(data, response, request.target());
    TokenReport reported = GenerateUsage.of(JsonFields.object(response, "usageMetadata"));
    TokenReport tokens = reported.usage().isNone() ? null : reported;
    if (request.exchange().choices() > 1) {
      return new Piece.Raw(bytes, "", content(response), finishes(response), tokens);
    }
    StringBuilder text = new StringBuilder();
    Content content = wasFinished ? Content.NONE : otherContent(response);
    int finishes = 0;
    for (Piece piece : meant) {
      text.append(piece.text());
      content = piece.content().compareTo(content) > 0 ? piece.content() : content;
      finishes += piece.finishes();
    }
    return new Piece.Raw(bytes, text.toString(), content, finishes, tokens);
  }

  /** What a part without a neutral meaning is, such as an image. */
  private static Content otherContent(JsonValue response) {
    for (JsonValue candidate : JsonFields.array(response, "candidates")) {
      for (JsonValue part : JsonFields.array(JsonFields.object(candidate, "content"), "parts")) {
        boolean isKnown =
            JsonFields.value(part, "text") != null
                || JsonFields.value(part, "functionCall") != null;
        if (!isKnown && JsonFields.value(part, "thoughtSignature") == null) {
          return Content.OTHER;
        }
      }
    }
    return Content.NONE;
  }

  private static Content content(JsonValue response) {
    boolean hasContent =
        JsonFields.array(response, "candidates").stream()
            .anyMatch(candidate -> JsonFields.object(candidate, "content") != null);
    return hasContent ? Content.OTHER : Content.NONE;
  }

  /** The number of candidates that end; a blocked prompt has none, and ends all. */
  private int finishes(JsonValue response) {
    JsonValue feedback = JsonFields.object(response, "promptFeedback");
    if (JsonFields.text(feedback, "blockReason") != null) {
      return request.exchange().choices();
    }
    return (int)
        JsonFields.array(response, "candidates").stream()
            .filter(candidate -> JsonFields.text(candidate, "finishReason") != null)
            .count();
  }
}
