package com.langdock.reliability.gateway.front.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.ContentBlock.MediaKind;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Message.Role;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Exchanges;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading chat completion requests as conversations. */
class ConversationReaderTest {
  private static final CacheMark HOUR = new CacheMark("{\"type\":\"ephemeral\",\"ttl\":\"1h\"}");
  private static final String MARK = "'cache_control':{'type':'ephemeral','ttl':'1h'}";

  /** The conversation in a request with these fields, in single quotes. */
  private static Conversation read(String fields) {
    return ConversationReader.read(Exchanges.json(("{" + fields + "}").replace('\'', '"')));
  }

  private static Message message(String message) {
    return read("'messages':[" + message + "]").messages().getFirst();
  }

  private static ContentBlock part(String part) {
    return message("{'role':'user','content':[" + part + "]}").blocks().getFirst();
  }

  private static ContentBlock text(String text) {
    return new ContentBlock.Text(text, null);
  }

  @Nested
  class Messages {
    @ParameterizedTest
    @CsvSource({
      "system, SYSTEM",
      "developer, SYSTEM",
      "user, USER",
      "assistant, ASSISTANT",
    })
    void keepTheirPositionAndRole(String role, Role expected) {
      Message message = message("{'role':'" + role + "','content':'x','name':'Ann'," + MARK + "}");

      Field<String> speaker = new Field<>("messages[0].name", "Ann");
      assertThat(message).isEqualTo(new Message(expected, speaker, List.of(text("x")), HOUR));
    }

    @Test
    void ofToolsAreResults() {
      Message message =
          message("{'role':'tool','tool_call_id':'a','content':'x','name':'f'," + MARK + "}");

      ContentBlock result = new ContentBlock.ToolResult("a", List.of(text("x")), false, HOUR);
      assertThat(message).isEqualTo(new Message(Role.USER, null, List.of(result), null));
    }

    @Test
    void withFunctionCallUseTheFunctionNameAsId() {
      Conversation conversation =
          read(
              "'messages':[{'role':'assistant','content':null,"
                  + "'function_call':{'name':'f','arguments':'{}'}},"
                  + "{'role':'function','name':'f','content':'x'}]");

      assertThat(conversation.messages())
          .extracting(Message::blocks)
          .containsExactly(
              List.of(new ContentBlock.ToolCall("f", "f", "{}", null, null)),
              List.of(new ContentBlock.ToolResult("f", List.of(text("x")), false, null)));
      assertThat(conversation.unmapped()).isEmpty();
    }

    @Test
    void ofTheAssistantHaveThinkingFirstAndCallsLast() {
      Message message =
          message(
              "{'role':'assistant','tool_calls':[{'id':'1','type':'function',"
                  + "'function':{'name':'f','arguments':{'x':1}}},"
                  + "{'id':'2','type':'custom','custom':{'name':'g'}}],"
                  + "'refusal':'no','content':'x','reasoning_content':'hm'}");

      assertThat(message.blocks())
          .containsExactly(
              new ContentBlock.Thinking("hm", null, "messages[0].reasoning_content"),
              text("x"),
              new ContentBlock.Refusal("no", null),
              new ContentBlock.ToolCall("1", "f", "{\"x\":1}", null, null),
              new ContentBlock.Opaque(
                  WireFormat.CHAT,
                  "{\"id\":\"2\",\"type\":\"custom\",\"custom\":{\"name\":\"g\"}}",
                  "messages[0].tool_calls[1].type"));
    }
  }

  @Nested
  class Parts {
    @Test
    void ofTextHaveMarks() {
      assertThat(part("{'type':'text','text':'x'," + MARK + "}"))
          .isEqualTo(new ContentBlock.Text("x", HOUR));
      assertThat(part("{'type':'text','text':'x','prompt_cache_breakpoint':{'mode':'explicit'}}"))
          .isEqualTo(new ContentBlock.Text("x", CacheMark.EPHEMERAL));
    }

    @Test
    void mayBeImages() {
      String path = "messages[0].content[0].image_url";
      assertThat(part("{'type':'image_url','image_url':{'url':'https://e.org/a.png'}}"))
          .isEqualTo(media(MediaKind.IMAGE, new MediaSource.Url("https://e.org/a.png"), path));
      assertThat(part("{'type':'image_url','image_url':'data:image/JPG;x=y;base64,AA=='}"))
          .isEqualTo(media(MediaKind.IMAGE, new MediaSource.Data("image/jpeg", "AA=="), path));
    }

