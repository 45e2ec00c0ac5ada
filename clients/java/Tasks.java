import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads tasks, one JSON object a line, and answers each with an outcome, one JSON object a line.
 * What they are made of is written in clients/README.md.
 */
final class Tasks {
  static final String TOOL = "search";
  static final String TOOL_DESCRIPTION = "Looks something up.";

  /** The tool's parameters, a JSON schema. */
  static final Map<String, Object> TOOL_SCHEMA =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("query", Map.of("type", "string")),
          "required",
          List.of("query"),
          "additionalProperties",
          false);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Tasks() {}

  /** The structure that is asked for; a client makes its schema of the fields. */
  public static final class Reply {
    public String reply;
    public int count;

    Map<String, Object> outcome() {
      return Map.of("parsed", Map.of("reply", reply, "count", count));
    }
  }

  /** The structure in the text of an answer, for clients that leave reading it to their caller. */
  static Reply reply(String text) {
    try {
      return MAPPER.readValue(text, Reply.class);
    } catch (JsonProcessingException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** What the tool answers to the call of that number, counted from 1. */
  static String resultOf(int callNumber) {
    return "result " + callNumber;
  }

  /** The image that comes with the task as a URL. */
  static String imageUrl(JsonNode task) {
    return "data:image/png;base64," + text(task, "image");
  }

  /** A field of the task. */
  static String text(JsonNode task, String field) {
    return task.get(field).asText();
  }

  /** Runs the action with each task until standard input ends. */
  static void serve(
      Function<JsonNode, Map<String, Object>> action,
      Function<RuntimeException, Map<String, Object>> error)
      throws Exception {
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Map<String, Object> outcome;
      try {
        outcome = action.apply(MAPPER.readTree(line));
      } catch (RuntimeException problem) {
        outcome = Map.of("error", error.apply(problem));
      } catch (LinkageError problem) {
        outcome = Map.of("error", Map.of("type", "LinkageError", "message", problem.toString()));
      }
      out.println(MAPPER.writeValueAsString(outcome));
    }
    System.exit(0); // a client's threads would stay for a minute
  }
}
