package com.langdock.reliability.translation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Finds what an error says of a client's request: {@code messages[0].content[1].type}. */
final class FieldPath {
  private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d+)]");

  private FieldPath() {}

  /** Whether {@code body} has the field at {@code path}. */
  static boolean exists(JsonNode body, String path) {
    JsonNode at = body;
    int end = 0;
    for (Matcher step = STEP.matcher(path); step.find(); end = step.end()) {
      String name = step.group(1);
      at = name == null ? at.path(Integer.parseInt(step.group(2))) : at.path(name);
    }
    return !path.isEmpty() && end == path.length() && !at.isMissingNode();
  }
}
