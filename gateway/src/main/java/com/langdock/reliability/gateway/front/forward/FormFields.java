package com.langdock.reliability.gateway.front.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.json.JsonText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form that the gateway reads, as JSON, so that they obey the same rules as those
 * of a JSON body.
 */
final class FormFields {
  private static final Set<String> TEXTS =
      Set.of("model", "prompt", "response_format", "preferred_provider", "client_id");
  private static final Set<String> LITERALS = Set.of("stream", "n");

  /** A longer text is the provider's to judge; none of the fields above is as long. */
  private static final int MAX_TEXT = 64 * 1024;

  private FormFields() {}

  /**
   * The field of {@code form} that cannot be read; null if there is none. A field that the gateway
   * reads must be there once: the provider might read another one.
   *
   * @param files the names of the file, which must not be empty
   */
  static @Nullable Problem unreadable(MultipartForm form, List<String> files) {
    Set<String> seen = new HashSet<>();
    for (FormPart part : form.parts()) {
      String name = part.name();
      boolean isRead = TEXTS.contains(name) || LITERALS.contains(name);
      if (isRead && (!seen.add(name) || part.isFile())) {
        return Problem.invalid(name, "expected one text");
      }
      if (isRead && part.size() > MAX_TEXT) {
        return Problem.invalid(name, "expected at most " + MAX_TEXT + " bytes");
      }
      if (files.contains(name) && part.size() == 0) {
        return Problem.invalid(name, "expected a file that is not empty");
      }
    }
    return null;
  }

  /** The problem that {@code form} has none of the fields {@code files}; null if it has one. */
  static @Nullable Problem missing(MultipartForm form, List<String> files) {
    return form.parts().stream().anyMatch(part -> files.contains(part.name()))
        ? null
        : Problem.missing(files.getFirst());
  }

  /** The fields as an object in JSON. */
  static byte[] json(MultipartForm form) {
    StringJoiner json = new StringJoiner(",", "{", "}");
    for (FormPart part : form.parts()) {
      String name = part.name();
      if (TEXTS.contains(name) || LITERALS.contains(name)) {
        json.add(JsonText.quote(name) + ":" + value(name, form.text(part)));
      }
    }
    return json.toString().getBytes(UTF_8);
  }

  /** A flag or a number is written as such, for a form has only texts. */
  private static String value(String name, String text) {
    boolean isLiteral = LITERALS.contains(name) && text.matches("true|false|[1-9][0-9]{0,5}");
    return isLiteral ? text : JsonText.quote(text);
  }
}
