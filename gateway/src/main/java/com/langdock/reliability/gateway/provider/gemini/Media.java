package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.MediaSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The source of an image, a document or a recording in a form that Gemini accepts. */
sealed interface Media {
  /** Writes the part. */
  void write(JsonGenerator out);

  /** Base64 data, as the client encoded it. */
  record Inline(String mediaType, String base64) implements Media {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeName("inlineData");
      out.writeStartObject();
      out.writeStringProperty("mimeType", mediaType);
      out.writeStringProperty("data", base64);
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /** A file that Google stores. */
  record Stored(String uri) implements Media {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeName("fileData");
      out.writeStartObject();
      out.writeStringProperty("fileUri", uri);
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /** Image formats that Gemini accepts. */
  Set<String> IMAGE_TYPES =
      Set.of("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif");

  /** The media type of a PDF. */
  String PDF = "application/pdf";

  /** The beginning of a PDF's base64, for data without a media type. */
  String PDF_MAGIC = "JVBERi0";

  /** The beginning of the URL of a file in Google's storage. */
  String GOOGLE_STORAGE = "gs://";

  /** The beginning of the URL of a file that was uploaded to the Gemini API. */
  String GEMINI_FILES = "https://generativelanguage.googleapis.com/";

  /** The source of {@code media}; null if Gemini does not accept it, as if it is empty. */
  static @Nullable Media of(ContentBlock.Media media) {
    return switch (media.source()) {
      case MediaSource.Url url -> isStored(url.url()) ? new Stored(url.url()) : null;
      case MediaSource.Stored stored -> null;
      case MediaSource.Data data -> {
        String type = type(media.kind(), data);
        yield type == null || data.base64().isEmpty() ? null : new Inline(type, data.base64());
      }
    };
  }

  private static boolean isStored(String url) {
    return url.startsWith(GOOGLE_STORAGE) || url.startsWith(GEMINI_FILES);
  }

  private static @Nullable String type(ContentBlock.MediaKind kind, MediaSource.Data data) {
    String type = data.mediaType();
    return switch (kind) {
      case IMAGE -> type != null && IMAGE_TYPES.contains(type) ? type : null;
      case AUDIO -> type;
      case FILE -> documentType(type, data.base64());
    };
  }

  private static @Nullable String documentType(@Nullable String type, String base64) {
    if (type == null) {
      return base64.startsWith(PDF_MAGIC) ? PDF : null;
    }
    if (type.startsWith("text/") || type.equals("application/json")) {
      return "text/plain";
    }
    boolean isKnown = type.equals(PDF) || IMAGE_TYPES.contains(type) || type.startsWith("audio/");
    return isKnown ? type : null;
  }
}
