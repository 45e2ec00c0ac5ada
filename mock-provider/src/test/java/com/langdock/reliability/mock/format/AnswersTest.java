package com.langdock.reliability.mock.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.format.Output.Thinking;
import com.langdock.reliability.mock.format.Tools.Choice;
import com.langdock.reliability.mock.format.Turn.Role;
import com.langdock.reliability.mock.settings.SettingsReader;
import com.langdock.reliability.mock.settings.Shape;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final Shape USUAL = shape("{}");
  private static final Output PLAIN = new Output(Integer.MAX_VALUE, 1, Thinking.NONE, null);
  private static final Tools TOOLS =
      new Tools(
          List.of(new Tool("weather", Json.parse("{}")), new Tool("news", Json.parse("{}"))),
          Choice.AUTO,
          true);
  private static final Turn QUESTION = new Turn(Role.USER, "How are you?");

  private final Answers openAi = new Answers("openai");
  private final Answers anthropic = new Answers("anthropic");

  @Nested
  class AText {
    @Test
    void quotesTheLastUserTurnAndNamesTheModel() {
      assertThat(text(openAi, USUAL, QUESTION))
          .contains("“How are you?”")
          .endsWith("Finished by openai/m.");
    }

    @Test
    void isTheSameEveryTime() {
      assertThat(text(openAi, USUAL, QUESTION)).isEqualTo(text(openAi, USUAL, QUESTION));
    }

    @Test
    void quotesALongQuestionOnlyInPart() {
      Turn longQuestion = new Turn(Role.USER, "x".repeat(1_000_000));

      assertThat(text(openAi, USUAL, longQuestion)).hasSizeLessThan(500);
    }

    @Test
    void isTheOneOfTheSettings() {
      assertThat(text(openAi, shape("{\"answer\":\"No.\"}"), QUESTION)).isEqualTo("No.");
    }

    @Test
    void hasOneChunkAWord() {
      assertThat(answer(openAi, USUAL, QUESTION).pieces())
          .startsWith("This", " is", " a", " mock", " answer");
    }

    @Test
    void hasAsManyChunksAsTheSettingsSay() {
      assertThat(answer(openAi, shape("{\"chunks\":3}"), QUESTION).pieces()).hasSize(3);
      assertThat(answer(openAi, shape("{\"chunks\":5000}"), QUESTION).pieces()).hasSize(5000);
    }

    @Test
    void endsAtTheLimitOfTokens() {
      Answer answer = openAi.to(request(2, QUESTION), USUAL);

      assertThat(answer.text()).isEqualTo("This is ");
      assertThat(answer.finish()).isEqualTo(Answer.Finish.LENGTH);
      assertThat(answer.outputTokens()).isEqualTo(2);
    }
  }

  @Nested
  class AContinuation {
    private static final String SAID = "This is a mock answer to “How are";

    @Test
    void continuesAfterAPrefill() {
      String rest = text(anthropic, USUAL, QUESTION, new Turn(Role.ASSISTANT, SAID));

      assertThat(SAID + rest).isEqualTo(text(anthropic, USUAL, QUESTION));
    }

    @Test
    void continuesWhenAUserTurnAsksForIt() {
      Turn partial = new Turn(Role.ASSISTANT, SAID);
      Turn goOn = new Turn(Role.USER, "Please go on.");

      assertThat(SAID + text(anthropic, USUAL, QUESTION, partial, goOn))
          .isEqualTo(text(anthropic, USUAL, QUESTION));
    }

    @Test
    void anotherTextIsNotContinued() {
      assertThat(text(anthropic, USUAL, QUESTION, new Turn(Role.ASSISTANT, "Something else")))
          .isEqualTo(text(anthropic, USUAL, QUESTION));
    }

    @Test
    void aNewQuestionAfterAWholeAnswerIsANewQuestion() {
      Turn whole = new Turn(Role.ASSISTANT, text(openAi, USUAL, QUESTION));
      Turn next = new Turn(Role.USER, "And then?");

      assertThat(text(openAi, USUAL, QUESTION, whole, next)).contains("“And then?”");
    }
  }

  @Nested
  class AToolCall {
    private static final Shape TOOL_CALL = shape("{\"tool_call\":true}");

    @Test
    void callsTheFirstToolWithJson() {
      Answer answer = openAi.to(request(999, QUESTION), TOOL_CALL);
      Answer.ToolCall call = answer.toolCalls().getFirst();

      assertThat(answer.toolCalls()).hasSize(1);
      assertThat(answer.finish()).isEqualTo(Answer.Finish.TOOL_CALLS);
      assertThat(call.name()).isEqualTo("weather");
      assertThat(call.pieces()).hasSize(4);
      assertThat(call.arguments()).isEqualTo("{\"query\":\"How are you?\"}");
    }

    @Test
    void isFollowedByATextWhenTheResultIsThere() {
      assertThat(text(openAi, TOOL_CALL, QUESTION, new Turn(Role.TOOL, "12 degrees")))
          .contains("“How are you?” with the tool result “12 degrees”.");
    }

    @Test
    void severalResultsAreAllQuoted() {
      assertThat(text(openAi, USUAL, QUESTION, result("12 degrees"), result("Rain")))
          .contains("“12 degrees”, “Rain”");
    }

    @Test
    void isMadeOfEveryToolThatThePromptNames() {
      assertThat(called(Choice.AUTO, true, "Ask news, then weather.")).isEqualTo("weather news");
      assertThat(called(Choice.AUTO, true, "Ask weathermen")).isEmpty();
    }

    @Test
    void isMadeTwiceWhenThePromptAsksForTwo() {
      assertThat(called(Choice.AUTO, true, "Use weather for two cities"))
          .isEqualTo("weather weather");
      assertThat(called(Choice.AUTO, false, "Use weather for two cities")).isEqualTo("weather");
    }

    @Test
    void obeysTheChoiceOfTheRequest() {
      assertThat(called(Choice.REQUIRED, true, "Hello")).isEqualTo("weather");
      assertThat(called(Choice.NONE, true, "Use weather")).isEmpty();
      assertThat(called(Choice.AUTO, true, "Hello")).isEmpty();
    }

    @Test
    void matchesTheSchemaOfTheTool() {
      Tool tool =
          new Tool(
              "t",
              Json.parse(
                  """
                  {"type":"OBJECT","properties":{"city":{"type":"STRING"},
                   "days":{"type":["integer","null"]},"unit":{"enum":["C","F"]},
                   "stops":{"type":"array","items":{"$ref":"#/$defs/stop"}}},
                   "$defs":{"stop":{"type":"object","properties":{"x":{"type":"number"}}}}}
                  """));
      ChatRequest request =
          new ChatRequest(
              "m",
              Delivery.WHOLE,
              List.of(QUESTION),
              new Tools(List.of(tool), Choice.REQUIRED, true),
              PLAIN);

      assertThat(openAi.to(request, USUAL).toolCalls().getFirst().arguments())
          .isEqualTo(
              "{\"city\":\"How are you?\",\"days\":1,\"unit\":\"C\",\"stops\":[{\"x\":1.5}]}");
    }

    private String called(Choice choice, boolean parallel, String prompt) {
      ChatRequest request =
          new ChatRequest(
              "m",
              Delivery.WHOLE,
              List.of(new Turn(Role.USER, prompt)),
              new Tools(TOOLS.offered(), choice, parallel),
              PLAIN);
      return openAi.to(request, USUAL).toolCalls().stream()
          .map(Answer.ToolCall::name)
          .collect(Collectors.joining(" "));
    }

    private static Turn result(String text) {
      return new Turn(Role.TOOL, text);
    }
  }

  @Nested
  class OtherAnswers {
    @Test
    void aSchemaGetsJson() {
      Output wanted = new Output(999, 1, Thinking.NONE, Json.parse("{}"));

      assertThat(openAi.to(asking("Hi", wanted), USUAL).text()).isEqualTo("{\"answer\":\"Hi\"}");
    }

    @Test
    void aPromptThatAsksToBeBlockedGetsNothing() {
      assertThat(openAi.to(asking("Please block this prompt.", PLAIN), USUAL))
          .isEqualTo(Answer.BLOCKED);
    }

    @Test
    void thinkingComesFirstAndCountsTowardsTheLimit() {
      Answer whole = openAi.to(asking("Hi", thinking(999)), USUAL);
      Answer thoughtOnly = openAi.to(asking("Hi", thinking(3)), USUAL);

      assertThat(whole.parts()).hasExactlyElementsOfTypes(Answer.Thinking.class, Answer.Text.class);
      assertThat(whole.thinkingTokens()).isPositive();
      assertThat(thoughtOnly.text()).isEmpty();
      assertThat(thoughtOnly.finish()).isEqualTo(Answer.Finish.LENGTH);
    }

    private static Output thinking(int maxTokens) {
      return new Output(maxTokens, 1, Thinking.SHOWN, null);
    }

    private static ChatRequest asking(String prompt, Output output) {
      return new ChatRequest(
          "m", Delivery.WHOLE, List.of(new Turn(Role.USER, prompt)), Tools.NONE, output);
    }
  }

  private static Shape shape(String json) {
    return SettingsReader.read(json).shape();
  }

  private static ChatRequest request(int maxTokens, Turn... turns) {
    Output output = new Output(maxTokens, 1, Thinking.NONE, null);
    return new ChatRequest("m", Delivery.WHOLE, List.of(turns), TOOLS, output);
  }

  private static Answer.Text answer(Answers answers, Shape shape, Turn... turns) {
    Answer answer = answers.to(request(Integer.MAX_VALUE, turns), shape);
    return (Answer.Text) answer.parts().getFirst();
  }

  private static String text(Answers answers, Shape shape, Turn... turns) {
    return answer(answers, shape, turns).whole();
  }
}
