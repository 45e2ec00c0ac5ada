package com.langdock.reliability.mock.format;

import com.langdock.reliability.mock.format.Tools.Choice;
import com.langdock.reliability.mock.settings.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.MissingNode;

/**
 * Chooses the tools that an answer calls: those that the last user text names; else the first one
 * where a call is forced by the request or by the settings. A text with the word "two" gets the
 * same tool called twice.
 */
final class ToolCalls {
  private static final int PIECES = 4;
  private static final Tool LOOKUP = new Tool("lookup", MissingNode.getInstance());
  private static final Pattern TWO = Pattern.compile("(?i)\\btwo\\b");

  private ToolCalls() {}

  /** The calls; none where the answer is to be a text. */
  static List<Answer.ToolCall> of(ChatRequest request, Shape shape) {
    if (request.endsWithToolResult() || request.endsWithAssistant()) {
      return List.of();
    }
    String prompt = Turn.lastUserText(request.turns());
    List<Tool> tools = chosen(request.tools(), prompt, shape.toolCall());
    if (tools.size() == 1 && TWO.matcher(prompt).find()) {
      tools = List.of(tools.getFirst(), tools.getFirst());
    }
    int most = request.tools().parallel() ? tools.size() : Math.min(1, tools.size());
    return calls(tools.subList(0, most), prompt, shape);
  }

  private static List<Tool> chosen(Tools tools, String prompt, boolean always) {
    List<Tool> offered = tools.choice() == Choice.NONE ? List.of() : tools.offered();
    List<Tool> named = offered.stream().filter(tool -> names(prompt, tool)).toList();
    if (!named.isEmpty()) {
      return named;
    }
    boolean forced = always || (tools.choice() == Choice.REQUIRED && !offered.isEmpty());
    return forced ? List.of(offered.isEmpty() ? LOOKUP : offered.getFirst()) : List.of();
  }

  private static boolean names(String prompt, Tool tool) {
    return Pattern.compile("(?<![\\w.-])" + Pattern.quote(tool.name()) + "(?![\\w-])")
        .matcher(prompt)
        .find();
  }

  private static List<Answer.ToolCall> calls(List<Tool> tools, String prompt, Shape shape) {
    Integer chunks = shape.chunks();
    List<Answer.ToolCall> calls = new ArrayList<>();
    for (Tool tool : tools) {
      calls.add(
          new Answer.ToolCall(
              calls.size(),
              tool.name(),
              Samples.json(tool.parameters(), "query", Answers.quote(prompt)),
              chunks == null ? PIECES : chunks));
    }
    return calls;
  }
}
