package com.langdock.reliability.mock.format;

import com.langdock.reliability.mock.format.Turn.Role;
import com.langdock.reliability.mock.settings.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one provider: the same question always gets the same answer.
 *
 * <p>The usual text names the provider only at its end. So all providers agree on its beginning,
 * and one of them can continue where another broke off: a request that ends in a partial answer, or
 * in a user turn after a partial answer, gets the rest of the text. That is how a gateway's
 * continuation of broken streams can be tested: the joined text must be the usual text. The curly
 * quotes in it are multi-byte characters that can be split.
 */
public final class Answers {
  private static final int LONGEST_QUOTE_TOKENS = 50;
  private static final int TOOL_CALL_PIECES = 4;

  private final String provider;

  /** Answers that end with the provider's name. */
  public Answers(String provider) {
    this.provider = provider;
  }

  /** The answer to the request, in the shape of the settings. */
  public Answer to(ChatRequest request, Shape shape) {
    boolean hasToolResult = request.turns().getLast().role() == Role.TOOL;
    return shape.toolCall() && !hasToolResult ? toolCall(request, shape) : text(request, shape);
  }

  private static Answer toolCall(ChatRequest request, Shape shape) {
    List<String> tools = request.tools();
    String arguments = Json.text(Json.object("query", quote(lastUserText(request.turns()))));
    Integer chunks = shape.chunks();
    return new Answer.ToolCall(
        tools.isEmpty() ? "lookup" : tools.getFirst(),
        arguments,
        chunks == null ? TOOL_CALL_PIECES : chunks);
  }

  private Answer text(ChatRequest request, Shape shape) {
    String wanted = remainder(request, shape);
    String text = Tokens.limit(wanted, request.maxTokens());
    return new Answer.Text(text, shape.chunks(), text.length() < wanted.length());
  }

  /** The whole text, or the rest of it when a partial answer is to be continued. */
  private String remainder(ChatRequest request, Shape shape) {
    List<Turn> turns = request.turns();
    int partial = turns.size() - (request.endsWithAssistant() ? 1 : 2);
    if (partial < 0 || turns.get(partial).role() != Role.ASSISTANT) {
      return whole(request, turns, shape);
    }
    String said = turns.get(partial).text();
    String text = whole(request, turns.subList(0, partial), shape);
    boolean goesOn = !said.isEmpty() && text.startsWith(said) && text.length() > said.length();
    return goesOn ? text.substring(said.length()) : whole(request, turns, shape);
  }

  private String whole(ChatRequest request, List<Turn> turns, Shape shape) {
    String fixed = shape.answer();
    return fixed != null
        ? fixed
        : "This is a mock answer to \u201c"
            + quote(lastUserText(turns))
            + "\u201d. Each word of it is a chunk of its own, so a lost or doubled word shows."
            + counting(shape.chunks())
            + (" Finished by " + provider + "/" + request.model() + ".");
  }

  /** Extends the text until it has enough characters for the chunks. */
  private static String counting(@Nullable Integer chunks) {
    StringBuilder words = new StringBuilder();
    for (int word = 1; chunks != null && word <= chunks; word++) {
      words.append(' ').append(word);
    }
    return words.toString();
  }

  private static String lastUserText(List<Turn> turns) {
    return turns.reversed().stream()
        .filter(turn -> turn.role() == Role.USER && !turn.text().isBlank())
        .map(Turn::text)
        .findFirst()
        .orElse("(nothing)");
  }

  private static String quote(String text) {
    return Tokens.limit(text, LONGEST_QUOTE_TOKENS).strip();
  }
}
