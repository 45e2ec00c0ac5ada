package com.langdock.reliability.gateway.provider.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** OpenAI's transcriptions and translations of speech: JSON, a text in one of several formats. */
final class TranscriptionsApi implements ForwardedApi {
  private static final String TEXT = "text";
  private static final String DONE = "transcript.text.done";
  private static final Set<String> TEXT_FORMATS = Set.of(TEXT, "srt", "vtt");

  @Override
  public @Nullable String contentType(TargetRequest request, ReplyHead head) {
    return request.exchange().stream() ? null : head.headers().value("content-type");
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    if (head.isSuccess() && wantsText(request) && isText(head)) {
      return new Decoded.Answered(ofText(request, body));
    }
    JsonValue root = JsonBody.json(body);
    Failure failure = JsonAnswer.failure(head, body, root);
    if (failure != null || root == null) {
      return new Decoded.Failed(failure == null ? ErrorAnswer.failure(head, root) : failure);
    }
    if (JsonFields.text(root, TEXT) == null) {
      return new Decoded.Failed(JsonAnswer.unreadable(head, Why.NOT_JSON));
    }
    WholeAnswer.Forwarded whole = JsonAnswer.answer(request, body, root, JsonAnswer.Edit.NONE);
    byte[] event = new JsonSplice(body).put(root, "type", JsonText.quote(DONE)).bytes();
    return new Decoded.Answered(answer(request, whole, event));
  }

  private static boolean wantsText(TargetRequest request) {
    String format = JsonFields.text(request.exchange().payload().root(), "response_format");
    return format != null && TEXT_FORMATS.contains(format);
  }

  /** Providers send subtitles as plain text, or as an application's format. */
  private static boolean isText(ReplyHead head) {
    String type = head.headers().value("content-type");
    String plain = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return !plain.contains("json") && !plain.contains("html");
  }

  /** Silence has an empty text. */
  private static WholeAnswer ofText(TargetRequest request, byte[] body) {
    String text = new String(body, UTF_8);
    TokenReport tokens = TokenReport.raw(request.exchange().estimatedUsage(text.length()), "null");
    String event = "{\"type\":\"" + DONE + "\",\"text\":" + JsonText.quote(text) + "}";
    return answer(request, new WholeAnswer.Forwarded(body, tokens), event.getBytes(UTF_8));
  }

  /** A provider that does not stream gives the last event of a stream. */
  private static WholeAnswer answer(
      TargetRequest request, WholeAnswer.Forwarded whole, byte[] event) {
    JsonValue root = request.exchange().stream() ? JsonBody.json(event) : null;
    return root == null
        ? whole
        : new WholeAnswer.Raw(
            event,
            root,
            whole.usage(),
            () -> List.of(TypedEvents.event(DONE, event, whole.tokens())));
  }

  @Override
  public FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    return TypedEvents.frames(frames);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return new TypedEvents(head);
  }
}
