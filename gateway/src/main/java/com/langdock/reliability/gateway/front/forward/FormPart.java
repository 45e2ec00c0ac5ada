package com.langdock.reliability.gateway.front.forward;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part of a form.
 *
 * @param name of the field
 * @param isFile whether it has the name of a file
 * @param start where its delimiter begins
 * @param content where its content begins
 * @param end where its content ends
 */
record FormPart(String name, boolean isFile, int start, int content, int end) {
  /** Names are shown in errors and compared; those of real forms are short. */
  private static final int MAX_NAME = 256;

  private static final String DISPOSITION = "content-disposition:";
  private static final String ENCODING = "content-transfer-encoding:";
  private static final String FORM_DATA = "form-data";

  /** The number of bytes of its content. */
  int size() {
    return end - content;
  }

  /**
   * The part with this head; null if it does not name a field, or its content is encoded.
   *
   * @param head the lines of the head
   */
  static @Nullable FormPart of(String head, int start, int content, int end) {
    String disposition = null;
    for (String line : head.split("\r\n", -1)) {
      String plain = line.toLowerCase(Locale.ROOT);
      if (plain.startsWith(DISPOSITION)) {
        if (disposition != null) {
          return null;
        }
        disposition = line.substring(DISPOSITION.length()).strip();
      } else if (plain.startsWith(ENCODING) && !isPlain(plain.substring(ENCODING.length()))) {
        return null;
      }
    }
    if (disposition == null || !disposition.toLowerCase(Locale.ROOT).startsWith(FORM_DATA)) {
      return null;
    }
    String parameters = disposition.substring(FORM_DATA.length());
    String name = HeaderParameters.value(parameters, "name");
    if (name == null || name.isEmpty() || name.length() > MAX_NAME) {
      return null;
    }
    boolean isFile =
        HeaderParameters.value(parameters, "filename") != null
            || HeaderParameters.value(parameters, "filename*") != null;
    return new FormPart(name, isFile, start, content, end);
  }

  private static boolean isPlain(String encoding) {
    String value = encoding.strip();
    return value.equals("binary") || value.equals("8bit") || value.equals("7bit");
  }
}
