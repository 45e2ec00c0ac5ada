package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The source of an image or a document that Anthropic can take. */
sealed interface Media {
  /** Whether it is an image; otherwise it is a document. */
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

  /** Bytes, as the client encoded them. */
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

  /** A document of plain text. */
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

  /** Image formats that Anthropic reads. */
  Set<String> IMAGE_TYPES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  /** What a PDF's base64 begins with, when a client sends it without saying what it is. */
  String PDF_MAGIC = "JVBERi0";

  /** The source of an {@code image_url} part, null when Anthropic cannot take it. */
  static @Nullable Media ofImage(JsonValue part) {
    JsonValue image = JsonFields.object(part, "image_url");
    String url = image == null ? JsonFields.text(part, "image_url") : JsonFields.text(image, "url");
    if (url == null) {
      return null;
    }
    if (url.startsWith("https://") || url.startsWith("http://")) {
      return new ImageUrl(url);
    }
    DataUrl data = DataUrl.parse(url);
    return data != null && IMAGE_TYPES.contains(data.mediaType())
        ? new Encoded(data.mediaType(), data.base64())
        : null;
  }

  /** The source of a {@code file} part, null when Anthropic cannot take it. */
  static @Nullable Media ofFile(JsonValue part) {
    String data = JsonFields.text(JsonFields.object(part, "file"), "file_data");
    if (data == null) {
      return null;
    }
    if (data.startsWith(PDF_MAGIC)) {
      return new Encoded("application/pdf", data);
    }
    DataUrl url = DataUrl.parse(data);
    if (url == null) {
      return null;
    }
    if (url.mediaType().startsWith("text/") || url.mediaType().equals("application/json")) {
      return url.text();
    }
    return url.mediaType().equals("application/pdf")
        ? new Encoded(url.mediaType(), url.base64())
        : null;
  }

  private static void write(JsonGenerator out, String type, String mediaType, String data) {
    out.writeStartObject();
    out.writeStringProperty("type", type);
    out.writeStringProperty("media_type", mediaType);
    out.writeStringProperty("data", data);
    out.writeEndObject();
  }

  /** A {@code data:} URL in base64. */
  record DataUrl(String mediaType, String base64) {
    static @Nullable DataUrl parse(String url) {
      int comma = url.indexOf(',');
      if (!url.startsWith("data:") || comma < 0) {
        return null;
      }
      String[] header = url.substring("data:".length(), comma).split(";", -1);
      String mediaType = header[0].strip().toLowerCase(Locale.ROOT);
      return header[header.length - 1].strip().equalsIgnoreCase("base64")
          ? new DataUrl(
              mediaType.equals("image/jpg") ? "image/jpeg" : mediaType, url.substring(comma + 1))
          : null;
    }

    @Nullable Media text() {
      try {
        byte[] bytes = Base64.getMimeDecoder().decode(base64);
        return new PlainText(new String(bytes, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        return null; // not base64
      }
    }
  }
}
