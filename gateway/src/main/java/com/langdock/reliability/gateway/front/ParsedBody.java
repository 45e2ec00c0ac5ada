package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import com.langdock.reliability.json.MalformedJsonException;

/** The body of a request: a JSON object, or not. */
public sealed interface ParsedBody {
  /** Maximum number of values and names in a body; the index needs twelve bytes for each. */
  int MAX_VALUES = 1_000_000;

  /** An object. */
  record Json(JsonValue root) implements ParsedBody {}

  /** Anything else. */
  record Invalid(Problem problem) implements ParsedBody {}

  /** Parses {@code body}. */
  static ParsedBody parse(Body body) {
    try {
      JsonValue root = JsonValue.parse(body.array(), body.length(), MAX_VALUES);
      body.beforeReuse(root::detach);
      return root.kind() == Kind.OBJECT
          ? new Json(root)
          : invalid("The body must be a JSON object.");
    } catch (MalformedJsonException problem) {
      String message = problem.getMessage();
      return invalid(message == null ? "The body is not valid JSON." : message);
    }
  }

  private static Invalid invalid(String message) {
    return new Invalid(new Problem(Problem.Code.INVALID_JSON, message, null));
  }
}
