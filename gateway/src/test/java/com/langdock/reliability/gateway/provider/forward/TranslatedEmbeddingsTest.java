package com.langdock.reliability.gateway.provider.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.Front.Reading;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.front.forward.ForwardFront;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.forward.ForwardingFormat.Vendor;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslatedEmbeddingsTest {
  private static final String TITAN = "amazon.titan-embed-text-v2:0";
  private static final String COHERE = "eu.cohere.embed-v4:0";
  private static final String NOVA = "amazon.nova-2-multimodal-embeddings-v1:0";

  private final ForwardFront front = new ForwardFront(List.of(new Target("p", "m")));

  private static ForwardingFormat format(Vendor vendor) {
    return new ForwardingFormat(new OpenAiFormat(true), vendor, Set.of(WireFormat.EMBEDDINGS));
  }

  private TargetRequest request(String model, String fields) {
    byte[] body = ("{'model':'m'," + fields + "}").replace('\'', '"').getBytes(UTF_8);
    Reading reading =
        front.read(new RequestHead("/v1/embeddings", "", Map.of()), Body.of(body), true);
    Exchange exchange = ((Reading.Accepted) reading).exchange();
    return new TargetRequest(exchange, new TargetModel("m", model, Exchanges.OLD));
  }

  private Written.Parts parts(Vendor vendor, String model, String fields) {
    return (Written.Parts) format(vendor).write(request(model, fields));
  }

  private static String body(Outgoing outgoing) {
    return new String(outgoing.body(), UTF_8).replace('"', '\'');
  }

  private static String join(Written.Parts parts, Map<String, String> headers, String... bodies) {
    Decoded decoded = joined(parts, headers, bodies);
    WholeAnswer answer = ((Decoded.Answered) decoded).answer();
    return new String(((WholeAnswer.Forwarded) answer).bytes(), UTF_8).replace('"', '\'');
  }

  private static Decoded joined(
      Written.Parts parts, Map<String, String> headers, String... bodies) {
    List<Written.PartAnswer> answers = new ArrayList<>();
    Arrays.stream(bodies)
        .map(body -> body.replace('\'', '"').getBytes(UTF_8))
        .forEach(body -> answers.add(new Written.PartAnswer(Replies.head(200, headers), body)));
    return parts.join().apply(answers);
  }

  @Test
  void askGeminiForABatch() {
    Written.Parts parts =
        parts(Vendor.GEMINI, "gemini-embedding-001", "'input':['a','b'],'dimensions':3");

    assertThat(parts.outgoing()).hasSize(1);
    assertThat(parts.outgoing().getFirst().path())
        .isEqualTo("/models/gemini-embedding-001:batchEmbedContents");
    assertThat(body(parts.outgoing().getFirst()))
        .isEqualTo(
            "{'requests':[{'model':'models/gemini-embedding-001','content':{'parts':[{'text':'a'}]}"
                + ",'outputDimensionality':3},{'model':'models/gemini-embedding-001',"
                + "'content':{'parts':[{'text':'b'}]},'outputDimensionality':3}]}");
    assertThat(join(parts, Map.of(), "{'embeddings':[{'values':[1,2.50]},{'values':[-3e-2,4]}]}"))
        .isEqualTo(
            "{'object':'list','data':[{'object':'embedding','index':0,'embedding':[1,2.50]},"
                + "{'object':'embedding','index':1,'embedding':[-3e-2,4]}],'model':'m',"
                + "'usage':{'prompt_tokens':2,'total_tokens':2}}");
  }

  @Test
  void askVertexForABatch() {
    Written.Parts parts =
        parts(Vendor.VERTEX, "text-embedding-005", "'input':['a','b'],'dimensions':3");

    assertThat(parts.outgoing()).hasSize(1);
    assertThat(parts.outgoing().getFirst().path())
        .isEqualTo("/publishers/google/models/text-embedding-005:predict");
    assertThat(body(parts.outgoing().getFirst()))
        .isEqualTo(
            "{'instances':[{'content':'a'},{'content':'b'}],"
                + "'parameters':{'autoTruncate':false,'outputDimensionality':3}}");
    assertThat(
            join(
                parts,
                Map.of(),
                "{'predictions':[{'embeddings':{'values':[1],'statistics':{'token_count':2}}},"
                    + "{'embeddings':{'values':[2],'statistics':{'token_count':5}}}]}"))
        .contains("'index':0,'embedding':[1]", "'index':1,'embedding':[2]")
        .contains("'usage':{'prompt_tokens':7,'total_tokens':7}");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-embedding-2, publishers/google/models/gemini-embedding-2",
    "publishers/google/models/gemini-embedding-2, publishers/google/models/gemini-embedding-2",
    "intfloat/e5-maas, publishers/intfloat/models/e5-maas",
  })
  void askVertexForEachTextOfANewModel(String model, String path) {
    Written.Parts parts = parts(Vendor.VERTEX, model, "'input':['a','b'],'dimensions':3");

    assertThat(parts.outgoing())
        .extracting(Outgoing::path)
        .containsExactly("/" + path + ":embedContent", "/" + path + ":embedContent");
    assertThat(body(parts.outgoing().getLast()))
        .isEqualTo(
            "{'content':{'parts':[{'text':'b'}]},"
                + "'embedContentConfig':{'autoTruncate':false,'outputDimensionality':3}}");
    String answer = "{'embedding':{'values':[1]},'usageMetadata':{'promptTokenCount':4}}";
    assertThat(join(parts, Map.of(), answer, answer))
        .contains("'usage':{'prompt_tokens':8,'total_tokens':8}");
  }

  /** Google takes 20,000 tokens in one call. */
  @ParameterizedTest
  @CsvSource({"300, 10, 2", "30, 6000, 3", "3, 70000, 3", "1, 70000, 1", "251, 1, 2"})
  void divideTextsByTheirNumberAndLength(int texts, int characters, int calls) {
    String text = "'" + "x".repeat(characters) + "'";
    String input = "'input':[" + String.join(",", Collections.nCopies(texts, text)) + "]";
    Written.Parts parts = parts(Vendor.VERTEX, "gemini-embedding-001", input);

    assertThat(parts.outgoing()).hasSize(calls);
    assertThat(parts.outgoing().stream().mapToInt(part -> body(part).split("'content'").length - 1))
        .satisfies(sizes -> assertThat(sizes.stream().mapToInt(i -> i).sum()).isEqualTo(texts));
  }

  @Test
  void haveTheUsageOfPartsWhoseAnswersAreOfNoUse() {
    Written.Parts titan = parts(Vendor.BEDROCK, TITAN, "'input':['a','b']");
    Written.Parts gemini = parts(Vendor.GEMINI, "g", "'input':['abcd','efghi']");

    assertThat(usage(titan, 1, "{'embedding':[1],'inputTextTokenCount':9}"))
        .isEqualTo(new Usage(9, 0, 0));
    assertThat(usage(gemini, 0, "{'embeddings':[]}")).isEqualTo(new Usage(3, 0, 0));
    assertThat(usage(titan, 0, "no JSON")).isEqualTo(new Usage(1, 0, 0));
  }

  private static Usage usage(Written.Parts parts, int part, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);
    return parts.usage().of(part, new Written.PartAnswer(Replies.head(200, Map.of()), bytes));
  }

  @Test
  void askTitanForEachTextAndAddItsTokensUp() {
    Written.Parts parts = parts(Vendor.BEDROCK, TITAN, "'input':['a','b'],'dimensions':256");

    assertThat(parts.outgoing()).hasSize(2);
    assertThat(parts.outgoing().getFirst().path())
        .isEqualTo("/model/amazon.titan-embed-text-v2%3A0/invoke");
    assertThat(body(parts.outgoing().getLast())).isEqualTo("{'inputText':'b','dimensions':256}");
    assertThat(
            join(
                parts,
                Map.of(),
                "{'embedding':[1],'inputTextTokenCount':3}",
                "{'embedding':[2],'inputTextTokenCount':4}"))
        .contains("'index':0,'embedding':[1]", "'index':1,'embedding':[2]")
        .contains("'usage':{'prompt_tokens':7,'total_tokens':7}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'embeddings':{'float':[[1],[2]]}}",
        "{'embeddings':[[1],[2]]}",
      })
  void askCohereAtBedrockForABatch(String answer) {
    Written.Parts parts =
        parts(Vendor.BEDROCK, COHERE, "'input':['a','b'],'input_type':'search_query'");

    assertThat(body(parts.outgoing().getFirst()))
        .isEqualTo("{'texts':['a','b'],'input_type':'search_query','embedding_types':['float']}");
    assertThat(join(parts, Map.of("x-amzn-bedrock-input-token-count", "5"), answer))
        .contains("'embedding':[1]", "'embedding':[2]", "'prompt_tokens':5");
    assertThat(parts.changes()).isEqualTo(RequestChanges.NONE);
  }

  @Test
  void askNovaForEachText() {
    Written.Parts parts = parts(Vendor.BEDROCK, NOVA, "'input':'a','dimensions':384");

    assertThat(body(parts.outgoing().getFirst()))
        .contains("'embeddingPurpose':'GENERIC_INDEX'", "'value':'a'", "'embeddingDimension':384");
    assertThat(join(parts, Map.of(), "{'embeddings':[{'embeddingType':'TEXT','embedding':[1]}]}"))
        .contains("'embedding':[1]");
  }

  @Test
  void tellWhatWasChangedAndDropped() {
    Written.Parts cohere =
        parts(Vendor.BEDROCK, COHERE, "'input':'a','user':'u','preferred_provider':'p'");
    Written.Parts gemini = parts(Vendor.GEMINI, "g", "'input':'a','input_type':'x','y':1");

    assertThat(cohere.changes().adjusted()).containsExactly("input_type");
    assertThat(cohere.changes().dropped()).containsExactly("user");
    assertThat(gemini.changes().dropped()).containsExactlyInAnyOrder("input_type", "y");
  }

  @Test
  void encodeVectorsForAClientThatWantsBase64() {
    Written.Parts parts = parts(Vendor.GEMINI, "g", "'input':'a','encoding_format':'base64'");

    assertThat(join(parts, Map.of(), "{'embeddings':[{'values':[1.0,-2.5]}]}"))
        .contains("'embedding':'AACAPwAAIMA='");
  }

  @ParameterizedTest
  @CsvSource({"GEMINI, g, 100", "BEDROCK, amazon.titan-embed-text-v1, 1", "BEDROCK, cohere.x, 96"})
  void areSplitByWhatOneCallTakes(Vendor vendor, String model, int batch) {
    String texts =
        IntStream.range(0, 193).mapToObj(i -> "'t" + i + "'").collect(Collectors.joining(","));

    Written.Parts parts = parts(vendor, model, "'input':[" + texts + "]");

    assertThat(parts.outgoing()).hasSize((193 + batch - 1) / batch);
    assertThat(body(parts.outgoing().getLast())).contains("'t192'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "amazon.titan-embed-text-v2:0 | 'input':[1,2] | input",
        "amazon.titan-embed-text-v2:0 | 'input':[[1],[2]] | input",
        "amazon.titan-embed-text-v1 | 'input':'a','dimensions':3 | dimensions",
        "cohere.embed-english-v3 | 'input':'a','dimensions':3 | dimensions",
      })
  void areRefusedByNameWhereTheModelCannotBeAskedSo(String model, String fields, String field) {
    Written written = format(Vendor.BEDROCK).write(request(model, fields));

    assertThat(((Written.Untranslatable) written).failure().field()).isEqualTo(field);
  }

  @Test
  void areLimitedInNumber() {
    String texts =
        IntStream.rangeClosed(0, Written.Parts.MAX)
            .mapToObj(i -> "'t'")
            .collect(Collectors.joining(","));

    Written written = format(Vendor.BEDROCK).write(request(TITAN, "'input':[" + texts + "]"));

    assertThat(((Written.Untranslatable) written).failure().field()).isEqualTo("input");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'embeddings':[]}",
        "{'embeddings':[{'values':[1]},{'values':[2]},{'values':[3]}]}",
        "{'embeddings':[{'values':[1]},{'values':'x'}]}",
        "{'embeddings':7}",
        "[1]",
        "no JSON",
        "``",
      })
  void failWhereOneVectorIsMissing(String answer) {
    Written.Parts parts = parts(Vendor.GEMINI, "g", "'input':['a','b']");

    assertThat(((Decoded.Failed) joined(parts, Map.of(), answer)).failure())
        .isInstanceOf(Failure.Unreadable.class);
  }

  @Test
  void haveTheUsageOfTheProvider() {
    Written.Parts parts = parts(Vendor.BEDROCK, TITAN, "'input':'a'");
    Decoded decoded = joined(parts, Map.of(), "{'embedding':[1],'inputTextTokenCount':9}");

    assertThat(((Decoded.Answered) decoded).answer().usage()).isEqualTo(new Usage(9, 0, 0));
  }
}
