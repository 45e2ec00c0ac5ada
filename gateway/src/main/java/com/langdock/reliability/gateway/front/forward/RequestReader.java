package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Forwarding;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.front.ApiError;
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
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request as an {@link Exchange} that is forwarded. Checks only what every provider needs;
 * the rest is the provider's to judge. Thread-safe.
 */
final class RequestReader {
  private static final String MODEL = "model";
  private static final List<String> OWN = List.of("preferred_provider", "client_id");
  private static final List<Rule> OF_ALL = OWN.stream().map(Rule::name).toList();

  private static final ApiError NO_FORM =
      ApiError.invalid(
          400,
          "invalid_form",
          "The body is not a whole form of at most "
              + MultipartForm.MAX_PARTS
              + " parts, each with a name and a head of at most "
              + MultipartForm.MAX_PART_HEAD
              + " bytes.",
          null);

  private static final ApiError FORM_EXPECTED =
      ApiError.invalid(
          415, "unsupported_media_type", "The body must be a form: multipart/form-data.", null);

  private final Predicate<String> served;

  /**
   * A reader.
   *
   * @param served whether a provider serves the model of this name
   */
  RequestReader(Predicate<String> served) {
    this.served = served;
  }

  /** Reads a request whose body is of the type {@code contentType}, null if it does not say. */
  Reading read(Endpoint endpoint, @Nullable String contentType, Body body) {
    if (contentType != null && MultipartForm.isType(contentType)) {
      MultipartForm form = MultipartForm.parse(body.bytes(), contentType);
      return form == null
          ? new Reading.Refused(NO_FORM)
          : readForm(endpoint, contentType, body, form);
    }
    return endpoint.body().isJson() ? readJson(endpoint, body) : new Reading.Refused(FORM_EXPECTED);
  }

  private Reading readJson(Endpoint endpoint, Body body) {
    return switch (ParsedBody.parse(body)) {
      case ParsedBody.Invalid invalid -> refused(invalid.problem());
      case ParsedBody.Json json -> {
        JsonValue root = json.root();
        Forwarding forwarding = Forwarding.json(endpoint.path(), name -> toProvider(root, name));
        Payload payload = Payload.forwarded(endpoint.format(), body, root, forwarding);
        yield reading(endpoint, payload, problem(endpoint, root));
      }
    };
  }

  private Reading readForm(Endpoint endpoint, String contentType, Body body, MultipartForm form) {
    List<String> files = endpoint.body().files();
    Problem unreadable = FormFields.unreadable(form, files);
    if (unreadable != null) {
      return refused(unreadable);
    }
    return switch (ParsedBody.parse(Body.of(FormFields.json(form)))) {
      case ParsedBody.Invalid invalid -> refused(invalid.problem());
      case ParsedBody.Json fields -> {
        Forwarding forwarding =
            Forwarding.post(
                endpoint.path(), contentType, name -> form.with(MODEL, name, Set.copyOf(OWN)));
        Payload payload = Payload.form(endpoint.format(), body, fields.root(), forwarding);
        Problem problem = problem(endpoint, fields.root());
        yield reading(
            endpoint, payload, problem == null ? FormFields.missing(form, files) : problem);
      }
    };
  }

  private static Reading refused(Problem problem) {
    return new Reading.Refused(ErrorTable.of(problem));
  }

  private static Reading reading(Endpoint endpoint, Payload payload, @Nullable Problem problem) {
    return problem == null ? new Reading.Accepted(exchange(endpoint, payload)) : refused(problem);
  }

  private @Nullable Problem problem(Endpoint endpoint, JsonValue root) {
    Problem problem = Rule.MODEL.check(root, "");
    String model = JsonFields.text(root, MODEL);
    if (problem == null && (model == null || !served.test(model))) {
      problem = Problem.modelNotFound(model == null ? "" : model);
    }
    problem = problem == null ? Rule.first(endpoint.rules(), root, "") : problem;
    return problem == null ? Rule.first(OF_ALL, root, "") : problem;
  }

  private static Exchange exchange(Endpoint endpoint, Payload payload) {
    JsonValue root = payload.root();
    String model = JsonFields.text(root, MODEL);
    JsonValue prompt = JsonFields.value(root, endpoint.prompt());
    return new Exchange(
        model == null ? "" : model,
        Task.FORWARD,
        JsonFields.text(root, "preferred_provider"),
        JsonFields.text(root, "client_id"),
        endpoint.delivery().isStream(root),
        endpoint.traits().apply(root),
        prompt == null ? 0 : Inputs.tokens(prompt),
        payload);
  }

  /** The body with the provider's name of the model, and without the gateway's own fields. */
  private static byte[] toProvider(JsonValue root, String upstreamName) {
    JsonSplice splice = new JsonSplice(root);
    JsonValue model = JsonFields.value(root, MODEL);
    if (model != null && !model.text().equals(upstreamName)) {
      splice.replace(model, JsonText.quote(upstreamName));
    }
    OWN.forEach(name -> splice.remove(root, name));
    return splice.bytes();
  }
}
