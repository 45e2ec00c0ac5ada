package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.StreamedPieces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The format of OpenAI's Responses API.
 *
 * <p>The bytes of a client of the same API are sent unchanged ({@link PassthroughRequest}). Other
 * requests are translated; {@link ResponseRequest} says which fields are dropped and which are
 * rejected.
 */
public final class ResponsesFormat implements ProviderFormat {
  /** The path of a new response. */
  static final String PATH = "/responses";

  /** The field that is left out once a provider has rejected it. */
  static final String SUMMARY = "reasoning.summary";

  private static final Set<String> ADDED = Set.of(SUMMARY);

  /** The response headers that clients act on; Codex shows the limits of its user. */
  private static final List<String> ANSWER_HEADERS =
      List.of(
          "openai-model",
          "openai-processing-ms",
          "x-codex-primary-used-percent",
          "x-codex-primary-window-minutes",
          "x-codex-primary-reset-after-seconds",
          "x-codex-primary-reset-at",
          "x-codex-secondary-used-percent",
          "x-codex-secondary-window-minutes",
          "x-codex-secondary-reset-after-seconds",
          "x-codex-secondary-reset-at",
          "x-codex-turn-state",
          "x-models-etag",
          "x-reasoning-included");

  @Override
  public Map<String, String> headers(String credential) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/json");
    if (!credential.isEmpty()) {
      headers.put("authorization", "Bearer " + credential);
    }
    return headers;
  }

  @Override
  public Written write(TargetRequest request) {
    return isPassedThrough(request)
        ? PassthroughRequest.write(request)
        : ResponseRequest.write(request);
  }

  private static boolean isPassedThrough(TargetRequest request) {
    return isPassedThrough(request.exchange());
  }

  private static boolean isPassedThrough(Exchange exchange) {
    return exchange.payload().format().equals(WireFormat.RESPONSES);
  }

  /** A summary of the thinking, which some accounts may not have. */
  @Override
  public Set<String> addedFields(TargetRequest request) {
    boolean isAdded =
        !isPassedThrough(request)
            && request.target().facts().reasoning()
            && !request.omittedFields().contains(SUMMARY);
    return isAdded ? ADDED : Set.of();
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return isPassedThrough(request)
        ? PassthroughRequest.hasSignatures(request)
        : InputItems.hasSignatures(request.conversation().messages());
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    boolean isStream = head.isSuccess() && EventStreams.isStream(body);
    if (isPassedThrough(request)) {
      return isStream
          ? StreamedResponse.read(request, head, body)
          : PassthroughAnswer.read(request, head, body);
    }
    return isStream
        ? StreamedPieces.read(readStream(request, head), head, body)
        : ResponseAnswer.read(request, head, body);
  }

  @Override
  public Map<String, String> answerHeaders(TargetRequest request, ReplyHead head) {
    if (!isPassedThrough(request)) {
      return Map.of();
    }
    Map<String, String> headers = new HashMap<>();
    for (String name : ANSWER_HEADERS) {
      String value = head.headers().value(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return headers;
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return isPassedThrough(request)
        ? new PassthroughStream(request.target(), head)
        : new ResponseStream(request, head);
  }
}
