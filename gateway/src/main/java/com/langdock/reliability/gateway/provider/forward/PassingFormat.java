package com.langdock.reliability.gateway.provider.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.AnswerHead;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Forwarding;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.ModelListing;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The format of a provider to which requests are passed on as they are. The provider's answer is
 * passed back with its status, unless it is about the gateway's account or could be better at
 * another time: these are failures.
 */
public final class PassingFormat implements ProviderFormat {
  /** What a provider may say of its answer. */
  private static final List<String> HEADERS =
      List.of(
          "accept-ranges",
          "cache-control",
          "content-disposition",
          "content-language",
          "content-range",
          "etag",
          "expires",
          "last-modified",
          "vary");

  /** The statuses from 400 on that are failures, besides those of the server. */
  private static final Set<Integer> FAILURES = Set.of(401, 402, 403, 407, 408, 425, 429);

  private static final int NOT_MODIFIED = 304;

  /** No error is as long; more of one is cut off, if it has a secret. */
  private static final int MAX_CLEANED = 1024 * 1024;

  private final ProviderFormat own;

  /** A format that answers everything else as {@code own} does. */
  public PassingFormat(ProviderFormat own) {
    this.own = own;
  }

  private static boolean isPassed(TargetRequest request) {
    return request.exchange().task() == Task.PASS;
  }

  private static boolean isPassedBack(int status) {
    return (status >= 200 && status < 300)
        || status == NOT_MODIFIED
        || (status >= 400 && status < 500 && !FAILURES.contains(status));
  }

  @Override
  public Map<String, String> headers(String credential) {
    return own.headers(credential);
  }

  @Override
  public boolean supports(Exchange exchange) {
    return exchange.task() == Task.PASS || own.supports(exchange);
  }

  @Override
  public ModelListing modelListing() {
    return own.modelListing();
  }

  @Override
  public Written write(TargetRequest request) {
    if (!isPassed(request)) {
      return own.write(request);
    }
    Forwarding forwarding = request.exchange().payload().forwarding();
    Body body = request.exchange().payload().body().hold();
    return new Written.Request(
        new Outgoing(forwarding.method(), forwarding.path(), forwarding.headers(), body, false));
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    return isPassed(request) ? Set.of() : own.addedFields(request);
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return !isPassed(request) && own.hasSignatures(request);
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    if (!isPassed(request)) {
      return own.readWhole(request, head, body);
    }
    if (!isPassedBack(head.status())) {
      return new Decoded.Failed(ErrorAnswer.failure(head, JsonBody.json(body)));
    }
    byte[] shown = head.status() < 400 ? body : cleaned(head, body);
    TokenReport nothing = TokenReport.raw(Usage.NONE, "null");
    return new Decoded.Answered(new WholeAnswer.Forwarded(shown, nothing));
  }

  /** An error without the provider's secrets and address, which it may quote. */
  private static byte[] cleaned(ReplyHead head, byte[] body) {
    String text = new String(body, UTF_8);
    String clean = head.redactor().clean(text, MAX_CLEANED);
    return text.startsWith(clean) ? body : clean.getBytes(UTF_8);
  }

  @Override
  public int status(TargetRequest request, ReplyHead head) {
    return isPassed(request) ? head.status() : AnswerHead.OK;
  }

  @Override
  public Map<String, String> answerHeaders(TargetRequest request, ReplyHead head) {
    if (!isPassed(request)) {
      return own.answerHeaders(request, head);
    }
    Map<String, String> passed = new LinkedHashMap<>();
    for (String name : HEADERS) {
      String value = head.headers().value(name);
      if (value != null) {
        passed.put(name, value);
      }
    }
    return passed;
  }

  @Override
  public @Nullable String contentType(TargetRequest request, ReplyHead head) {
    return isPassed(request)
        ? head.headers().value("content-type")
        : own.contentType(request, head);
  }

  @Override
  public EventStreams.Shape shape(TargetRequest request, byte[] piece) {
    return isPassed(request) ? EventStreams.Shape.EVENTS : own.shape(request, piece);
  }

  @Override
  public FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    return isPassed(request) ? new FileBytes(frames) : own.frames(request, frames);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return isPassed(request) ? FileBytes::read : own.readStream(request, head);
  }
}
