package com.langdock.reliability.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What reaches a client of a front from a provider's answer, without the rules of when it ends. */
final class Relay {
  private static final AnswerFacts FACTS = new AnswerFacts("req_1", "p", 1, 2, 3);

  private final Exchange exchange;
  private final ClientWriter writer;
  private @Nullable TokenReport tokens;
  private @Nullable Failure failure;
  private boolean finished;

  private Relay(Front front, Exchange exchange) {
    this.exchange = exchange;
    this.writer = front.writer(exchange, Fronts.head(front));
  }

  /** The client's stream; it ends in {@code failed: word} if the provider's is no whole answer. */
  static String stream(Front front, Exchange exchange, ProviderFormat format, byte[] sent) {
    return new Relay(front, exchange).stream(format, sent, null);
  }

  /** The same where the bytes arrive in random pieces. */
  static String pieces(
      Front front, Exchange exchange, ProviderFormat format, byte[] sent, Random random) {
    return new Relay(front, exchange).stream(format, sent, random);
  }

  /** The client's whole answer; {@code failed: word} if there is none. */
  static String whole(Front front, Exchange exchange, ProviderFormat format, byte[] sent) {
    return whole(front, exchange, format, new Recorded.Answer(Replies.head(200), sent));
  }

  /** The same for an answer of any status. */
  static String whole(
      Front front, Exchange exchange, ProviderFormat format, Recorded.Answer recorded) {
    return switch (format.readWhole(request(exchange), recorded.head(), recorded.body())) {
      case Decoded.Answered answered ->
          new String(front.answer(answered.answer(), exchange, FACTS), UTF_8);
      case Decoded.Failed failed -> failed(failed.failure());
    };
  }

  /** A request to a model of which nothing is known. */
  private static TargetRequest request(Exchange exchange) {
    TargetModel model = new TargetModel(Fronts.MODEL, "upstream-model", ModelFacts.UNKNOWN);
    return new TargetRequest(exchange, model);
  }

  private static String failed(Failure failure) {
    return "failed: " + failure.word() + "\n";
  }

  private String stream(ProviderFormat format, byte[] sent, @Nullable Random random) {
    PieceReader reader = format.readStream(request(exchange), Replies.head(200));
    FrameReader frames = format.frames(request(exchange), data -> reader.read(data, this::add));
    int at = 0;
    while (at < sent.length) {
      int length = random == null ? sent.length : 1 + random.nextInt(1 + random.nextInt(300));
      int end = Math.min(sent.length, at + length);
      frames.read(Arrays.copyOfRange(sent, at, end));
      at = end;
    }
    frames.end();
    if (failure == null && !finished) {
      failure = new Failure.Broken();
    }
    if (failure == null) {
      writer.end(tokens == null ? Usage.NONE : tokens.usage(), tokens);
    }
    String told = new String(writer.drain(), UTF_8);
    return failure == null ? told : told + failed(failure);
  }

  private void add(Piece piece) {
    TokenReport reported = piece instanceof Piece.Used used ? used.tokens() : piece.reported();
    tokens = reported == null ? tokens : reported;
    finished |= piece.finishes() > 0;
    if (piece instanceof Piece.Failed failed && failure == null) {
      failure = failed.failure();
    }
    boolean isWritten =
        !(piece instanceof Piece.Used
            || piece instanceof Piece.Ended
            || piece instanceof Piece.Failed);
    if (isWritten && failure == null) {
      writer.write(piece);
    }
  }
}
