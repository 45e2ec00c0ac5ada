package com.langdock.reliability.gateway.front.responses;

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

/** Reads content: a string, or an array of parts. */
final class PartReader {
  private final Unmapped unmapped;

  PartReader(Unmapped unmapped) {
    this.unmapped = unmapped;
  }

  /** The blocks in a field of the item at {@code path}; may be empty. */
  List<ContentBlock> content(JsonValue item, String field, String path) {
    String text = JsonFields.text(item, field);
    if (text != null) {
      return List.of(new ContentBlock.Text(text, null));
    }
    List<ContentBlock> blocks = new ArrayList<>();
    List<JsonValue> parts = JsonFields.array(item, field);
    for (int i = 0; i < parts.size(); i++) {
      blocks.add(part(parts.get(i), path + "." + field + "[" + i + "]"));
    }
    return blocks;
  }

  private ContentBlock part(JsonValue part, String path) {
    CacheMark mark =
        JsonFields.value(part, "prompt_cache_breakpoint") == null ? null : CacheMark.EPHEMERAL;
    return switch (JsonFields.text(part, "type")) {
      case "input_text", "text" -> new ContentBlock.Text(text(part, "text"), mark);
      case "output_text" -> {
        if (!JsonFields.array(part, "annotations").isEmpty()) {
          unmapped.dropped(path + ".annotations");
        }
        yield new ContentBlock.Text(text(part, "text"), mark);
      }
      case "refusal" -> new ContentBlock.Refusal(text(part, "refusal"), mark);
      case "input_image" -> image(part, path, mark);
      case "input_file" -> file(part, path, mark);
      case null, default ->
          new ContentBlock.Opaque(WireFormat.RESPONSES, part.raw(), path + ".type");
    };
  }

  private ContentBlock image(JsonValue part, String path, @Nullable CacheMark mark) {
    if (!JsonFields.isText(part, "detail", "auto")) {
      unmapped.dropped(part, path, "detail");
    }
    String url = JsonFields.text(part, "image_url");
    return url == null
        ? stored(MediaKind.IMAGE, part, path, mark)
        : new ContentBlock.Media(
            MediaKind.IMAGE, MediaSource.ofUrl(url), null, path + ".image_url", mark);
  }

  private ContentBlock file(JsonValue part, String path, @Nullable CacheMark mark) {
    String name = JsonFields.text(part, "filename");
    String data = JsonFields.text(part, "file_data");
    String url = JsonFields.text(part, "file_url");
    if (data != null) {
      MediaSource source =
          data.contains(":") ? MediaSource.ofUrl(data) : new MediaSource.Data(null, data);
      return new ContentBlock.Media(MediaKind.FILE, source, name, path + ".file_data", mark);
    }
    return url == null
        ? stored(MediaKind.FILE, part, path, mark)
        : new ContentBlock.Media(
            MediaKind.FILE, MediaSource.ofUrl(url), name, path + ".file_url", mark);
  }

  /** Media at the provider; a part without any source is reported by its type. */
  private static ContentBlock stored(
      MediaKind kind, JsonValue part, String path, @Nullable CacheMark mark) {
    String id = JsonFields.text(part, "file_id");
    String field = id == null ? ".type" : ".file_id";
    MediaSource source = new MediaSource.Stored(id == null ? "" : id);
    return new ContentBlock.Media(kind, source, null, path + field, mark);
  }

  private static String text(JsonValue part, String name) {
    return Objects.requireNonNullElse(JsonFields.text(part, name), "");
  }
}
