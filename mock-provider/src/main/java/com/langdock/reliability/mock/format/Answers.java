package com.langdock.reliability.mock.format;

import com.langdock.reliability.mock.format.Answer.Finish;
import com.langdock.reliability.mock.format.Answer.Part;
import com.langdock.reliability.mock.format.Output.Thinking;
import com.langdock.reliability.mock.format.Turn.Role;
import com.langdock.reliability.mock.settings.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answers of one provider: the same question always gets the same answer.
 *
 * <p>The usual text names the provider only at its end. So all providers agree on its beginning,
 * and one of them can continue where another broke off: a request that ends in a partial answer, or
 * in a user turn after a partial answer, gets the rest of the text. That is how a gateway's
 * continuation of broken streams can be tested: the joined text must be the usual text. The curly
 * quotes in it are multi-byte characters that can be split.
 *
 * <p>A request with a schema gets JSON, one with tools may get calls ({@link ToolCalls}), and one
 * whose last user text says "block this prompt" gets nothing.
 */
public final class Answers {
  private static final int LONGEST_QUOTE_TOKENS = 50;
  private static final String BLOCK = "block this prompt";

  private final String provider;

  /** Answers that end with the provider's name. */
  public Answers(String provider) {
    this.provider = provider;
  }

  /** The answer to the request, in the shape of the settings. */
  public Answer to(ChatRequest request, Shape shape) {
    String prompt = Turn.lastUserText(request.turns());
    if (prompt.toLowerCase(Locale.ROOT).contains(BLOCK)) {
      return Answer.BLOCKED;
    }
    List<Part> parts = new ArrayList<>(thinking(request, prompt));
    List<Answer.ToolCall> calls = ToolCalls.of(request, shape);
    if (!calls.isEmpty()) {
      parts.addAll(calls);
      return new Answer(parts, Finish.TOOL_CALLS);
    }
    int thought = parts.stream().mapToInt(Part::tokens).sum();
    String wanted = remainder(request, shape);
    String text = Tokens.limit(wanted, Math.max(0, request.output().maxTokens() - thought));
    parts.add(new Answer.Text(text, chunks(request, shape, text)));
    return new Answer(parts, text.length() < wanted.length() ? Finish.LENGTH : Finish.STOP);
  }

  /** JSON has few spaces, so it is not split into words. */
  private static @Nullable Integer chunks(ChatRequest request, Shape shape, String text) {
    boolean isJson = request.output().schema() != null && shape.answer() == null;
    return isJson && shape.chunks() == null ? Integer.valueOf(Tokens.in(text)) : shape.chunks();
  }

  private static List<Part> thinking(ChatRequest request, String prompt) {
    Thinking thinking = request.output().thinking();
    String thought = "The user says \u201c" + quote(prompt) + "\u201d. The usual answer will do.";
    return thinking == Thinking.NONE
        ? List.of()
        : List.of(new Answer.Thinking(thought, thinking == Thinking.SHOWN));
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
    String question = quote(Turn.lastUserText(turns));
    JsonNode schema = request.output().schema();
    if (fixed != null) {
      return fixed;
    }
    return schema != null
        ? Samples.json(schema, "answer", question)
        : "This is a mock answer to \u201c"
            + question
            + "\u201d"
            + toolResults(turns)
            + ". Each word of it is a chunk of its own, so a lost or doubled word shows."
            + counting(shape.chunks())
            + (" Finished by " + provider + "/" + request.model() + ".");
  }

  /** Quotes the results that the turns end in. */
  private static String toolResults(List<Turn> turns) {
    String results =
        turns.reversed().stream()
            .takeWhile(turn -> turn.role() == Role.TOOL)
            .map(turn -> "\u201c" + quote(turn.text()) + "\u201d")
            .reduce("", (later, earlier) -> later.isEmpty() ? earlier : earlier + ", " + later);
    return results.isEmpty() ? "" : " with the tool result " + results;
  }

  /** Extends the text until it has enough characters for the chunks. */
  private static String counting(@Nullable Integer chunks) {
    StringBuilder words = new StringBuilder();
    for (int word = 1; chunks != null && word <= chunks; word++) {
      words.append(' ').append(word);
    }
    return words.toString();
  }

  /** The beginning of the text. */
  static String quote(String text) {
    return Tokens.limit(text, LONGEST_QUOTE_TOKENS).strip();
  }
}
