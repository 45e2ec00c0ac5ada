package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A provider's whole answer in JSON, which keeps its bytes but for the model's name. */
final class JsonAnswer {
  private final byte[] bytes;
  private final JsonValue root;

  private JsonAnswer(byte[] bytes, JsonValue root) {
    this.bytes = bytes;
    this.root = root;
  }

  /**
   * Why {@code body} is no answer; null if it is JSON and says nothing of an error. A status of 200
   * does not mean success.
   */
  static @Nullable Failure failure(ReplyHead head, byte[] body, @Nullable JsonValue root) {
    if (!head.isSuccess()) {
      return ErrorAnswer.failure(head, root);
    }
    if (root == null) {
      return unreadable(head, JsonBody.isBlank(body) ? Why.EMPTY : Why.NOT_JSON);
    }
    boolean isError =
        JsonFields.value(root, "error") != null || JsonFields.isText(root, "object", "error");
    return isError ? ErrorAnswer.failure(head, root) : null;
  }

  /**
   * Reads an answer that has the results in a list.
   *
   * @param list the name of that list, which must not be empty
   * @param edit changes what the client could not read
   */
  static Decoded read(TargetRequest request, ReplyHead head, byte[] body, String list, Edit edit) {
    JsonValue root = JsonBody.json(body);
    Failure failure = failure(head, body, root);
    if (failure == null && JsonFields.array(root, list).isEmpty()) {
      failure = unreadable(head, JsonFields.value(root, list) == null ? Why.NOT_JSON : Why.EMPTY);
    }
    return failure != null || root == null
        ? new Decoded.Failed(failure == null ? unreadable(head, Why.NOT_JSON) : failure)
        : new Decoded.Answered(answer(request, body, root, edit));
  }

  /** The answer {@code root}, which is in {@code body}. */
  static WholeAnswer.Forwarded answer(
      TargetRequest request, byte[] body, JsonValue root, Edit edit) {
    return new JsonAnswer(body, root).answered(request, edit);
  }

  private WholeAnswer.Forwarded answered(TargetRequest request, Edit edit) {
    JsonSplice splice = new JsonSplice(bytes);
    rename(splice, root, request.target());
    edit.apply(splice, root);
    JsonValue reported = JsonFields.object(root, "usage");
    Usage usage = ReportedUsage.of(reported);
    TokenReport tokens =
        TokenReport.raw(
            usage.isNone() ? request.exchange().estimatedUsage(characters()) : usage,
            reported == null ? "null" : reported.raw());
    return new WholeAnswer.Forwarded(splice.bytes(), tokens);
  }

  /** Replaces the provider's own name of the model. */
  static void rename(JsonSplice splice, JsonValue root, TargetModel target) {
    JsonValue model = JsonFields.value(root, "model");
    if (model != null && !target.nameInAnswer(model.text()).equals(model.text())) {
      splice.replace(model, JsonText.quote(target.nameInAnswer(model.text())));
    }
  }

  /** The characters of the texts that the model wrote. */
  private long characters() {
    String only = JsonFields.text(root, "text");
    return only != null ? only.length() : charactersOfChoices();
  }

  private static @Nullable String textOf(JsonValue choice) {
    String text = JsonFields.text(choice, "text");
    return text == null ? JsonFields.text(JsonFields.object(choice, "message"), "content") : text;
  }

  private long charactersOfChoices() {
    return JsonFields.array(root, "choices").stream()
        .map(JsonAnswer::textOf)
        .mapToLong(text -> text == null ? 0 : text.length())
        .sum();
  }

  static Failure unreadable(ReplyHead head, Why why) {
    return new Failure.Unreadable(why, head.status());
  }

  /** A change of an answer. */
  @FunctionalInterface
  interface Edit {
    /** No change. */
    Edit NONE = (splice, root) -> {};

    /** Adds its edits to {@code splice}. */
    void apply(JsonSplice splice, JsonValue root);
  }
}
