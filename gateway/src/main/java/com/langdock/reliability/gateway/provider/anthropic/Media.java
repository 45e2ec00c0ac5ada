package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The source of an image or a document in a form that Anthropic accepts. */
sealed interface Media {
  /** Whether it is an image; if not, it is a document. */
  boolean isImage();

  /** Writes the {@code source} object. */
  void writeSource(JsonGenerator out);

  /** An image that Anthropic fetches. */
  record ImageUrl(String url) implements Media {
    @Override
    public boolean isImage() {
      return true;
    }

    @Override
    public void writeSource(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("type", "url");
      out.writeStringProperty("url", url);
      out.writeEndObject();
    }
  }

  /** Base64 data, as the client encoded it. */
  record Encoded(String mediaType, String base64) implements Media {
    @Override
    public boolean isImage() {
      return mediaType.startsWith("image/");
    }

    @Override
    public void writeSource(JsonGenerator out) {
      Media.write(out, "base64", mediaType, base64);
    }
  }

  /** A plain text document. */
  record PlainText(String text) implements Media {
    @Override
    public boolean isImage() {
      return false;
    }

    @Override
    public void writeSource(JsonGenerator out) {
      Media.write(out, "text", "text/plain", text);
    }
  }

  /** Image formats that Anthropic accepts. */
  Set<String> IMAGE_TYPES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  /** The media type of a PDF. */
  String PDF = "application/pdf";

  /** The beginning of a PDF's base64, for data without a media type. */
  String PDF_MAGIC = "JVBERi0";

  /** The source of {@code media}; null if Anthropic does not accept it, as if it is empty. */
  static @Nullable Media of(ContentBlock.Media media) {
    if (media.source() instanceof MediaSource.Data data && data.base64().isEmpty()) {
      return null;
    }
    return switch (media.kind()) {
      case IMAGE -> ofImage(media.source());
      case FILE -> ofFile(media.source());
      case AUDIO -> null;
    };
  }

  private static @Nullable Media ofImage(MediaSource source) {
    return switch (source) {
      case MediaSource.Url url ->
          url.url().startsWith("https://") || url.url().startsWith("http://")
              ? new ImageUrl(url.url())
              : null;
      case MediaSource.Data data ->
          data.mediaType() != null && IMAGE_TYPES.contains(data.mediaType())
              ? new Encoded(data.mediaType(), data.base64())
              : null;
      case MediaSource.Stored stored -> null;
    };
  }

  private static @Nullable Media ofFile(MediaSource source) {
    return source instanceof MediaSource.Data data ? ofFile(data) : null;
  }

  private static @Nullable Media ofFile(MediaSource.Data data) {
    String mediaType = data.mediaType();
    if (mediaType == null) {
      return data.base64().startsWith(PDF_MAGIC) ? new Encoded(PDF, data.base64()) : null;
    }
    if (mediaType.startsWith("text/") || mediaType.equals("application/json")) {
      return text(data.base64());
    }
    return mediaType.equals(PDF) ? new Encoded(PDF, data.base64()) : null;
  }

  private static @Nullable Media text(String base64) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      return new PlainText(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null; // not base64
    }
  }

  private static void write(JsonGenerator out, String type, String mediaType, String data) {
    out.writeStartObject();
    out.writeStringProperty("type", type);
    out.writeStringProperty("media_type", mediaType);
    out.writeStringProperty("data", data);
    out.writeEndObject();
  }
}
