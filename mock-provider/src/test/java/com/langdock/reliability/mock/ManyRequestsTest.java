package com.langdock.reliability.mock;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.log.SeenRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hundreds of requests at once. */
@Tag("e2e")
class ManyRequestsTest {
  private static final int REQUESTS = 400;

  @Test
  void areAllAnsweredWholeAndUseUpTheScriptExactly() throws Exception {
    List<String> script = new ArrayList<>(Collections.nCopies(100, "rate_limit"));
    script.addAll(Collections.nCopies(50, "overloaded"));
    try (MockProvider provider = MockProvider.openAi()) {
      provider.configure("{\"script\":" + quoted(script) + ",\"token_delay_ms\":1}");

      assertThat(statuses(provider)).isEqualTo(Map.of(200, 250, 429, 100, 503, 50));
      assertThat(provider.requests())
          .hasSize(REQUESTS)
          .extracting(SeenRequest::clientGone)
          .containsOnly(false);
    }
  }

  private static Map<Integer, Integer> statuses(MockProvider provider) throws Exception {
    Map<Integer, Integer> counts = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> responses = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        boolean streamed = i % 2 == 0;
        responses.add(
            threads.submit(() -> Calls.post(provider, Calls.OPENAI_PATH, Calls.hello(streamed))));
      }
      for (Future<HttpResponse<String>> response : responses) {
        counts.merge(checked(response.get()), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static int checked(HttpResponse<String> response) {
    if (response.statusCode() == 200) {
      assertThat(response.body()).contains("openai/m1.").containsPattern("\\[DONE]|usage");
    }
    return response.statusCode();
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]"));
  }
}
