package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Converts images, files and audio to parts of a message. A text document becomes text, because
 * OpenAI accepts no files but PDF.
 */
final class ChatMedia {
  private static final String PDF = "application/pdf";

  /** The beginning of a PDF's base64, for data without a media type. */
  private static final String PDF_MAGIC = "JVBERi0";

  private static final String PDF_NAME = "document.pdf";
  private static final String AUDIO = "audio/";

  private ChatMedia() {}

  /** The part without a cache mark; null if the format has none for this source. */
  static @Nullable ChatPart of(ContentBlock.Media media) {
    return switch (media.kind()) {
      case IMAGE -> image(media.source());
      case FILE -> media.source() instanceof MediaSource.Data data ? file(media, data) : null;
      case AUDIO -> media.source() instanceof MediaSource.Data data ? audio(data) : null;
    };
  }

  private static @Nullable ChatPart image(MediaSource source) {
    String url =
        switch (source) {
          case MediaSource.Url there -> there.url();
          case MediaSource.Data data ->
              data.mediaType() == null ? null : dataUrl(data.mediaType(), data.base64());
          case MediaSource.Stored stored -> null;
        };
    return url == null ? null : part("image_url", "{\"url\":" + JsonText.quote(url) + "}");
  }

  private static @Nullable ChatPart file(ContentBlock.Media media, MediaSource.Data data) {
    String type = data.mediaType();
    if (type != null && (type.startsWith("text/") || type.equals("application/json"))) {
      return text(media.name(), data.base64());
    }
    boolean isPdf = type == null ? data.base64().startsWith(PDF_MAGIC) : type.equals(PDF);
    String name = media.name() == null && isPdf ? PDF_NAME : media.name();
    String url =
        type == null && !isPdf ? data.base64() : dataUrl(isPdf ? PDF : type, data.base64());
    String filename = name == null ? "" : "\"filename\":" + JsonText.quote(name) + ",";
    return part("file", "{" + filename + "\"file_data\":" + JsonText.quote(url) + "}");
  }

  private static @Nullable ChatPart text(@Nullable String name, String base64) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return ChatPart.text(name == null ? text : name + "\n\n" + text, null);
    } catch (IllegalArgumentException e) {
      return null; // not base64
    }
  }

  private static @Nullable ChatPart audio(MediaSource.Data data) {
    String type = data.mediaType();
    if (type == null || !type.startsWith(AUDIO)) {
      return null;
    }
    String format =
        switch (type) {
          case "audio/mpeg" -> "mp3";
          case "audio/x-wav", "audio/wave" -> "wav";
          default -> type.substring(AUDIO.length());
        };
    String json =
        "{\"data\":"
            + JsonText.quote(data.base64())
            + ",\"format\":"
            + JsonText.quote(format)
            + "}";
    return part("input_audio", json);
  }

  private static String dataUrl(@Nullable String mediaType, String base64) {
    return "data:" + mediaType + ";base64," + base64;
  }

  private static ChatPart part(String type, String json) {
    return new ChatPart(type, json, null);
  }
}
