package com.langdock.reliability.gateway.provider.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * OpenAI's embeddings at a provider with another API. A request with more texts than one call takes
 * is sent in several calls, whose vectors are joined in order; their usage is the sum.
 */
final class TranslatedEmbeddings implements ForwardedApi {
  /** Larger bodies are not read on an event loop. */
  private static final int MOST_READ = 64 * 1024;

  private final Function<TargetModel, EmbeddingsCalls> calls;

  /** Embeddings of models that are asked by {@code calls}. */
  TranslatedEmbeddings(Function<TargetModel, EmbeddingsCalls> calls) {
    this.calls = calls;
  }

  @Override
  public Written write(TargetRequest request) {
    JsonValue root = request.exchange().payload().root();
    TargetModel target = request.target();
    EmbeddingsCalls api = calls.apply(target);
    Failure.Untranslatable not =
        EmbeddingsInput.untranslatable(root, api.batch() * Written.Parts.MAX);
    if (not != null) {
      return new Written.Untranslatable(not);
    }
    EmbeddingsInput input = EmbeddingsInput.of(root);
    if (input.dimensions() != null && !api.hasDimensions(target)) {
      return new Written.Untranslatable(
          new Failure.Untranslatable("dimensions", "The model has vectors of one length only."));
    }
    List<List<String>> batches = TextBatches.of(api, input.texts());
    if (batches.size() > Written.Parts.MAX) {
      return new Written.Untranslatable(
          new Failure.Untranslatable("input", "The texts are too long for one request."));
    }
    RequestChanges.Builder changes = new RequestChanges.Builder();
    EmbeddingsInput.drop(root, changes);
    if (api.needsInputType() && input.inputType() == null) {
      changes.adjusted("input_type");
    } else if (!api.needsInputType() && input.inputType() != null) {
      changes.dropped("input_type");
    }
    List<Outgoing> parts = new ArrayList<>();
    for (List<String> texts : batches) {
      byte[] body = api.body(target, texts, input).getBytes(UTF_8);
      parts.add(Outgoing.post(api.path(target), body));
    }
    return new Written.Parts(
        parts,
        changes.build(),
        answers -> join(api, request, input.isBase64(), batches, answers),
        (part, answer) -> usage(api, batches.get(part), answer));
  }

  /** Estimated where the provider does not say it, or says it in a body that takes long to read. */
  private static Usage usage(EmbeddingsCalls api, List<String> texts, Written.PartAnswer answer) {
    JsonValue root = answer.body().length > MOST_READ ? null : JsonBody.json(answer.body());
    long tokens = api.read(answer.head(), root).tokens();
    long characters = texts.stream().mapToLong(String::length).sum();
    return new Usage(tokens == 0 ? Usage.estimatedTokens(characters) : tokens, 0, 0);
  }

  private static Decoded join(
      EmbeddingsCalls api,
      TargetRequest request,
      boolean isBase64,
      List<List<String>> batches,
      List<Written.PartAnswer> answers) {
    List<JsonValue> vectors = new ArrayList<>();
    long tokens = 0;
    for (int part = 0; part < answers.size(); part++) {
      ReplyHead head = answers.get(part).head();
      byte[] body = answers.get(part).body();
      JsonValue root = JsonBody.json(body);
      Failure failure = JsonAnswer.failure(head, body, root);
      Vectors read = api.read(head, root);
      int expected = batches.get(part).size();
      boolean isWhole =
          read.arrays().size() == expected
              && read.arrays().stream().allMatch(array -> array.kind() == JsonValue.Kind.ARRAY);
      if (failure != null || !isWhole) {
        return new Decoded.Failed(
            failure == null ? JsonAnswer.unreadable(head, Why.NOT_JSON) : failure);
      }
      vectors.addAll(read.arrays());
      tokens += read.tokens();
    }
    long used = tokens == 0 ? request.exchange().estimatedInputTokens() : tokens;
    return new Decoded.Answered(answer(request.target(), isBase64, vectors, used));
  }

  private static WholeAnswer answer(
      TargetModel target, boolean isBase64, List<JsonValue> vectors, long tokens) {
    StringBuilder json = new StringBuilder("{\"object\":\"list\",\"data\":[");
    for (int index = 0; index < vectors.size(); index++) {
      JsonValue vector = vectors.get(index);
      json.append(index == 0 ? "" : ",").append("{\"object\":\"embedding\",\"index\":");
      json.append(index).append(",\"embedding\":");
      if (isBase64) {
        json.append('"').append(Base64Vector.of(vector.elements())).append('"');
      } else {
        json.append(vector.raw());
      }
      json.append('}');
    }
    String usage = "{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}";
    json.append("],\"model\":").append(JsonText.quote(target.name()));
    json.append(",\"usage\":").append(usage).append('}');
    return new WholeAnswer.Forwarded(
        json.toString().getBytes(UTF_8), TokenReport.raw(new Usage(tokens, 0, 0), usage));
  }

  /** Only an error of a part is read by itself. */
  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    Failure failure = JsonAnswer.failure(head, body, JsonBody.json(body));
    return new Decoded.Failed(
        failure == null ? JsonAnswer.unreadable(head, Why.NOT_JSON) : failure);
  }
}
