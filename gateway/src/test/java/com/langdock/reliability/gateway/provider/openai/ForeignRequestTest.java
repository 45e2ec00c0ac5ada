package com.langdock.reliability.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.ContentBlock.MediaKind;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Message.Role;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Foreign;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests of clients of other formats. */
class ForeignRequestTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ContentBlock IMAGE =
      new ContentBlock.Media(
          MediaKind.IMAGE, new MediaSource.Data("image/png", "aGk="), null, "image", null);

  private static Message user(ContentBlock... blocks) {
    return new Message(Role.USER, null, List.of(blocks), null);
  }

  private static Message assistant(ContentBlock... blocks) {
    return new Message(Role.ASSISTANT, null, List.of(blocks), null);
  }

  private static ContentBlock text(String text) {
    return new ContentBlock.Text(text, null);
  }

  private static ContentBlock call(String id) {
    return new ContentBlock.ToolCall(id, "look", "{\"at\":1}", null, null);
  }

  private static ContentBlock result(String id, ContentBlock... blocks) {
    return new ContentBlock.ToolResult(id, List.of(blocks), false, null);
  }

  private static Written.Request written(TargetRequest request, Set<Feature> features) {
    Written written = new OpenAiFormat(features).write(request);
    assertThat(written).isInstanceOf(Written.Request.class);
    return (Written.Request) written;
  }

  private static JsonNode body(Written.Request written) {
    return JSON.readTree(written.outgoing().body());
  }

  private static JsonNode messages(Set<Feature> features, Message... messages) {
    Conversation conversation = Foreign.conversation(List.of(messages), List.of());
    return body(written(Foreign.of(conversation, false, "m", Exchanges.OLD), features))
        .path("messages");
  }

  private static JsonNode messages(Message... messages) {
    return messages(EnumSet.of(Feature.LONG_CALL_IDS), messages);
  }

  private static void isRejected(Conversation conversation, String field) {
    Written written =
        new OpenAiFormat(true).write(Foreign.of(conversation, false, "m", Exchanges.OLD));
    assertThat(written).isInstanceOf(Written.Untranslatable.class);
    assertThat(((Written.Untranslatable) written).failure().field()).isEqualTo(field);
  }

  @Nested
  class Turns {
    @Test
    void systemMessagesKeepTheirPlace() {
      JsonNode all =
          messages(
              new Message(Role.SYSTEM, null, List.of(text("first")), null),
              user(text("ask")),
              new Message(Role.SYSTEM, null, List.of(text("later")), null),
              assistant(text("begin")));

      assertThat(all.findValuesAsString("role"))
          .containsExactly("system", "user", "system", "assistant");
      assertThat(all.findValuesAsString("content"))
          .containsExactly("first", "ask", "later", "begin");
    }

    @Test
    void severalTextsAreParts() {
      assertThat(messages(user(text("a"), text(""), text("b"))).at("/0/content").toString())
          .isEqualTo("[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]");
    }

    @Test
    void emptyMessagesAreDropped() {
      assertThat(messages(user(text("")), assistant(text("")), user(text("x")))).hasSize(1);
    }

    @Test
    void aPlaceholderStandsWhereNoMessageIsLeft() {
      assertThat(messages(user(text(""))).toString())
          .isEqualTo("[{\"role\":\"user\",\"content\":\".\"}]");
    }

    @Test
    void allResultsFollowTheirCallsBeforeOtherContent() {
      JsonNode all =
          messages(
              user(text("ask")),
              assistant(call("a"), call("b")),
              user(text("before"), result("b", text("B"))),
              new Message(Role.SYSTEM, null, List.of(text("note")), null),
              user(result("a", text("A"), IMAGE), text("after")),
              assistant(text("done")));

      assertThat(all.findValuesAsString("role"))
          .containsExactly(
              "user", "assistant", "tool", "tool", "user", "system", "user", "user", "assistant");
      assertThat(all.at("/2/tool_call_id").asString()).isEqualTo("b");
      assertThat(all.at("/3/content").asString()).isEqualTo("A");
      assertThat(all.at("/4/content").asString()).isEqualTo("before");
      assertThat(all.at("/6/content/0/text").asString()).isEqualTo("content of result a");
      assertThat(all.at("/6/content/1/image_url/url").asString())
          .isEqualTo("data:image/png;base64,aGk=");
      assertThat(all.at("/7/content").asString()).isEqualTo("after");
    }

    @Test
    void aFailedResultHasAPrefix() {
      JsonNode all =
          messages(
              assistant(call("a"), call("b")),
              user(
                  new ContentBlock.ToolResult("a", List.of(text("no \"file\"")), true, null),
                  new ContentBlock.ToolResult("b", List.of(), true, null)));

      assertThat(all.at("/1/content").asString()).isEqualTo("[error] no \"file\"");
      assertThat(all.at("/2/content").asString()).isEqualTo("[error]");
    }

    @Test
    void anEmptyResultIsAnEmptyText() {
      JsonNode all = messages(assistant(call("a")), user(result("a")));

      assertThat(all.at("/0/content").isNull()).isTrue();
      assertThat(all.at("/1/content").asString("none")).isEmpty();
    }

    @Test
    void callsHaveValidIdsAndArguments() {
      ContentBlock broken = new ContentBlock.ToolCall("f:0", "look", "{\"at\":", null, null);
      JsonNode all = messages(assistant(broken), user(result("f:0", text("x"))));

      assertThat(all.at("/0/tool_calls/0/id").asString()).isEqualTo("f_0");
      assertThat(all.at("/0/tool_calls/0/function/arguments").asString())
          .isEqualTo("{\"_raw\":\"{\\\"at\\\":\"}");
      assertThat(all.at("/1/tool_call_id").asString()).isEqualTo("f_0");
    }

    @Test
    void thinkingIsSentOnlyToProvidersThatTakeIt() {
      Message answer =
          assistant(
              new ContentBlock.Thinking("hm", null, "t0"),
              new ContentBlock.Thinking(
                  "secret", new ContentBlock.Signature(WireFormat.MESSAGES, "s"), "t1"),
              call("a"));
      Set<Feature> taking = EnumSet.of(Feature.REASONING_CONTENT);

      assertThat(messages(answer).at("/0/reasoning_content").isMissingNode()).isTrue();
      assertThat(messages(taking, answer).at("/0/reasoning_content").asString()).isEqualTo("hm");
      Conversation conversation = Foreign.conversation(List.of(answer), List.of());
      TargetRequest request = Foreign.of(conversation, false, "m", Exchanges.OLD);
      assertThat(written(request, Set.of()).changes().dropped()).containsExactly("t0", "t1");
      assertThat(written(request, taking).changes().dropped()).containsExactly("t1");
    }

    @Test
    void cacheMarksAreSentOnlyToProvidersThatTakeThem() {
      Message marked = new Message(Role.USER, null, List.of(text("long")), CacheMark.EPHEMERAL);

      assertThat(messages(marked).at("/0/content").asString()).isEqualTo("long");
      assertThat(
              messages(EnumSet.of(Feature.CACHE_CONTROL), marked)
                  .at("/0/content/0/cache_control/type")
                  .asString())
          .isEqualTo("ephemeral");
    }

    @Test
    void onlyGoogleGetsItsSignature() {
      Message answer =
          assistant(
              new ContentBlock.ToolCall(
                  "a", "f", "{}", new ContentBlock.Signature(WireFormat.GEMINI, "sig"), null));
      String path = "/0/tool_calls/0/extra_content/google/thought_signature";

      assertThat(messages(answer).at(path).isMissingNode()).isTrue();
      assertThat(messages(EnumSet.of(Feature.THOUGHT_SIGNATURE), answer).at(path).asString())
          .isEqualTo("sig");
    }

    @Test
    void theRestOfAnAnswerIsRequested() {
      TargetRequest request =
          Foreign.of(
                  "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":100}",
                  "m",
                  Exchanges.OLD)
              .continuing(Continued.of("so far ", Continuation.PREFILL));
      JsonNode body = body(written(request, Set.of()));

      assertThat(body.at("/messages/1/role").asString()).isEqualTo("assistant");
      assertThat(body.at("/messages/1/content").asString()).isEqualTo("so far ");
      assertThat(body.path("max_tokens").asLong()).isLessThan(100);
    }
  }

  @Nested
  class MediaOfUsers {
    private String content(ContentBlock block) {
      return messages(user(block)).at("/0/content").toString();
    }

    private ContentBlock media(MediaKind kind, MediaSource source) {
      return new ContentBlock.Media(kind, source, "name", "path", null);
    }

    @Test
    void areParts() {
      assertThat(content(media(MediaKind.IMAGE, new MediaSource.Url("https://x/y.png"))))
          .isEqualTo("[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y.png\"}}]");
      assertThat(content(media(MediaKind.FILE, new MediaSource.Data("application/pdf", "JVBE"))))
          .isEqualTo(
              "[{\"type\":\"file\",\"file\":{\"filename\":\"name\",\"file_data\":"
                  + "\"data:application/pdf;base64,JVBE\"}}]");
      assertThat(content(media(MediaKind.FILE, new MediaSource.Data("text/plain", "aGk="))))
          .isEqualTo("\"name\\n\\nhi\"");
      assertThat(content(media(MediaKind.AUDIO, new MediaSource.Data("audio/mpeg", "aGk="))))
          .isEqualTo(
              "[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"aGk=\",\"format\":"
                  + "\"mp3\"}}]");
    }

    @Test
    void ofOtherSourcesAreRejected() {
      for (ContentBlock block :
          List.of(
              media(MediaKind.FILE, new MediaSource.Url("https://x/y.pdf")),
              media(MediaKind.FILE, new MediaSource.Stored("file_1")),
              media(MediaKind.IMAGE, new MediaSource.Stored("file_1")))) {
        isRejected(Foreign.conversation(List.of(user(block)), List.of()), "path");
      }
    }
  }
}
