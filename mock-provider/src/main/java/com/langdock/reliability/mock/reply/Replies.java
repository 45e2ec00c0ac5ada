package com.langdock.reliability.mock.reply;

import com.langdock.reliability.mock.fault.Damage;
import com.langdock.reliability.mock.fault.Fault;
import com.langdock.reliability.mock.fault.NoAnswer;
import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.Answers;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.reply.Step.Close;
import com.langdock.reliability.mock.reply.Step.Reset;
import com.langdock.reliability.mock.reply.Step.Wait;
import com.langdock.reliability.mock.reply.Step.Whole;
import com.langdock.reliability.mock.settings.Settings;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans replies in one provider's format. */
public final class Replies {
  private static final String PAGE =
      "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>";

  private final ProviderFormat format;
  private final Answers answers;

  /** Plans replies in that format. */
  public Replies(ProviderFormat format) {
    this.format = format;
    this.answers = new Answers(format.name());
  }

  /**
   * The fault that applies: some are for some requests only, and other requests are then answered
   * in full.
   */
  public static Fault applied(Fault chosen, ChatRequest request) {
    boolean pointless =
        (chosen == Refusal.PREFILL_REFUSED && !request.endsWithAssistant())
            || (chosen == Damage.MISSING_DONE && !request.streamed());
    return pointless ? Damage.NONE : chosen;
  }

  /** The steps of the reply; the last one ends the answer or the connection, or stops sending. */
  public List<Step> plan(Situation situation) {
    return switch (situation.fault()) {
      case Refusal refusal when isAnswered(refusal) ->
          delayed(situation, answered(Answer.BLOCKED, Damage.NONE, situation));
      case Refusal refusal -> delayed(situation, List.of(refused(refusal, situation)));
      case NoAnswer noAnswer -> withoutAnswer(noAnswer, situation);
      case Damage damage -> {
        Answer answer = answers.to(situation.request(), situation.settings().shape());
        yield delayed(situation, answered(answer, damage, situation));
      }
    };
  }

  private boolean isAnswered(Refusal refusal) {
    return refusal == Refusal.CONTENT_POLICY && format.answersBlockedPrompts();
  }

  /** The reply to an invalid request. */
  public Step plain(JsonAnswer error, Stamp stamp) {
    Map<String, String> headers = headers("application/json", stamp);
    headers.putAll(error.headers());
    return new Whole(error.status(), headers, Buffer.buffer(error.body()));
  }

  private List<Step> withoutAnswer(NoAnswer noAnswer, Situation situation) {
    Stamp stamp = situation.stamp();
    return switch (noAnswer) {
      case TIMEOUT -> List.of(new Wait(situation.settings().pace().timeout()), new Close());
      case RESET -> delayed(situation, List.of(new Reset()));
      case EMPTY ->
          delayed(
              situation,
              List.of(new Whole(200, headers("application/json", stamp), Buffer.buffer())));
      case HTML ->
          delayed(
              situation, List.of(new Whole(200, headers("text/html", stamp), Buffer.buffer(PAGE))));
    };
  }

  private Whole refused(Refusal refusal, Situation situation) {
    Settings settings = situation.settings();
    ChatRequest request = situation.request();
    JsonAnswer error = format.refusal(refusal, request, settings.refusals(), situation.stamp());
    Map<String, String> headers = headers(request.delivery().errorContentType(), situation.stamp());
    headers.putAll(error.headers());
    if (refusal == Refusal.RATE_LIMIT && !format.hasRetryDelayInBody()) {
      headers.putAll(RetryAfter.header(settings.refusals(), situation.stamp().time()));
    }
    int status =
        refusal == Refusal.SERVER_ERROR ? settings.refusals().serverErrorStatus() : error.status();
    return new Whole(status, headers, Buffer.buffer(error.body()));
  }

  private List<Step> answered(Answer answer, Damage damage, Situation situation) {
    ChatRequest request = situation.request();
    Stamp stamp = situation.stamp();
    Map<String, String> headers = headers(request.delivery().contentType(), stamp);
    return request.streamed()
        ? new StreamReply(situation.settings(), request.delivery(), headers)
            .steps(damage, format.stream(request, answer, stamp), format)
        : new WholeReply(headers).steps(damage, format.answer(request, answer, stamp), format);
  }

  private Map<String, String> headers(String contentType, Stamp stamp) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", contentType);
    headers.putAll(format.headers(stamp));
    return headers;
  }

  private static List<Step> delayed(Situation situation, List<Step> steps) {
    Duration delay = situation.settings().pace().beforeAnswer();
    if (delay.isZero()) {
      return steps;
    }
    List<Step> delayed = new ArrayList<>();
    delayed.add(new Wait(delay));
    delayed.addAll(steps);
    return delayed;
  }
}
