package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.front.Rule;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Validates a request for images. */
final class ImagesRules {
  /** The names of the image in a form: of one, and of several. */
  static final List<String> FILES = List.of("image", "image[]");

  static final List<Rule> ALL = List.of(Rule.flag("stream"), Rule.integer("n", 1, 128));
  static final List<Rule> WITH_PROMPT = withPrompt();

  private ImagesRules() {}

  private static List<Rule> withPrompt() {
    List<Rule> rules = new ArrayList<>(ALL);
    rules.add(Rule.required("prompt", "expected a text", Inputs::isInput));
    return List.copyOf(rules);
  }

  /** The traits of the answer, which has an event for each complete image if it is a stream. */
  static AnswerTraits traits(JsonValue request) {
    int images = (int) Math.max(1, JsonFields.count(request, "n"));
    return new AnswerTraits(images, false, false, false, false);
  }
}
