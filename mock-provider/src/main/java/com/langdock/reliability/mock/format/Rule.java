package com.langdock.reliability.mock.format;

import tools.jackson.databind.JsonNode;

/** A rule that a strict provider enforces. */
@FunctionalInterface
public interface Rule {
  /**
   * Checks a request whose body is the JSON object {@code body}.
   *
   * @throws InvalidRequest when the request breaks the rule
   */
  void check(RawRequest request, JsonNode body);
}
