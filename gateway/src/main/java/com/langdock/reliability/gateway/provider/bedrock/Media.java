package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.MediaSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * An image or a document in a form that Bedrock accepts.
 *
 * @param isImage whether it is an image; if not, it is a document
 * @param format Bedrock's name of the media type
 * @param field of the source: {@code bytes} or {@code s3Location}
 * @param value base64 as the client encoded it, or a URL
 */
record Media(boolean isImage, String format, String field, String value) {
  private static final String BYTES = "bytes";
  private static final String STORED = "s3Location";

  /** The beginning of the URL of a file in the account's own storage. */
  private static final String S3 = "s3://";

  private static final String PDF = "pdf";

  /** The beginning of a PDF's base64, for data without a media type. */
  private static final String PDF_MAGIC = "JVBERi0";

  private static final Map<String, String> IMAGES =
      Map.of(
          "image/png",
          "png",
          "image/jpeg",
          "jpeg",
          "image/jpg",
          "jpeg",
          "image/gif",
          "gif",
          "image/webp",
          "webp");

  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "application/pdf", PDF,
          "text/csv", "csv",
          "text/html", "html",
          "text/markdown", "md",
          "application/json", "txt",
          "application/msword", "doc",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
          "application/vnd.ms-excel", "xls",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");

  /** The form of {@code media}; null if Bedrock does not accept it, as if it is empty. */
  static @Nullable Media of(ContentBlock.Media media) {
    boolean isImage = media.kind() == ContentBlock.MediaKind.IMAGE;
    if (media.kind() == ContentBlock.MediaKind.AUDIO) {
      return null;
    }
    return switch (media.source()) {
      case MediaSource.Url url -> ofStored(isImage, url.url());
      case MediaSource.Stored stored -> null;
      case MediaSource.Data data -> {
        String format = isImage ? IMAGES.get(data.mediaType()) : document(data);
        yield format == null || data.base64().isEmpty()
            ? null
            : new Media(isImage, format, BYTES, data.base64());
      }
    };
  }

  /** A file in S3, whose name must say what it is. */
  private static @Nullable Media ofStored(boolean isImage, String url) {
    String ending = url.substring(url.lastIndexOf('.') + 1);
    String format = ending.equals("jpg") ? "jpeg" : ending;
    boolean isKnown = (isImage ? IMAGES : DOCUMENTS).containsValue(format);
    return url.startsWith(S3) && isKnown ? new Media(isImage, format, STORED, url) : null;
  }

  private static @Nullable String document(MediaSource.Data data) {
    String type = data.mediaType();
    if (type == null) {
      return data.base64().startsWith(PDF_MAGIC) ? PDF : null;
    }
    String known = DOCUMENTS.get(type);
    return known == null && type.startsWith("text/") ? "txt" : known;
  }

  /**
   * Writes the content block.
   *
   * @param name of a document, unique in its request
   */
  void write(JsonGenerator out, String name) {
    out.writeStartObject();
    out.writeName(isImage ? "image" : "document");
    out.writeStartObject();
    out.writeStringProperty("format", format);
    if (!isImage) {
      out.writeStringProperty("name", name);
    }
    out.writeName("source");
    out.writeStartObject();
    if (field.equals(STORED)) {
      out.writeName(STORED);
      out.writeStartObject();
      out.writeStringProperty("uri", value);
      out.writeEndObject();
    } else {
      out.writeStringProperty(field, value);
    }
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }
}
