package com.langdock.reliability.gateway.front.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.ContentBlock.MediaKind;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Message.Role;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.json.JsonBody;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesReaderTest {
  private static final CacheMark HOUR = new CacheMark("{\"type\":\"ephemeral\",\"ttl\":\"1h\"}");
  private static final String MARK = "'cache_control':{'type':'ephemeral','ttl':'1h'}";

  /** The conversation in a request with these fields, in single quotes. */
  private static Conversation read(String fields) {
    return MessagesReader.read(Exchanges.json(("{" + fields + "}").replace('\'', '"')));
  }

  private static List<ContentBlock> blocks(String blocks) {
    return read("'messages':[{'role':'user','content':[" + blocks + "]}]")
        .messages()
        .getFirst()
        .blocks();
  }

  private static ContentBlock text(String text) {
    return new ContentBlock.Text(text, null);
  }

  @Nested
  class Messages {
    @Test
    void keepSystemMessagesInTheirPlace() {
      Conversation read =
          read(
              "'system':'Be brief.','messages':[{'role':'user','content':'a'},"
                  + "{'role':'system','content':'9 tokens left'},"
                  + "{'role':'assistant','content':'b'}]");

      assertThat(read.messages())
          .extracting(Message::role)
          .containsExactly(Role.SYSTEM, Role.USER, Role.SYSTEM, Role.ASSISTANT);
      assertThat(read.messages().get(2).blocks()).containsExactly(text("9 tokens left"));
    }

    @Test
    void keepSystemBlocksApartWithoutTheBillingBlock() {
      Conversation read =
          read(
              "'system':[{'type':'text','text':'x-anthropic-billing-header: cc_version=1;'},"
                  + "{'type':'text','text':'a',"
                  + MARK
                  + "},{'type':'text','text':'b'}]");

      assertThat(read.messages().getFirst().blocks())
          .containsExactly(new ContentBlock.Text("a", HOUR), text("b"));
    }

    @Test
    void keepTextBesideResultsInOrder() {
      assertThat(
              blocks(
                  "{'type':'text','text':'before'},{'type':'tool_result','tool_use_id':'a',"
                      + "'content':[{'type':'text','text':'x'},{'type':'image','source':"
                      + "{'type':'base64','media_type':'image/PNG','data':'AA'}},"
                      + "{'type':'tool_reference','tool_name':'look'}],'is_error':true,"
                      + MARK
                      + "},{'type':'text','text':'after'}"))
          .containsExactly(
              text("before"),
              new ContentBlock.ToolResult(
                  "a",
                  List.of(
                      text("x"),
                      new ContentBlock.Media(
                          MediaKind.IMAGE,
                          new MediaSource.Data("image/png", "AA"),
                          null,
                          "messages[0].content[1].content[1].source",
                          null),
                      text("look")),
                  true,
                  HOUR),
              text("after"));
    }

    @Test
    void haveDocumentsAsFilesOrAsText() {
      assertThat(
              blocks(
                  "{'type':'document','title':'t','source':{'type':'url','url':'http://a/b'}},"
                      + "{'type':'document','source':{'type':'file','file_id':'f'}},"
                      + "{'type':'document','title':'t','source':{'type':'text','data':'x'}},"
                      + "{'type':'document',"
                      + MARK
                      + ",'source':{'type':'content','content':'y'}},"
                      + "{'type':'search_result','title':'s','source':'u',"
                      + "'content':[{'type':'text','text':'z'}]}"))
          .containsExactly(
              new ContentBlock.Media(
                  MediaKind.FILE,
                  new MediaSource.Url("http://a/b"),
                  "t",
                  "messages[0].content[0].source",
                  null),
              new ContentBlock.Media(
                  MediaKind.FILE,
                  new MediaSource.Stored("f"),
                  null,
                  "messages[0].content[1].source",
                  null),
              text("t\nx"),
              new ContentBlock.Text("y", HOUR),
              text("s\nu\nz"));
    }

    @Test
    void keepThinkingWithItsIssuer() {
      String foreign = SignatureEnvelope.wrap(new Signature(WireFormat.GEMINI, "g"));

      assertThat(
              blocks(
                  "{'type':'thinking','thinking':'hm','signature':'s'},"
                      + "{'type':'redacted_thinking','data':'d'},"
                      + "{'type':'thinking','thinking':'','signature':'"
                      + foreign
                      + "'},{'type':'tool_use','id':'1','name':'f','input':{'a':1.50}}"))
          .containsExactly(
              new ContentBlock.Thinking(
                  "hm", new Signature(WireFormat.MESSAGES, "s"), "messages[0].content[0]"),
              new ContentBlock.Thinking(
                  "", new Signature(WireFormat.MESSAGES, "d"), "messages[0].content[1]"),
              new ContentBlock.ToolCall(
                  "1", "f", "{\"a\":1.50}", new Signature(WireFormat.GEMINI, "g"), null));
    }

    @Test
    void keepABlockThatCarriesNoCallsSignature() {
      String foreign = SignatureEnvelope.wrap(new Signature(WireFormat.GEMINI, "g"));

      assertThat(
              blocks(
                  "{'type':'thinking','thinking':'','signature':'"
                      + foreign
                      + "'},{'type':'text','text':'x'}"))
          .containsExactly(
              new ContentBlock.Thinking(
                  "", new Signature(WireFormat.GEMINI, "g"), "messages[0].content[0]"),
              text("x"));
    }

    @Test
    void keepBlocksOfServerToolsAsTheyAre() {
      assertThat(
              blocks(
                  "{'type':'server_tool_use','id':'s','name':'web_search','input':{}},"
                      + "{'type':'compaction','content':'so far','encrypted_content':'e'},"
                      + "{'type':'fallback'}"))
          .containsExactly(
              new ContentBlock.Opaque(
                  WireFormat.MESSAGES,
                  "{\"type\":\"server_tool_use\",\"id\":\"s\","
                      + "\"name\":\"web_search\",\"input\":{}}",
                  "messages[0].content[0].type"),
              text("so far"));
    }
  }

  @Nested
  class Tools {
    @Test
    void areFunctionsOrUnknown() {
      Conversation read =
          read(
              "'tools':[{'name':'f','description':'d','strict':true,"
                  + "'input_schema':{'type':'object'},"
                  + "'eager_input_streaming':true,"
                  + MARK
                  + "},{'type':'web_search_20260318','name':'web_search'},"
                  + "{'type':'custom','name':'g','defer_loading':true}]");

      assertThat(read.tools().getFirst())
          .isInstanceOfSatisfying(
              Tool.Function.class,
              function -> {
                assertThat(function.name()).isEqualTo("f");
                assertThat(function.description()).isEqualTo("d");
                assertThat(function.strict()).isEqualTo(new Field<>("tools[0].strict", true));
                assertThat(Objects.requireNonNull(function.parameters()).path())
                    .isEqualTo("tools[0].input_schema");
                assertThat(function.cacheMark()).isEqualTo(HOUR);
              });
      assertThat(read.tools().get(1)).isEqualTo(new Tool.Unknown("web_search", "tools[1].type"));
      assertThat(read.unmapped())
          .containsExactly(new UnmappedField("tools[2].defer_loading", false));
    }

    @Test
    void areAddedAndRemovedByMessages() {
      Conversation read =
          read(
              "'tools':[{'name':'a'},{'name':'b'}],'messages':[{'role':'user','content':["
                  + "{'type':'tool_addition','tools':[{'name':'c'}]},"
                  + "{'type':'tool_removal','tool_names':['a']},{'type':'text','text':'x'}]}]");

      assertThat(read.tools())
          .extracting(tool -> ((Tool.Function) tool).name())
          .containsExactly("b", "c");
      assertThat(read.messages().getFirst().blocks()).containsExactly(text("x"));
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "any, ANY", "none, NONE", "tool, ONE", "other, UNKNOWN"})
    void areChosen(String type, Mode mode) {
      var choice =
          read("'tool_choice':{'type':'" + type + "','disable_parallel_tool_use':true}")
              .toolChoice();

      assertThat(choice.mode()).isEqualTo(mode);
      assertThat(choice.oneAtATime()).isTrue();
      assertThat(read("'messages':[]").toolChoice().mode()).isEqualTo(Mode.AUTO);
    }
  }

  @Nested
  class Options {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{'type':'disabled'} | high | none",
          "{'type':'enabled','budget_tokens':1024} | | low",
          "{'type':'enabled','budget_tokens':16000} | | medium",
          "{'type':'enabled','budget_tokens':31999} | | high",
          "{'type':'enabled','budget_tokens':60000} | | xhigh",
          "{'type':'adaptive'} | max | max",
          "{'type':'adaptive','display':'omitted'} | | ",
        })
    void haveTheEffort(String thinking, String effort, String expected) {
      String config = effort == null ? "" : ",'output_config':{'effort':'" + effort + "'}";
      Field<String> read = read("'thinking':" + thinking + config).options().effort();

      assertThat(read == null ? null : read.value()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'output_config':{'format':X}", "'output_format':X"})
    void haveTheSchema(String field) {
      Conversation read =
          read(field.replace("X", "{'type':'json_schema','schema':{'type':'object'}}"));

      assertThat(read.shape())
          .isInstanceOfSatisfying(
              AnswerShape.JsonSchema.class, shape -> assertThat(shape.name()).isEqualTo("output"));
    }

    @Test
    void areNeverLessThanOneToken() {
      assertThat(read("'max_tokens':0").options().limit()).isEqualTo(new Field<>("max_tokens", 1L));
      assertThat(
              Objects.requireNonNull(
                  read("'stop_sequences':['a','b']").options().sampling().stop()))
          .isEqualTo(new Field<>("stop_sequences", List.of("a", "b")));
    }
  }

  @Test
  void fieldsOfThisFormatOnlyAreNamed() {
    Conversation read =
        read(
            "'metadata':{'user_id':'u'},'context_management':{'edits':[1]},'container':'c',"
                + "'service_tier':'auto','speed':'fast','mcp_servers':[],'new_field':1,"
                + "'preferred_provider':'x','output_config':{'task_budget':{'a':1}}");

    assertThat(read.endUser()).isEqualTo("u");
    assertThat(read.unmapped())
        .containsExactlyInAnyOrder(
            new UnmappedField("context_management", false),
            new UnmappedField("container", true),
            new UnmappedField("speed", false),
            new UnmappedField("new_field", false),
            new UnmappedField("output_config.task_budget", false));
  }

  @Test
  void recordedRequestsAreRead() {
    List<String> names = Recorded.names("requests/anthropic-messages", ".json");
    assertThat(names).isNotEmpty();
    assertThat(names)
        .allSatisfy(name -> {
          Conversation read =
              MessagesReader.read(Objects.requireNonNull(JsonBody.json(Recorded.bytes(name))));
          assertThat(read.messages()).isNotEmpty();
        });
  }
}
