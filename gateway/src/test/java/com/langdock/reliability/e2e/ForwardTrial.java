package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Trial.Outcome;
import com.langdock.reliability.mock.MockProvider;
import com.langdock.reliability.mock.log.SeenRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

/** One target that is asked by the APIs whose requests are forwarded. */
record ForwardTrial(GatewayFixture fixture, String model, MockProvider mock) {
  /** An API whose requests are forwarded, with a request. */
  enum Api {
    EMBEDDINGS("/embeddings", "\"input\":\"Hi\""),
    COMPLETIONS("/completions", "\"prompt\":\"Say hi\""),
    MODERATIONS("/moderations", "\"input\":\"Hi\""),
    IMAGES("/images/generations", "\"prompt\":\"A cat\""),
    RERANK("/rerank", "\"query\":\"hi\",\"documents\":[\"a\",\"b\"]"),
    SPEECH("/audio/speech", "\"input\":\"Hi\",\"voice\":\"alloy\""),
    TRANSCRIPTIONS("/audio/transcriptions", "");

    private final String path;
    private final String fields;

    Api(String path, String fields) {
      this.path = path;
      this.fields = fields;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Tries an API; fails where the answer is neither the provider's nor a refusal. */
  Outcome of(Api api) {
    mock.reset();
    HttpResponse<String> response = asked(api);
    List<SeenRequest> seen = mock.requests();
    if (response.statusCode() == 400) {
      assertThat(response.body()).contains("invalid_request_error", "\"param\":\"model\"");
      assertThat(seen).isEmpty();
      return Outcome.REFUSED;
    }
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(seen).isNotEmpty();
    return Outcome.DONE;
  }

  private HttpResponse<String> asked(Api api) {
    String path = "/v1" + api.path;
    if (api == Api.TRANSCRIPTIONS) {
      Form form = new Form().file("file", new byte[100]).field("model", model);
      return fixture.send(form.to(fixture, path));
    }
    return fixture.posting(path, "{\"model\":\"%s\",%s}".formatted(model, api.fields)).join();
  }
}
