package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import org.jspecify.annotations.Nullable;

/** The first field of a conversation that an API cannot express. Not thread-safe. */
public final class UnsupportedField {
  private final String api;
  private Failure.@Nullable Untranslatable found;

  /** None yet. {@code api} begins the reason, such as {@code Gemini's API}. */
  public UnsupportedField(String api) {
    this.api = api;
  }

  /** The field that was added first; null if there is none. */
  public Failure.@Nullable Untranslatable found() {
    return found;
  }

  /** Adds what only some formats can say of an answer. */
  public void answer(Conversation conversation) {
    Field<Long> choices = conversation.options().choices();
    if (choices != null && choices.value() > 1) {
      add(choices.path(), "gives one choice only");
    }
    Field<Long> logprobs = conversation.options().logprobs();
    if (logprobs != null) {
      add(logprobs.path(), "reports no log probabilities");
    }
    conversation.unmapped().stream()
        .filter(UnmappedField::isRequired)
        .forEach(field -> add(field.path(), "has nothing like it"));
    if (conversation.shape() instanceof AnswerShape.Unknown shape) {
      add(shape.path(), "has no such format of an answer");
    }
  }

  /** Adds tools that the model needs and a choice that only the client's format has. */
  public void tools(Conversation conversation) {
    for (Tool tool : conversation.tools()) {
      if (tool instanceof Tool.Unknown unknown && conversation.needs(unknown)) {
        add(unknown.path(), "knows no tools but functions");
      }
    }
    ToolChoice choice = conversation.toolChoice();
    if (choice.mode() == ToolChoice.Mode.UNKNOWN && !conversation.tools().isEmpty()) {
      add(choice.path(), "has no such choice");
    }
  }

  /** Adds {@code field}, which cannot be sent because the API {@code what}. */
  public void add(String field, String what) {
    if (found == null) {
      String message = "'" + field + "' cannot be passed on: " + api + " " + what + ".";
      found = new Failure.Untranslatable(field, message);
    }
  }
}
