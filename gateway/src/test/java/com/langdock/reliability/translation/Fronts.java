package com.langdock.reliability.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.front.chat.ChatFront;
import com.langdock.reliability.gateway.front.gemini.GeminiFront;
import com.langdock.reliability.gateway.front.messages.MessagesFront;
import com.langdock.reliability.gateway.front.responses.ResponsesFront;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The client APIs, for one model of which nothing is known. */
final class Fronts {
  /** The model that clients name. */
  static final String MODEL = "any";

  private static final ModelCatalog NO_FACTS = new ModelCatalog(Map.of());
  private static final List<Target> TARGETS = List.of(new Target("p", MODEL));

  static final Front CHAT = new ChatFront(NO_FACTS, TARGETS, 0);
  static final Front MESSAGES = new MessagesFront(NO_FACTS, TARGETS);
  static final Front RESPONSES = new ResponsesFront(NO_FACTS, TARGETS);
  static final Front GEMINI = new GeminiFront(NO_FACTS, TARGETS);

  private static final Map<String, Front> BY_NAME =
      Map.of("chat", CHAT, "messages", MESSAGES, "responses", RESPONSES, "gemini", GEMINI);

  private Fronts() {}

  /** The names of the APIs. */
  static Stream<String> names() {
    return BY_NAME.keySet().stream().sorted();
  }

  /** The API of this name. */
  static Front of(String name) {
    return Objects.requireNonNull(BY_NAME.get(name));
  }

  /** The request in {@code body} as {@code front} reads it. */
  static Exchange read(Front front, byte[] body) {
    Front.Reading reading = front.read(head(front), Body.of(body), true);
    assertThat(reading).isInstanceOf(Front.Reading.Accepted.class);
    return ((Front.Reading.Accepted) reading).exchange();
  }

  /** The head of a request of {@code front}. */
  static RequestHead head(Front front) {
    String path =
        Stream.of(
                "/v1/chat/completions",
                "/v1/messages",
                "/v1/responses",
                "/v1beta/models/" + MODEL + ":generateContent")
            .filter(each -> front.endpoint(each) != null)
            .findFirst()
            .orElseThrow();
    return new RequestHead(path, "alt=sse", Map.of());
  }
}
