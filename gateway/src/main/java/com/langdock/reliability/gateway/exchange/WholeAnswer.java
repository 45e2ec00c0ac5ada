package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.function.Supplier;

/** A provider's complete answer. */
public sealed interface WholeAnswer {
  /** What it used, by the provider's report or estimated. */
  Usage usage();

  /** The same answer as the pieces of a stream, without its end. */
  List<Piece> pieces();

  /**
   * An answer in the client's own format; its bytes are passed on, never compared.
   *
   * @param root the JSON in {@code json}, an object to which fields may be appended
   * @param content the JSON literal of the first choice's text, {@code null} where it has none
   * @param stream makes the pieces of a stream that says the same
   */
  record Raw(byte[] json, JsonValue root, String content, Usage usage, Supplier<List<Piece>> stream)
      implements WholeAnswer {
    @Override
    public List<Piece> pieces() {
      return stream.get();
    }
  }

  /**
   * An answer in another format.
   *
   * @param pieces beginning with {@link Piece.Started}
   * @param tokens what it used, as reported or estimated
   */
  record Neutral(List<Piece> pieces, TokenReport tokens) implements WholeAnswer {
    @Override
    public Usage usage() {
      return tokens.usage();
    }
  }
}
