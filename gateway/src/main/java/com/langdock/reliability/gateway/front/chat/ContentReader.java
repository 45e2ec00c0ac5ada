package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.ContentBlock.MediaKind;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the content of a message: a string, or an array of parts. */
final class ContentReader {
  private ContentReader() {}

  /** The blocks of the message at {@code path}; may be empty. */
  static List<ContentBlock> read(JsonValue message, String path) {
    String text = JsonFields.text(message, "content");
    if (text != null) {
      return List.of(new ContentBlock.Text(text, null));
    }
    List<ContentBlock> blocks = new ArrayList<>();
    List<JsonValue> parts = JsonFields.array(message, "content");
    for (int i = 0; i < parts.size(); i++) {
      blocks.add(part(parts.get(i), path + ".content[" + i + "]."));
    }
    return List.copyOf(blocks);
  }

  /**
   * The breakpoint that the client set on a part, a message or a tool: OpenRouter's {@code
   * cache_control} or OpenAI's {@code prompt_cache_breakpoint}; null if there is none.
   */
  static @Nullable CacheMark cacheMark(@Nullable JsonValue holder) {
    JsonValue control = JsonFields.object(holder, "cache_control");
    if (control != null) {
      return new CacheMark(control.raw());
    }
    return JsonFields.value(holder, "prompt_cache_breakpoint") == null ? null : CacheMark.EPHEMERAL;
  }

  private static ContentBlock part(JsonValue part, String path) {
    CacheMark mark = cacheMark(part);
    return switch (JsonFields.text(part, "type")) {
      case "text" -> new ContentBlock.Text(text(part, "text"), mark);
      case "refusal" -> new ContentBlock.Refusal(text(part, "refusal"), mark);
      case "image_url" ->
          new ContentBlock.Media(MediaKind.IMAGE, image(part), null, path + "image_url", mark);
      case "file" -> {
        JsonValue file = JsonFields.object(part, "file");
        String name = JsonFields.text(file, "filename");
        yield new ContentBlock.Media(MediaKind.FILE, file(file), name, path + "file", mark);
      }
      case "input_audio" ->
          new ContentBlock.Media(MediaKind.AUDIO, audio(part), null, path + "input_audio", mark);
      case null, default -> new ContentBlock.Opaque(WireFormat.CHAT, part.raw(), path + "type");
    };
  }

  private static MediaSource image(JsonValue part) {
    JsonValue image = JsonFields.object(part, "image_url");
    String url = image == null ? text(part, "image_url") : text(image, "url");
    return MediaSource.ofUrl(url);
  }

  /** The data is a {@code data:} URL, or base64 without a media type. */
  private static MediaSource file(@Nullable JsonValue file) {
    String data = JsonFields.text(file, "file_data");
    if (data == null) {
      return new MediaSource.Stored(text(file, "file_id"));
    }
    return data.contains(":") ? MediaSource.ofUrl(data) : new MediaSource.Data(null, data);
  }

  private static MediaSource audio(JsonValue part) {
    JsonValue audio = JsonFields.object(part, "input_audio");
    return new MediaSource.Data("audio/" + text(audio, "format"), text(audio, "data"));
  }

  private static String text(@Nullable JsonValue object, String name) {
    return Objects.requireNonNullElse(JsonFields.text(object, name), "");
  }
}
