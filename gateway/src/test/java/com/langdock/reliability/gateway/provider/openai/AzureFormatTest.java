package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AzureFormatTest {
  private static final TargetRequest REQUEST =
      new TargetRequest(
          Exchanges.streaming("{\"model\":\"gpt-4\",\"stream\":true}"),
          new TargetModel("gpt-4", "my/deployment", Exchanges.OLD));

  private static AzureFormat format(@Nullable String apiVersion) {
    return new AzureFormat(new OpenAiFormat(true), apiVersion);
  }

  private static Outgoing sent(AzureFormat format) {
    return ((Written.Request) format.write(REQUEST)).outgoing();
  }

  @Test
  void sendsTheKeyInItsOwnHeader() {
    assertThat(format(null).headers("k"))
        .containsEntry("api-key", "k")
        .doesNotContainKey("authorization");
    assertThat(format(null).headers("")).doesNotContainKey("api-key");
  }

  @Test
  void namesTheDeploymentInTheBodyOrInThePathOfTheClassicApi() {
    assertThat(sent(format(null)).path()).isEqualTo("/chat/completions");
    assertThat(new String(sent(format(null)).body(), UTF_8)).contains("my/deployment");
    assertThat(sent(format("2024-10-21")).path())
        .isEqualTo("/deployments/my%2Fdeployment/chat/completions?api-version=2024-10-21");
    assertThat(format("2024-10-21").addedFields(REQUEST)).containsExactly("stream_options");
  }

  @Test
  void readsStreamsThatBeginWithTheResultsOfFilters() {
    List<Piece> pieces = new ArrayList<>();
    var reader = format(null).readStream(REQUEST, Replies.head(200));
    for (String data :
        List.of(
            "{\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
                + "\"prompt_filter_results\":[{\"prompt_index\":0}]}",
            "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
                + "\"content_filter_results\":{\"hate\":{\"filtered\":false}}}]}",
            "[DONE]")) {
      reader.read(data.getBytes(UTF_8), pieces::add);
    }
    assertThat(pieces).hasSize(2).last().isInstanceOf(Piece.Ended.class);
  }

  @Test
  void readsAFilteredPromptAsContentPolicy() {
    Decoded decoded =
        format(null)
            .readWhole(
                REQUEST,
                Replies.head(400),
                ("{\"error\":{\"code\":\"content_filter\",\"status\":400,\"param\":\"prompt\","
                        + "\"message\":\"filtered\",\"innererror\":{\"code\":"
                        + "\"ResponsibleAIPolicyViolation\"}}}")
                    .getBytes(UTF_8));
    assertThat(((Decoded.Failed) decoded).failure()).isInstanceOf(Failure.ContentPolicy.class);
  }
}