    @Test
    void mayBeFiles() {
      String path = "messages[0].content[0].file";
      assertThat(part("{'type':'file','file':{'file_id':'file-1'}}"))
          .isEqualTo(media(MediaKind.FILE, new MediaSource.Stored("file-1"), path));
      assertThat(part("{'type':'file','file':{'file_data':'JVBERi0'}}"))
          .isEqualTo(media(MediaKind.FILE, new MediaSource.Data(null, "JVBERi0"), path));
      assertThat(
              part(
                  "{'type':'file','file':{'filename':'a.txt','file_data':"
                      + "'data:text/plain;base64,eA=='}}"))
          .isEqualTo(
              new ContentBlock.Media(
                  MediaKind.FILE, new MediaSource.Data("text/plain", "eA=="), "a.txt", path, null));
    }

    @Test
    void mayBeAudio() {
      assertThat(part("{'type':'input_audio','input_audio':{'data':'AA==','format':'wav'}}"))
          .isEqualTo(
              media(
                  MediaKind.AUDIO,
                  new MediaSource.Data("audio/wav", "AA=="),
                  "messages[0].content[0].input_audio"));
    }

    @Test
    void mayBeOfAnUnknownType() {
      assertThat(part("{'type':'hologram'}"))
          .isEqualTo(
              new ContentBlock.Opaque(
                  WireFormat.CHAT, "{\"type\":\"hologram\"}", "messages[0].content[0].type"));
    }

    private static ContentBlock media(MediaKind kind, MediaSource source, String path) {
      return new ContentBlock.Media(kind, source, null, path, null);
    }
  }

  @Nested
  class Tools {
    @Test
    void areFunctionsOrUnknown() {
      List<Tool> tools =
          read("'tools':[{'type':'function','function':{'name':'f','description':'d',"
                  + "'strict':true,'parameters':{'type':'object'}},"
                  + MARK
                  + "},{'type':'web_search'}]")
              .tools();

      Tool.Function function = (Tool.Function) tools.getFirst();
      assertThat(function.name()).isEqualTo("f");
      assertThat(function.description()).isEqualTo("d");
      assertThat(function.parameters())
          .isNotNull()
          .extracting(Field::path, field -> field.value().raw())
          .containsExactly("tools[0].parameters", "{\"type\":\"object\"}");
      assertThat(function.strict()).isEqualTo(new Field<>("tools[0].function.strict", true));
      assertThat(function.cacheMark()).isEqualTo(HOUR);
      assertThat(tools.getLast()).isEqualTo(new Tool.Unknown("", "tools[1].type"));
    }

