package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.ProviderReply;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the gateway-added field that a provider rejects.
 *
 * <p>Providers name it in {@code param} ({@code "stream_options"}), in {@code loc} of a validation
 * error, or in the message only: {@code Unrecognized request argument supplied: stream_options},
 * {@code json: unknown field "stream_options"}, {@code property 'stream_options' is unsupported}.
 * The client did not send the field, so an error that names it is about the added field, whatever
 * its wording.
 */
final class AddedFields {
  private AddedFields() {}

  /** The field of {@code fields} that {@code reply} names; null if it names none. */
  static @Nullable String named(ProviderReply reply, Set<String> fields) {
    for (String field : fields) {
      if (names(reply.param(), field) || names(reply.message(), field)) {
        return field;
      }
    }
    return null;
  }

  /** Whether the text contains the field's name as a whole word or at the beginning of a path. */
  private static boolean names(@Nullable String text, String field) {
    int at = text == null ? -1 : text.indexOf(field);
    while (text != null && at >= 0) {
      int end = at + field.length();
      boolean begins = at == 0 || !isNameCharacter(text.charAt(at - 1));
      if (begins && (end == text.length() || !isNameCharacter(text.charAt(end)))) {
        return true;
      }
      at = text.indexOf(field, end);
    }
    return false;
  }

  private static boolean isNameCharacter(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '-';
  }
}
