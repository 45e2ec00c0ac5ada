package com.langdock.reliability.gateway.front.forward;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A form with files (RFC 7578), whose bytes stay as the client sent them. Read strictly: what the
 * provider could read in another way than the gateway is no form.
 */
final class MultipartForm {
  /** The media type of such a body. */
  static final String TYPE = "multipart/form-data";

  /** The most parts; a request has a few fields and at most 16 images. */
  static final int MAX_PARTS = 128;

  /** The most bytes of the head of a part. */
  static final int MAX_PART_HEAD = 4 * 1024;

  /** The most characters of a boundary (RFC 2046, 5.1.1). */
  private static final int MAX_BOUNDARY = 70;

  private static final String BOUNDARY = "[0-9a-zA-Z'()+_,./:=?-]+";
  private static final byte[] NOTHING = {};
  private static final byte[] LINE = {'\r', '\n'};
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
  private static final byte[] LAST = {'-', '-'};

  private final byte[] bytes;
  private final List<FormPart> parts;

  /** Where the delimiter after the last part begins. */
  private final int end;

  private MultipartForm(byte[] bytes, List<FormPart> parts, int end) {
    this.bytes = bytes;
    this.parts = parts;
    this.end = end;
  }

  /** Whether {@code contentType} is that of a form. */
  static boolean isType(@Nullable String contentType) {
    return contentType != null && contentType.strip().toLowerCase(Locale.ROOT).startsWith(TYPE);
  }

  /** The form in {@code body}; null if it is none. */
  static @Nullable MultipartForm parse(byte[] body, String contentType) {
    String parameters = contentType.strip().substring(TYPE.length());
    String boundary = HeaderParameters.value(parameters, "boundary");
    boolean isValid =
        boundary != null && boundary.length() <= MAX_BOUNDARY && boundary.matches(BOUNDARY);
    return isValid ? new Parser(body, ("--" + boundary).getBytes(ISO_8859_1)).form() : null;
  }

  /** The parts, in their order. */
  List<FormPart> parts() {
    return parts;
  }

  /** The content of {@code part} as text. */
  String text(FormPart part) {
    return new String(bytes, part.content(), part.size(), UTF_8);
  }

  /**
   * The form with another value for the field {@code name} and without the fields {@code removed}.
   * The same array if nothing changes.
   */
  byte[] with(String name, String value, Set<String> removed) {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      FormPart part = parts.get(i);
      if (removed.contains(part.name())) {
        int next = i + 1 < parts.size() ? parts.get(i + 1).start() : end;
        edits.add(new Edit(part.start(), next, NOTHING));
      } else if (part.name().equals(name) && !text(part).equals(value)) {
        edits.add(new Edit(part.content(), part.end(), value.getBytes(UTF_8)));
      }
    }
    return edits.isEmpty() ? bytes : edited(edits);
  }

  private byte[] edited(List<Edit> edits) {
    byte[] edited = new byte[bytes.length + edits.stream().mapToInt(Edit::growth).sum()];
    int from = 0;
    int at = 0;
    for (Edit edit : edits) {
      System.arraycopy(bytes, from, edited, at, edit.from - from);
      at += edit.from - from;
      System.arraycopy(edit.replacement, 0, edited, at, edit.replacement.length);
      at += edit.replacement.length;
      from = edit.to;
    }
    System.arraycopy(bytes, from, edited, at, bytes.length - from);
    return edited;
  }

  /** Other bytes in place of those between two places. */
  private record Edit(int from, int to, byte[] replacement) {
    int growth() {
      return replacement.length - (to - from);
    }
  }

  /** Finds the parts between the delimiters. */
  private static final class Parser {
    private final byte[] body;
    private final byte[] delimiter;
    private final List<FormPart> parts = new ArrayList<>();

    Parser(byte[] body, byte[] delimiter) {
      this.body = body;
      this.delimiter = delimiter;
    }

    @Nullable MultipartForm form() {
      int at = startsWith(body, 0, LINE) ? LINE.length : 0;
      if (!startsWith(body, at, delimiter)) {
        return null;
      }
      int next = at;
      while (next >= 0 && parts.size() <= MAX_PARTS) {
        int after = next + delimiter.length;
        if (startsWith(body, after, LAST)) {
          return new MultipartForm(body, List.copyOf(parts), next);
        }
        next = startsWith(body, after, LINE) ? part(next, after + LINE.length) : -1;
      }
      return null;
    }

    /** Reads a part; returns where the next delimiter begins, negative if there is none. */
    private int part(int start, int head) {
      int limit = Math.min(body.length, head + MAX_PART_HEAD);
      int endOfHead = indexOf(END_OF_HEAD, head, limit);
      if (endOfHead < 0) {
        return -1;
      }
      int content = endOfHead + END_OF_HEAD.length;
      int end = endOfContent(content);
      String lines = new String(body, head, endOfHead - head, UTF_8);
      FormPart part = end < 0 ? null : FormPart.of(lines, start, content, end);
      if (part == null) {
        return -1;
      }
      parts.add(part);
      return end + LINE.length;
    }

    /** Where the line before the next delimiter begins; negative if there is none. */
    private int endOfContent(int content) {
      int at = indexOf(LINE, content, body.length);
      while (at >= 0 && !startsWith(body, at + LINE.length, delimiter)) {
        at = indexOf(LINE, at + 1, body.length);
      }
      return at;
    }

    private int indexOf(byte[] wanted, int from, int to) {
      for (int at = from; at <= to - wanted.length; at++) {
        if (body[at] == wanted[0] && startsWith(body, at, wanted)) {
          return at;
        }
      }
      return -1;
    }
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] prefix) {
    return bytes.length - from >= prefix.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }
}
