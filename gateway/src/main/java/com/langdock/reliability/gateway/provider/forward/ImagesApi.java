package com.langdock.reliability.gateway.provider.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** OpenAI's images: generated, edited and varied. */
final class ImagesApi implements ForwardedApi {
  private static final String DATA = "data";
  private static final String EDITS = "/images/edits";

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    Decoded decoded = JsonAnswer.read(request, head, body, DATA, JsonAnswer.Edit.NONE);
    return request.exchange().stream()
            && decoded instanceof Decoded.Answered answered
            && answered.answer() instanceof WholeAnswer.Forwarded forwarded
        ? streamed(request, forwarded)
        : decoded;
  }

  /** The provider does not stream: its images become the last events of a stream. */
  private static Decoded streamed(TargetRequest request, WholeAnswer.Forwarded whole) {
    JsonValue root = JsonBody.json(whole.bytes());
    boolean isEdit = request.exchange().payload().forwarding().path().equals(EDITS);
    String type = (isEdit ? "image_edit" : "image_generation") + ".completed";
    return root == null
        ? new Decoded.Answered(whole)
        : new Decoded.Answered(
            new WholeAnswer.Raw(
                whole.bytes(), root, whole.usage(), () -> events(type, root, whole.tokens())));
  }

  private static List<Piece> events(String type, JsonValue root, TokenReport tokens) {
    List<Piece> events = new ArrayList<>();
    List<JsonValue> images = JsonFields.array(root, DATA);
    for (JsonValue image : images) {
      boolean isLast = events.size() == images.size() - 1;
      StringJoiner event = new StringJoiner(",", "{", "}");
      event.add("\"type\":" + JsonText.quote(type));
      add(event, "created_at", JsonFields.value(root, "created"));
      image.members().forEach(member -> add(event, member.name(), member.value()));
      add(event, "usage", isLast ? JsonFields.value(root, "usage") : null);
      byte[] json = event.toString().getBytes(UTF_8);
      events.add(TypedEvents.event(type, json, isLast ? tokens : null));
    }
    return events;
  }

  private static void add(StringJoiner event, String name, @Nullable JsonValue value) {
    if (value != null) {
      event.add(JsonText.quote(name) + ":" + value.raw());
    }
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
