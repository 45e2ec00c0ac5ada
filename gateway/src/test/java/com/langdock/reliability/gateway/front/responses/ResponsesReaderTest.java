package com.langdock.reliability.gateway.front.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Message.Role;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.gateway.exchange.WireFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesReaderTest {
  private static final String GEMINI = "gw1.gemini.YWJj";

  private static Conversation read(String json) {
    return ResponsesReader.read(Responses.json(json));
  }

  private static List<Message> messages(String items) {
    return read("{'input':[" + items + "]}").messages();
  }

  private static ContentBlock only(String items) {
    List<Message> messages = messages(items);
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst().blocks()).hasSize(1);
    return messages.getFirst().blocks().getFirst();
  }

  private static List<String> dropped(String json) {
    return read(json).unmapped().stream().map(UnmappedField::path).toList();
  }

  @Nested
  class Items {
    @Test
    void mayBeOneText() {
      Conversation conversation = read("{'instructions':'Be brief.','input':'Hi'}");

      assertThat(conversation.messages())
          .extracting(Message::role)
          .containsExactly(Role.SYSTEM, Role.USER);
    }

    @Test
    void keepTheirPlaces() {
      assertThat(
              messages(
                  "{'role':'developer','content':'a'},{'role':'user','content':'b'},"
                      + "{'role':'system','content':'c'},{'role':'assistant','content':'d'}"))
          .extracting(Message::role)
          .containsExactly(Role.SYSTEM, Role.USER, Role.SYSTEM, Role.ASSISTANT);
    }

    @Test
    void ofTheModelAreOneMessageAndResultsAnother() {
      List<Message> messages =
          messages(
              "{'type':'reasoning','summary':[{'type':'summary_text','text':'hm'}]},"
                  + "{'role':'assistant','content':'a'},"
                  + "{'type':'function_call','call_id':'1','name':'f','arguments':'{}'},"
                  + "{'type':'custom_tool_call','call_id':'2','name':'g','input':'x\\\"y'},"
                  + "{'type':'function_call_output','call_id':'1','output':'one'},"
                  + "{'type':'custom_tool_call_output','call_id':'2','output':"
                  + "[{'type':'input_text','text':'two'}]}");

      assertThat(messages).hasSize(2);
      assertThat(messages.getFirst().blocks())
          .containsExactly(
              new ContentBlock.Thinking("hm", null, "input[0]"),
              new ContentBlock.Text("a", null),
              new ContentBlock.ToolCall("1", "f", "{}", null, null),
              new ContentBlock.ToolCall("2", "g", "{\"input\":\"x\\\"y\"}", null, null));
      assertThat(messages.getLast().blocks()).hasSize(2);
    }

    @Test
    void ofAProviderAloneAreDropped() {
      assertThat(dropped("{'input':[{'type':'web_search_call'},{'role':'user','content':'a'}]}"))
          .containsExactly("input[0].type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compaction_trigger", "compaction", "item_reference", "later_type"})
    void ofOtherTypesAreForThisFormatOnly(String type) {
      assertThat(only("{'type':'" + type + "','id':'x'}"))
          .isEqualTo(
              new ContentBlock.Opaque(
                  WireFormat.RESPONSES,
                  "{\"type\":\"" + type + "\",\"id\":\"x\"}",
                  "input[0].type"));
    }

    @Test
    void withAnIdAloneAreReferences() {
      assertThat(((ContentBlock.Opaque) only("{'id':'msg_1'}")).path()).isEqualTo("input[0].id");
    }
  }

  @Nested
  class Reasoning {
    @Test
    void hasTheSignatureOfItsIssuer() {
      List<Message> messages =
          messages(
              "{'type':'reasoning','summary':[],'encrypted_content':'gAAA'},"
                  + "{'type':'reasoning','summary':[{'type':'summary_text','text':'t'}],"
                  + "'encrypted_content':'gw1.messages.YWJj'},{'role':'assistant','content':'a'}");

      assertThat(messages.getFirst().blocks())
          .startsWith(
              new ContentBlock.Thinking(
                  "", new Signature(WireFormat.RESPONSES, "gAAA"), "input[0]"),
              new ContentBlock.Thinking(
                  "t", new Signature(WireFormat.MESSAGES, "abc"), "input[1]"));
    }

    @Test
    void thatIsEmptyAndOfGeminiSignsTheNextCall() {
      ContentBlock call =
          only(
              "{'type':'reasoning','summary':[],'encrypted_content':'"
                  + GEMINI
                  + "'},"
                  + "{'type':'function_call','call_id':'1','name':'f','arguments':'{}'}");

      assertThat(((ContentBlock.ToolCall) call).signature())
          .isEqualTo(new Signature(WireFormat.GEMINI, "abc"));
    }

    @Test
    void thatLedToNothingIsDropped() {
      String items =
          "{'type':'reasoning','summary':[],'encrypted_content':'x'},{'role':'user','content':'a'}";

      assertThat(messages(items)).extracting(Message::role).containsExactly(Role.USER);
      assertThat(dropped("{'input':[" + items + "]}")).containsExactly("input[0]");
    }
  }

  @Nested
  class Parts {
    @Test
    void mayBeMedia() {
      assertThat(
              only(
                  "{'role':'user','content':[{'type':'input_image','image_url':"
                      + "'data:image/png;base64,AAAA'}]}"))
          .isEqualTo(
              new ContentBlock.Media(
                  ContentBlock.MediaKind.IMAGE,
                  new MediaSource.Data("image/png", "AAAA"),
                  null,
                  "input[0].content[0].image_url",
                  null));
      assertThat(only("{'role':'user','content':[{'type':'input_file','file_id':'file-1'}]}"))
          .isEqualTo(
              new ContentBlock.Media(
                  ContentBlock.MediaKind.FILE,
                  new MediaSource.Stored("file-1"),
                  null,
                  "input[0].content[0].file_id",
                  null));
    }

    @Test
    void haveMarks() {
      assertThat(
              only(
                  "{'role':'user','content':[{'type':'input_text','text':'a',"
                      + "'prompt_cache_breakpoint':{'mode':'explicit'}}]}"))
          .isEqualTo(new ContentBlock.Text("a", CacheMark.EPHEMERAL));
    }
  }

  @Nested
  class Tools {
    private static final String OFFERED =
        "'tools':[{'type':'function','name':'f'},{'type':'custom','name':'patch','format':"
            + "{'type':'grammar','syntax':'lark','definition':'start: x'}},"
            + "{'type':'namespace','name':'mcp__docs__','tools':[{'type':'function','name':'f'}]},"
            + "{'type':'web_search'},{'type':'tool_search','execution':'client'}]";

    private static List<String> functions(String json) {
      return read(json).tools().stream()
          .filter(Tool.Function.class::isInstance)
          .map(tool -> ((Tool.Function) tool).name())
          .toList();
    }

    @Test
    void areFunctionsOrOfAProvider() {
      assertThat(functions("{" + OFFERED + "}"))
          .containsExactly("f", "patch", "mcp__docs__f", "tool_search");
      assertThat(read("{" + OFFERED + "}").tools())
          .contains(new Tool.Unknown("web_search", "tools[3].type"));
    }

    @Test
    void mayBeInItemsAndFoundBySearch() {
      assertThat(
              functions(
                  "{'tools':[{'type':'function','name':'a'}],'input':[{'type':'additional_tools',"
                      + "'tools':[{'type':'namespace','name':'functions','tools':[{'type':'custom',"
                      + "'name':'exec'}]}]},{'type':'tool_search_output','execution':'client',"
                      + "'call_id':'1','tools':[{'type':'function','name':'found'}]}]}"))
          .containsExactly("a", "functions__exec", "found");
    }

    @Test
    void haveAGrammarInTheirDescription() {
      Tool.Function patch = (Tool.Function) read("{" + OFFERED + "}").tools().get(1);

      assertThat(patch.description()).endsWith("must match this lark grammar:\nstart: x");
      assertThat(Objects.requireNonNull(patch.parameters()).value().raw()).contains("\"input\"");
      assertThat(dropped("{" + OFFERED + "}")).containsExactly("tools[1].format");
    }

    @Test
    void haveShortNames() {
      String name = OfferedTools.flatName("n".repeat(60), "tool ü");

      assertThat(name).matches("[a-zA-Z0-9_-]{64}");
      assertThat(name).isNotEqualTo(OfferedTools.flatName("n".repeat(60), "tool o"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        nullValues = "null",
        value = {
          "'auto' | AUTO | null",
          "'none' | NONE | null",
          "'required' | ANY | null",
          "'later' | UNKNOWN | null",
          "{'type':'function','name':'f'} | ONE | f",
          "{'type':'function','name':'f','namespace':'mcp__docs__'} | ONE | mcp__docs__f",
          "{'type':'custom','name':'patch'} | ONE | patch",
          "{'type':'web_search'} | ONE | web_search",
          "{'type':'mcp','server_label':'x'} | UNKNOWN | mcp",
          "{'type':'allowed_tools','mode':'auto','tools':[{'type':'web_search'}]} | NONE | null",
        })
    void areChosen(String choice, ToolChoice.Mode mode, String only) {
      ToolChoice read = read("{" + OFFERED + ",'tool_choice':" + choice + "}").toolChoice();

      assertThat(read.mode()).isEqualTo(mode);
      assertThat(read.only()).isEqualTo(only);
    }

    @Test
    void mayBeAllowedByName() {
      ToolChoice choice =
          read("{"
                  + OFFERED
                  + ",'parallel_tool_calls':false,'tool_choice':{'type':'allowed_tools',"
                  + "'mode':'required','tools':[{'type':'function','name':'f'},"
                  + "{'type':'web_search'}]}}")
              .toolChoice();

      assertThat(choice)
          .isEqualTo(new ToolChoice(ToolChoice.Mode.ANY, null, List.of("f"), true, "tool_choice"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "previous_response_id | true | 'previous_response_id':'resp_1'",
        "conversation | true | 'conversation':'conv_1'",
        "background | true | 'background':true",
        "prompt | true | 'prompt':{'id':'p'}",
        "max_tool_calls | true | 'max_tool_calls':2",
        "truncation | false | 'truncation':'auto'",
        "prompt_cache_key | false | 'prompt_cache_key':'k'",
        "text.verbosity | false | 'text':{'verbosity':'low'}",
        "reasoning.context | false | 'reasoning':{'context':'all_turns'}",
        "include | false | 'include':['file_search_call.results']",
        "a_later_field | false | 'a_later_field':1",
      })
  void fieldsOfThisFormatAreListed(String path, boolean isRequired, String field) {
    assertThat(read("{'input':'a'," + field + "}").unmapped())
        .containsExactly(new UnmappedField(path, isRequired));
  }

  @Test
  void fieldsWithoutEffectAreNotListed() {
    assertThat(
            dropped(
                "{'input':'a','store':true,'background':false,'previous_response_id':null,"
                    + "'truncation':'disabled','service_tier':'auto','metadata':{},"
                    + "'text':{'verbosity':'medium','format':{'type':'text'}},"
                    + "'include':['reasoning.encrypted_content'],'stream_options':{}}"))
        .isEmpty();
  }

  @Test
  void optionsAreRead() {
    Conversation conversation =
        read(
            "{'input':'a','max_output_tokens':20,'reasoning':{'effort':'low'},'user':'u',"
                + "'text':{'format':{'type':'json_schema','name':'n','schema':{}}}}");

    assertThat(Objects.requireNonNull(conversation.options().limit()).value()).isEqualTo(20);
    assertThat(Objects.requireNonNull(conversation.options().effort()).value()).isEqualTo("low");
    assertThat(conversation.endUser()).isEqualTo("u");
    assertThat(conversation.shape()).isInstanceOf(AnswerShape.JsonSchema.class);
  }
}
