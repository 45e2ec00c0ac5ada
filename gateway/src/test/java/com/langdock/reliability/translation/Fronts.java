package com.langdock.reliability.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.front.chat.ChatFront;
import com.langdock.reliability.gateway.front.messages.MessagesFront;
import java.util.List;
import java.util.Map;

/** The client APIs, for one model of which nothing is known. */
final class Fronts {
  /** The model that clients name. */
  static final String MODEL = "any";

  private static final ModelCatalog NO_FACTS = new ModelCatalog(Map.of());
  private static final List<Target> TARGETS = List.of(new Target("p", MODEL));

  static final Front CHAT = new ChatFront(NO_FACTS, TARGETS, 0);
  static final Front MESSAGES = new MessagesFront(NO_FACTS, TARGETS);

  private Fronts() {}

  /** The request in {@code body} as {@code front} reads it. */
  static Exchange read(Front front, byte[] body) {
    Front.Reading reading = front.read(head(front), body, true);
    assertThat(reading).isInstanceOf(Front.Reading.Accepted.class);
    return ((Front.Reading.Accepted) reading).exchange();
  }

  /** The head of a request of {@code front}. */
  static RequestHead head(Front front) {
    String path = front.equals(CHAT) ? "/v1/chat/completions" : "/v1/messages";
    return new RequestHead(path, "", Map.of());
  }
}
