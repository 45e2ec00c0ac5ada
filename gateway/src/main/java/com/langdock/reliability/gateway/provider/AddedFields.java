package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.ProviderReply;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the field of the gateway's own that a provider refuses.
 *
 * <p>Providers name it in {@code param} ({@code "stream_options"}), in {@code loc} of a validation
 * error, or in the message only: {@code Unrecognized request argument supplied: stream_options},
 * {@code json: unknown field "stream_options"}, {@code property 'stream_options' is unsupported}.
 * The client did not send the field, so an error that names it can mean nothing else, whatever the
 * words are.
 */
final class AddedFields {
  private AddedFields() {}

  /** The one of {@code fields} that {@code reply} names, null when it names none. */
  static @Nullable String named(ProviderReply reply, Set<String> fields) {
    for (String field : fields) {
      if (names(reply.param(), field) || names(reply.message(), field)) {
        return field;
      }
    }
    return null;
  }

  /** Whether the field's name stands in the text by itself, or as the beginning of a path. */
  private static boolean names(@Nullable String text, String field) {
    int at = text == null ? -1 : text.indexOf(field);
    while (text != null && at >= 0) {
      int end = at + field.length();
      boolean begins = at == 0 || !isOfName(text.charAt(at - 1));
      if (begins && (end == text.length() || !isOfName(text.charAt(end)))) {
        return true;
      }
      at = text.indexOf(field, end);
    }
    return false;
  }

  private static boolean isOfName(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '-';
  }
}
