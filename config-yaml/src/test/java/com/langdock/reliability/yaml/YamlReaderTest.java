package com.langdock.reliability.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.yaml.YamlNode.Mapping;
import com.langdock.reliability.yaml.YamlNode.Scalar;
import com.langdock.reliability.yaml.YamlNode.Sequence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class YamlReaderTest {
  private final Problems problems = new Problems();

  private YamlNode read(String text) {
    return YamlReader.document(text, problems).orElseThrow();
  }

  private List<String> problemsOf(String text) {
    YamlReader.document(text, problems);
    return problems.errors().stream().map(problem -> problem.in("f")).toList();
  }

  @Nested
  final class ATree {
    @Test
    void remembersLines() {
      Mapping root = (Mapping) read("# c\na: 1\nb:\n  - x\n  -\n    c: d\n");
      YamlNode list =
          new Sequence(
              List.of(new Scalar("x", true, 4), new Mapping(Map.of("c", entry("d", 6)), 6)), 4);
      assertThat(root.entries())
          .containsExactly(
              Map.entry("a", entry("1", 2)), Map.entry("b", new YamlNode.Entry(list, 3)));
    }

    private static YamlNode.Entry entry(String text, int line) {
      return new YamlNode.Entry(new Scalar(text, true, line), line);
    }

    @Test
    void hasNoKeysForAnEmptyText() {
      Mapping root = (Mapping) read("a: ~\nb: '~'\nc:\nd: ''");
      assertThat(root.entries().values())
          .extracting(entry -> ((Scalar) entry.value()).isNull())
          .containsExactly(true, false, true, false);
    }

    @Test
    void isEmptyForAnEmptyFile() {
      assertThat(read("# nothing")).isEqualTo(Mapping.empty(1));
    }

    @Test
    void sharesAnchoredNodesHoweverOftenTheyAreUsed() {
      StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
      for (int level = 1; level < 40; level++) {
        bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(level, level, level - 1, level - 1));
      }
      assertThat(((Mapping) read(bomb.toString())).entries()).hasSize(40);
    }
  }

  @Nested
  final class AProblem {
    @Test
    void isATextThatIsNotYaml() {
      assertThat(problemsOf("a: b\n c: d\n"))
          .containsExactly("f:2: is not YAML: mapping values are not allowed here");
    }

    @Test
    void isACharacterThatYamlDoesNotKnow() {
      assertThat(problemsOf("a: \0"))
          .containsExactly("f: is not YAML: it has a character that YAML does not allow");
    }

    @Test
    void isAKeyThatIsSetTwice() {
      assertThat(problemsOf("a:\n  b: 1\n  c: 2\n  b: 3\n"))
          .containsExactly("f:4: a.b: is already set in line 2");
    }

    @Test
    void isASecondDocument() {
      assertThat(problemsOf("a: 1\n---\nb: 1\n"))
          .containsExactly("f:2: a second document begins here; only one is read");
    }

    @Test
    void isAKeyThatIsNoText() {
      assertThat(problemsOf("a:\n  ? [x, [y]]\n  : {z: z}\n  b: 1\n"))
          .containsExactly("f:2: a: a key must be plain text");
    }

    @Test
    void isAnAliasWithoutAnchorOrOfItself() {
      assertThat(problemsOf("a: *b\nc: &c [*c]"))
          .containsExactly(
              "f:1: a: an alias (*) without its anchor (&); quote text with a *",
              "f:2: c[0]: an alias (*) without its anchor (&); quote text with a *");
    }

    @Test
    void isTooManyAliases() {
      assertThat(problemsOf("a: &a 1\nb: [" + "*a,".repeat(200) + "]"))
          .containsExactly("f:2: b[100]: more than 100 aliases (*)");
    }

    @Test
    void isTooDeepNesting() {
      assertThat(problemsOf("a: " + "[".repeat(5000) + "]".repeat(5000) + "\nb: 1"))
          .hasSize(1)
          .first()
          .asString()
          .endsWith("is nested deeper than 32 levels");
    }
  }
}