    @Test
    void fromFunctionsAreCalledOneAtATime() {
      Conversation conversation = read("'functions':[{'name':'f'}],'function_call':{'name':'f'}");

      assertThat(conversation.tools())
          .containsExactly(new Tool.Function("f", null, null, null, null));
      assertThat(conversation.toolChoice())
          .isEqualTo(new ToolChoice(Mode.ONE, "f", null, true, "function_call"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            'auto'                                      | AUTO    |
            'none'                                      | NONE    |
            'required'                                  | ANY     |
            'any'                                       | ANY     |
            'sometimes'                                 | UNKNOWN |
            null                                        | AUTO    |
            {'type':'function','function':{'name':'f'}} | ONE     | f
            {'type':'custom','custom':{'name':'f'}}     | UNKNOWN |
            {'type':'allowed_tools','allowed_tools':{'mode':'required','tools':[]}} | ANY |
            """)
    void areChosen(String choice, Mode mode, String only) {
      ToolChoice read = read("'tool_choice':" + choice).toolChoice();

      assertThat(read.mode()).isEqualTo(mode);
      assertThat(read.only()).isEqualTo(only);
      assertThat(read.path()).isEqualTo("tool_choice");
    }

    @Test
    void mayBeAllowedByName() {
      ToolChoice choice =
          read("'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto',"
                  + "'tools':[{'type':'function','function':{'name':'f'}}]}},"
                  + "'parallel_tool_calls':false")
              .toolChoice();

      assertThat(choice)
          .isEqualTo(new ToolChoice(Mode.AUTO, null, List.of("f"), true, "tool_choice"));
    }
  }

  @Nested
  class Wishes {
    @Test
    void haveTheClientsSpelling() {
      AnswerOptions options =
          read("'max_tokens':5e1,'temperature':0.70,'stop':'END','reasoning_effort':'low',"
                  + "'n':2,'logprobs':true,'top_logprobs':3")
              .options();

      assertThat(options.limit()).isEqualTo(new Field<>("max_tokens", 50L));
      assertThat(options.sampling().temperature())
          .isNotNull()
          .extracting(field -> field.value().raw())
          .isEqualTo("0.70");
      assertThat(options.sampling().topP()).isNull();
      assertThat(options.sampling().stop()).isEqualTo(new Field<>("stop", List.of("END")));
      assertThat(options.effort()).isEqualTo(new Field<>("reasoning_effort", "low"));
      assertThat(options.choices()).isEqualTo(new Field<>("n", 2L));
      assertThat(options.logprobs()).isEqualTo(new Field<>("logprobs", 3L));
    }

    @Test
    void haveThePathOfTheEffectiveLimit() {
      assertThat(read("'max_tokens':5,'max_completion_tokens':7").options().limit())
          .isEqualTo(new Field<>("max_completion_tokens", 7L));
    }

    @Test
    void mayHaveAShape() {
      String format = "'response_format':";
      assertThat(read("'n':1").shape()).isEqualTo(new AnswerShape.Text());
      assertThat(read(format + "{'type':'json_object'}").shape())
          .isEqualTo(new AnswerShape.AnyJson("response_format"));
      assertThat(read(format + "{'type':'grammar'}").shape())
          .isEqualTo(new AnswerShape.Unknown("response_format.type"));
      assertThat(
              read(format
                      + "{'type':'json_schema','json_schema':{'name':'n','description':'d',"
                      + "'schema':{}}}")
                  .shape())
          .isInstanceOfSatisfying(
              AnswerShape.JsonSchema.class,
              shape -> {
                assertThat(shape.name()).isEqualTo("n");
                assertThat(shape.description()).isEqualTo("d");
                assertThat(shape.schema().path()).isEqualTo("response_format.json_schema.schema");
              });
    }

    @Test
    void haveTheEndUser() {
      assertThat(read("'user':'u'").endUser()).isEqualTo("u");
      assertThat(read("'user':'u','safety_identifier':'s'").endUser()).isEqualTo("s");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          seed               | false | 'seed':7
          min_p              | false | 'min_p':0.1
          web_search_options | true  | 'web_search_options':{}
          modalities         | true  | 'modalities':['text','audio']
          moderation         | true  | 'moderation':{'model':'m'}
          messages[0].name   | false | 'messages':[{'role':'tool','name':'f'}]
          messages[0].audio  | true  | 'messages':[{'role':'assistant','audio':{'id':'a'}}]
          messages[0].content[0].image_url.detail | false | 'messages':[{'role':'user',\
          'content':[{'type':'image_url','image_url':{'url':'http://e.org','detail':'low'}}]}]
          """)
  void otherFieldsAreListed(String path, boolean isRequired, String fields) {
    assertThat(read(fields).unmapped()).containsExactly(new UnmappedField(path, isRequired));
  }

  @Test
  void aCallHasTheSignatureThatGeminiGaveIt() {
    String call = "{'id':'c','function':{'name':'f','arguments':'{}'}%s}";
    String signed = call.formatted(",'extra_content':{'google':{'thought_signature':'s'}}");
    String message =
        "{'role':'assistant','tool_calls':[" + signed + "," + call.formatted("") + "]}";

    assertThat(message(message).blocks())
        .containsExactly(
            new ContentBlock.ToolCall(
                "c", "f", "{}", new ContentBlock.Signature(WireFormat.GEMINI, "s"), null),
            new ContentBlock.ToolCall("c", "f", "{}", null, null));
  }

  @Test
  void fieldsWithoutEffectAreNotListed() {
    assertThat(
            read("'logit_bias':{},'seed':null,'store':false,'modalities':['text'],"
                    + "'presence_penalty':0,'verbosity':'medium','service_tier':'auto',"
                    + "'stream':true,'client_id':'c'")
                .unmapped())
        .isEmpty();
  }
}
