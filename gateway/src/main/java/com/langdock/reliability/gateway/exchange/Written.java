package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import java.util.List;
import java.util.function.Function;

/** The result of writing a request in a provider's format, and of signing it. */
public sealed interface Written {
  /**
   * The request to send.
   *
   * @param changes how its meaning differs from the client's request
   */
  record Request(Outgoing outgoing, RequestChanges changes) implements Written {
    /** A request with the meaning of the client's request. */
    public Request(Outgoing outgoing) {
      this(outgoing, RequestChanges.NONE);
    }
  }

  /**
   * A request that a provider takes in several calls, and whose answer is whole.
   *
   * @param outgoing the requests of the calls, at least one
   * @param join makes one answer of those to all parts, which are successes and in the same order;
   *     called where bodies are worked on
   * @param usage of parts whose answer is of no use because another part failed
   */
  record Parts(
      List<Outgoing> outgoing,
      RequestChanges changes,
      Function<List<PartAnswer>, Decoded> join,
      PartUsage usage)
      implements Written {
    /** The most parts. */
    public static final int MAX = 512;

    /** Keeps an immutable copy. */
    public Parts {
      outgoing = List.copyOf(outgoing);
    }
  }

  /** What a part has used. */
  @FunctionalInterface
  interface PartUsage {
    /** The tokens that the success {@code answer} to the part with this index took. */
    Usage of(int part, PartAnswer answer);
  }

  /** What one call was answered. Equality is not used, so the body may be an array. */
  record PartAnswer(ReplyHead head, byte[] body) {}

  /** The request is valid, but this format cannot express it. The failure contains the field. */
  record Untranslatable(Failure.Untranslatable failure) implements Written {}

  /** The request is written, but there is no credential to sign it with. No format returns it. */
  record Unsigned(Failure.CredentialMissing failure) implements Written {}
}
