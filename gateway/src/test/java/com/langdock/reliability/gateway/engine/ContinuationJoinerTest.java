package com.langdock.reliability.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuationJoinerTest {
  private static final String DELIVERED = "The cat sat on the mat and looked";

  /** All that the client has in the end, null when the new answer was refused. */
  private static @Nullable String joined(String delivered, String... pieces) {
    ContinuationJoiner joiner = new ContinuationJoiner(delivered);
    StringBuilder text = new StringBuilder(delivered);
    for (String piece : pieces) {
      text.append(joiner.add(piece));
    }
    text.append(joiner.end());
    if (joiner.isRefused()) {
      assertThat(text).as("what is refused is not joined").hasToString(delivered);
      return null;
    }
    return text.toString();
  }

  private static void assertRefused(String delivered, String answer) {
    String begun = delivered.replace("\\n", "\n");
    assertThat(joined(begun, answer.replace("\\n", "\n"))).as(answer).isNull();
    assertThat(joined(begun, answer.replace("\\n", "\n").split(""))).as(answer).isNull();
  }

  private static void assertJoined(String delivered, String answer, String whole) {
    String begun = delivered.replace("\\n", "\n");
    String said = answer.replace("\\n", "\n");
    assertThat(joined(begun, said)).isEqualTo(whole.replace("\\n", "\n"));
    assertThat(joined(begun, said.split(""))).isEqualTo(whole.replace("\\n", "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        // delivered|the new answer|what it comes to
        "The cat sat| on the mat.|The cat sat on the mat.",
        "The cat sat on|The cat sat on the mat.|The cat sat on the mat.",
        "I saw the cat sat on |the cat sat on the mat.|I saw the cat sat on the mat.",
        "The cat sat on|sat on the mat|The cat sat on the mat",
        "He is relia|reliable.|He is reliable.",
        "He is relia|ble.|He is reliable.",
        "one two |  three|one two  three",
        "It said ha|ppy|It said happy",
        "It said ha|happy|It said happy",
        "axb|xbc|axbxbc",
        "Nothing new at all|Nothing new at all|Nothing new at all",
        "Nothing new at all||Nothing new at all",
        "Done|.|Done.",
        "x = 1|1|x = 11",
        "x = 1|1 + 2|x = 11 + 2",
        "It costs 12|12 dollars|It costs 1212 dollars"
      })
  void joins(String delivered, @Nullable String answer, String whole) {
    assertJoined(delivered, answer == null ? "" : answer, whole);
  }

  @Test
  void everythingPassesWhereNothingWasDelivered() {
    assertThat(joined("", "Sorry, all of it.")).isEqualTo("Sorry, all of it.");
  }

  @Nested
  class Refuses {
    @ParameterizedTest
    @ValueSource(
        strings = {
          // repeated with changes
          "The cat sat on a rug and looked at the door.",
          "The cat is another.",
          "The cat sat on the mat",
          "The cats sat on the mat and looked",
          "the Cat sat on the mat, and looked out of the window",
          "**The cat sat on the mat** and looked",
          // begun anew in other words
          "A cat was sitting on a mat, looking at something.",
          "Here is a story about a cat that sat on a mat.",
          "On the mat sat the cat, looking around.",
          // words about itself
          "I apologize for the interruption. The cat",
          "I'm sorry, something went wrong. at the door",
          "Sorry about that! at me.",
          "My apologies. at me.",
          "Sure! Here is the rest: at me.",
          "Continuing from where I left off: at me.",
          "Here's the continuation: at me.",
          "Let me continue. at me",
          "(continued) at me",
          "Entschuldigung für die Unterbrechung. Die Katze",
          "Je suis désolé pour l'interruption.",
          "Lo siento por la interrupción."
        })
    void whatIsNoContinuation(String answer) {
      assertRefused(DELIVERED, answer);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        ignoreLeadingAndTrailingWhitespace = false,
        quoteCharacter = '`',
        value = {
          // the sentence before has ended
          "Paris is the capital of France. |The capital of France is Paris, a city on the Seine.",
          "The sum of two and three is five. |I am sorry for the interruption. The sum is five.",
          // a short beginning
          "This is a|Here is an answer.",
          "Photosynthesis is how plants make food. Light is absorbed by|Plants use light to live.",
          // a number for a beginning
          "1|1. Wash the apples.",
          // scripts without spaces
          "法国的首都是巴|巴黎是法国的首都，也是最大的城市。",
          "法国的首都是巴|很抱歉，刚才中断了。",
          // other alphabets
          "Столица Франции — это|Столица Франции называется Париж.",
          // within a line of speech, but about the interruption
          "He said: \"|I'm sorry, I was cut off. Let me go on."
        })
    void whateverTheTextIs(String delivered, String answer) {
      assertRefused(delivered, answer);
    }

    @Test
    void nothingPassesAfterwards() {
      ContinuationJoiner joiner = new ContinuationJoiner(DELIVERED);
      assertThat(joiner.add("I apologize for the interruption, and now I shall go on from there: "))
          .isEmpty();
      assertThat(joiner.add("at me.")).isEmpty();
      assertThat(joiner.isRefused()).isTrue();
      assertThat(joiner.end()).isEmpty();
    }
  }

  /** What looks like a new beginning and is none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "The capital of France is~ Paris, the largest city of the country.",
        "- Buy milk\\n- Buy bread\\n~- Buy eggs\\n- Call the bank\\n",
        "1. Wash the apples.\\n2. Cut the apples.\\n~3. Cook the apples.\\n4. Serve them.",
        "| Ann | 30 |\\n| Bob | 25 |\\n~| Cid | 41 |\\n",
        "public class Foo {\\n  private final int x;\\n~  private final int y;\\n  private long z;",
        "const user = get~ElementById('x'); const other = 1;",
        "Dear Ann,\\n\\n~I'm sorry to hear that you were ill last week.",
        "He looked up and said: “~Sorry, I did not see you there.”",
        "She told him that~ I am sorry for what happened.",
        "and I am~ sorry for the delay",
        "First we look at the engine. ~Of course, the engine is not everything.",
        "Die Katze sitzt auf der~ Matte und sieht nach draußen.",
        "机器学习是人工智能的一个分~支，它让计算机从数据中学习。",
        "She lives in New~ York, and works for a bank there.",
      })
  void joinsWhatOnlyLooksLikeABeginning(String delivered, String answer) {
    assertJoined(delivered, answer, delivered + answer);
  }

  @Test
  void passesOnceItIsClear() {
    ContinuationJoiner joiner = new ContinuationJoiner(DELIVERED);
    String some = " at the dog that came in from the garden and the rain,";
    assertThat(joiner.add(some)).isEmpty();
    assertThat(joiner.add(" wet")).isEqualTo(some + " wet");
    assertThat(joiner.add("The cat sat")).isEqualTo("The cat sat");
  }

  @Test
  void holdsBackWhileItMayRepeat() {
    ContinuationJoiner joiner = new ContinuationJoiner(DELIVERED);
    assertThat(joiner.add("The cat sat on the ")).isEmpty();
    assertThat(joiner.add("mat and looked at me")).isEqualTo(" at me");
  }

  @Test
  void holdsNoMoreThanItsReachUnlessItRepeats() {
    String delivered = "x" + "ab".repeat(500);
    ContinuationJoiner joiner = new ContinuationJoiner(delivered);
    String text = "ab".repeat(ContinuationJoiner.REACH / 2);
    assertThat(joiner.add(text) + joiner.add("c")).isEqualTo("c");
  }

  @Test
  void joinsRandomTextsWhateverTheWay() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      String delivered = words(random, 1 + random.nextInt(60)) + " ";
      String rest = words(random, 1 + random.nextInt(30));
      int overlap = Math.min(delivered.length(), ContinuationJoiner.LONG + random.nextInt(60));
      String answer =
          switch (random.nextInt(3)) {
            case 0 -> rest;
            case 1 -> delivered + rest;
            default -> delivered.substring(delivered.length() - overlap) + rest;
          };
      assertThat(joined(delivered, pieces(random, answer)))
          .as("seed %d", seed)
          .isEqualTo(delivered + rest);
    }
  }

  /** Whatever is repeated with one word changed is refused, unless the change comes at the end. */
  @Test
  void refusesRandomTextsThatAreRepeatedWithAChange() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      String delivered = words(random, 12 + random.nextInt(60));
      String[] repeated = delivered.split(" ", -1);
      repeated[4 + random.nextInt(repeated.length - 6)] = "changed";
      String answer = String.join(" ", repeated) + " " + words(random, 20);
      assertThat(joined(delivered, pieces(random, answer))).as("seed %d", seed).isNull();
    }
  }

  private static String words(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(Integer.toString(random.nextInt(1 << 28), 36));
    }
    return text.toString();
  }

  private static String[] pieces(Random random, String text) {
    return text.split("(?<=\\G.{" + (1 + random.nextInt(9)) + "})", -1);
  }
}
