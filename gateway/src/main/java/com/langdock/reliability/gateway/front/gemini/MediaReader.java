package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.ContentBlock.MediaKind;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.json.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads images, documents and recordings. */
final class MediaReader {
  private static final String GOOGLE_FILES = "https://generativelanguage.googleapis.com/";
  private static final int BASE64_GROUP = 4;

  private MediaReader() {}

  /** The media of {@code part}, which is at {@code path}; null if it has none. */
  static @Nullable ContentBlock media(JsonValue part, String path) {
    JsonValue inline = ProtoFields.object(part, "inlineData");
    if (inline != null) {
      String type = type(inline);
      MediaSource source =
          new MediaSource.Data(
              type.isEmpty() ? null : type, base64(ProtoFields.textOrEmpty(inline, "data")));
      return block(inline, type, source, path + "." + ProtoFields.nameIn(part, "inlineData"));
    }
    JsonValue file = ProtoFields.object(part, "fileData");
    if (file == null) {
      return null;
    }
    String uri = ProtoFields.textOrEmpty(file, "fileUri");
    MediaSource source =
        isForAnybody(uri, type(file)) ? new MediaSource.Url(uri) : new MediaSource.Stored(uri);
    return block(file, type(file), source, path + "." + ProtoFields.nameIn(part, "fileData"));
  }

  private static ContentBlock block(JsonValue media, String type, MediaSource source, String path) {
    return new ContentBlock.Media(
        kind(type), source, ProtoFields.text(media, "displayName"), path, null);
  }

  private static String type(JsonValue media) {
    return ProtoFields.textOrEmpty(media, "mimeType").toLowerCase(Locale.ROOT);
  }

  private static MediaKind kind(String type) {
    if (type.startsWith("image/")) {
      return MediaKind.IMAGE;
    }
    return type.startsWith("audio/") ? MediaKind.AUDIO : MediaKind.FILE;
  }

  /** Whether providers other than Google can fetch the file, and know what to do with it. */
  private static boolean isForAnybody(String uri, String type) {
    boolean isWeb = uri.startsWith("https://") || uri.startsWith("http://");
    return isWeb
        && !uri.startsWith(GOOGLE_FILES)
        && (type.startsWith("image/") || type.equals("application/pdf"));
  }

  /** Google takes both alphabets, and data without its padding; others do not. */
  private static String base64(String data) {
    String standard = data.replace('-', '+').replace('_', '/');
    int rest = standard.length() % BASE64_GROUP;
    return rest < 2 ? standard : standard + "=".repeat(BASE64_GROUP - rest);
  }
}
