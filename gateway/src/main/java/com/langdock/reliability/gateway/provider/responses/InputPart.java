package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes parts of a message of the client. A text document becomes text, because OpenAI accepts no
 * files but PDF everywhere.
 */
final class InputPart {
  private static final String PDF = "application/pdf";

  /** The beginning of a PDF's base64, for data without a media type. */
  private static final String PDF_MAGIC = "JVBERi0";

  private static final String PDF_NAME = "document.pdf";

  private InputPart() {}

  /** A text. */
  static String text(String text) {
    return "{\"type\":\"input_text\",\"text\":" + JsonText.quote(text) + "}";
  }

  /** An image or a file; null if the format has none for this source. */
  static @Nullable String of(ContentBlock.Media media) {
    return switch (media.kind()) {
      case IMAGE -> image(media.source());
      case FILE -> file(media);
      case AUDIO -> null;
    };
  }

  private static @Nullable String image(MediaSource source) {
    String url =
        switch (source) {
          case MediaSource.Url there -> there.url();
          case MediaSource.Data data ->
              data.mediaType() == null ? null : dataUrl(data.mediaType(), data.base64());
          case MediaSource.Stored stored -> null;
        };
    return url == null
        ? null
        : "{\"type\":\"input_image\",\"detail\":\"auto\",\"image_url\":"
            + JsonText.quote(url)
            + "}";
  }

  private static @Nullable String file(ContentBlock.Media media) {
    return switch (media.source()) {
      case MediaSource.Url there ->
          "{\"type\":\"input_file\",\"file_url\":" + JsonText.quote(there.url()) + "}";
      case MediaSource.Data data -> file(media.name(), data);
      case MediaSource.Stored stored -> null;
    };
  }

  private static @Nullable String file(@Nullable String name, MediaSource.Data data) {
    String type = data.mediaType();
    if (type != null && (type.startsWith("text/") || type.equals("application/json"))) {
      return text(name, data.base64());
    }
    boolean isPdf = type == null ? data.base64().startsWith(PDF_MAGIC) : type.equals(PDF);
    if (type == null && !isPdf) {
      return null;
    }
    return "{\"type\":\"input_file\",\"filename\":"
        + JsonText.quote(name == null ? PDF_NAME : name)
        + ",\"file_data\":"
        + JsonText.quote(dataUrl(isPdf || type == null ? PDF : type, data.base64()))
        + "}";
  }

  private static @Nullable String text(@Nullable String name, String base64) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text(name == null ? text : name + "\n\n" + text);
    } catch (IllegalArgumentException e) {
      return null; // not base64
    }
  }

  private static String dataUrl(String mediaType, String base64) {
    return "data:" + mediaType + ";base64," + base64;
  }
}
