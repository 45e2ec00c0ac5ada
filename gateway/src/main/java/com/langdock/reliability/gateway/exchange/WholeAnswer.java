package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.function.Supplier;

/** A provider's complete answer. */
public sealed interface WholeAnswer {
  /** The usage, as reported by the provider or estimated. */
  Usage usage();

  /** The answer as pieces of a stream, without {@link Piece.Ended}. */
  List<Piece> pieces();

  /**
   * An answer in the client's format. Equality is not used, so the bytes may be an array.
   *
   * @param root the JSON in {@code json}, an object
   * @param stream creates the equivalent pieces of a stream
   */
  record Raw(byte[] json, JsonValue root, Usage usage, Supplier<List<Piece>> stream)
      implements WholeAnswer {
    @Override
    public List<Piece> pieces() {
      return stream.get();
    }
  }

  /**
   * The answer to a request that was forwarded, in the client's format. Equality is not used, so
   * the bytes may be an array.
   */
  record Forwarded(byte[] bytes, TokenReport tokens) implements WholeAnswer {
    @Override
    public Usage usage() {
      return tokens.usage();
    }

    /** All bytes at once. */
    @Override
    public List<Piece> pieces() {
      return List.of(new Piece.Raw(bytes, "", Piece.Content.OTHER, 1, tokens));
    }
  }

  /**
   * An answer in another format.
   *
   * @param pieces beginning with {@link Piece.Started}
   * @param tokens the usage, as reported or estimated
   */
  record Neutral(List<Piece> pieces, TokenReport tokens) implements WholeAnswer {
    @Override
    public Usage usage() {
      return tokens.usage();
    }
  }
}
