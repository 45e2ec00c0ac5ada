package com.langdock.reliability.mock.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.format.Turn.Role;
import com.langdock.reliability.mock.settings.SettingsReader;
import com.langdock.reliability.mock.settings.Shape;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final Shape USUAL = shape("{}");
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
      Answer.Text text = (Answer.Text) openAi.to(request(2, QUESTION), USUAL);

      assertThat(text.whole()).isEqualTo("This is ");
      assertThat(text.cutShort()).isTrue();
      assertThat(text.outputTokens()).isEqualTo(2);
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
      Answer.ToolCall call = (Answer.ToolCall) openAi.to(request(999, QUESTION), TOOL_CALL);

      assertThat(call.name()).isEqualTo("weather");
      assertThat(call.pieces()).hasSize(4);
      assertThat(call.arguments()).isEqualTo("{\"query\":\"How are you?\"}");
    }

    @Test
    void isFollowedByATextWhenTheResultIsThere() {
      assertThat(text(openAi, TOOL_CALL, QUESTION, new Turn(Role.TOOL, "12 degrees")))
          .contains("“How are you?”");
    }
  }

  private static Shape shape(String json) {
    return SettingsReader.read(json).shape();
  }

  private static ChatRequest request(int maxTokens, Turn... turns) {
    return new ChatRequest(
        "m", false, List.of(turns), List.of("weather", "news"), maxTokens, 1, false);
  }

  private static Answer.Text answer(Answers answers, Shape shape, Turn... turns) {
    return (Answer.Text) answers.to(request(Integer.MAX_VALUE, turns), shape);
  }

  private static String text(Answers answers, Shape shape, Turn... turns) {
    return answer(answers, shape, turns).whole();
  }
}
