package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Forwarding;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.front.ErrorTable;
import com.langdock.reliability.gateway.front.Front.Reading;
import com.langdock.reliability.gateway.front.ParsedBody;
import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.Rule;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request as an {@link Exchange} that is forwarded. Checks only what every provider needs;
 * the rest is the provider's to judge. Thread-safe.
 */
final class RequestReader {
  private static final String JSON = "application/json";
  private static final List<String> OWN = List.of("preferred_provider", "client_id");
  private static final List<Rule> OF_ALL = OWN.stream().map(Rule::name).toList();

  private final Predicate<String> served;

  /**
   * A reader.
   *
   * @param served whether a provider serves the model of this name
   */
  RequestReader(Predicate<String> served) {
    this.served = served;
  }

  Reading read(Endpoint endpoint, byte[] body) {
    return switch (ParsedBody.parse(body)) {
      case ParsedBody.Invalid invalid -> refused(invalid.problem());
      case ParsedBody.Json json -> {
        Problem problem = problem(endpoint, json.root());
        yield problem == null
            ? new Reading.Accepted(exchange(endpoint, body, json.root()))
            : refused(problem);
      }
    };
  }

  private static Reading refused(Problem problem) {
    return new Reading.Refused(ErrorTable.of(problem));
  }

  private @Nullable Problem problem(Endpoint endpoint, JsonValue root) {
    Problem problem = Rule.MODEL.check(root, "");
    String model = JsonFields.text(root, "model");
    if (problem == null && (model == null || !served.test(model))) {
      problem = Problem.modelNotFound(model == null ? "" : model);
    }
    problem = problem == null ? Rule.first(endpoint.rules(), root, "") : problem;
    return problem == null ? Rule.first(OF_ALL, root, "") : problem;
  }

  private static Exchange exchange(Endpoint endpoint, byte[] body, JsonValue root) {
    String model = JsonFields.text(root, "model");
    JsonValue prompt = JsonFields.value(root, endpoint.prompt());
    Forwarding forwarding =
        new Forwarding(endpoint.path(), JSON, name -> toProvider(body, root, name));
    return new Exchange(
        model == null ? "" : model,
        Task.FORWARD,
        JsonFields.text(root, "preferred_provider"),
        JsonFields.text(root, "client_id"),
        JsonFields.isTrue(root, "stream"),
        endpoint.traits().apply(root),
        prompt == null ? 0 : Inputs.tokens(prompt),
        Payload.forwarded(endpoint.format(), body, root, forwarding));
  }

  /** The body with the provider's name of the model, and without the gateway's own fields. */
  private static byte[] toProvider(byte[] body, JsonValue root, String upstreamName) {
    JsonSplice splice = new JsonSplice(body);
    JsonValue model = JsonFields.value(root, "model");
    if (model != null && !model.text().equals(upstreamName)) {
      splice.replace(model, JsonText.quote(upstreamName));
    }
    OWN.forEach(name -> splice.remove(root, name));
    return splice.bytes();
  }
}
