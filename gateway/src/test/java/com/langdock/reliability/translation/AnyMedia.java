package com.langdock.reliability.translation;

import static com.langdock.reliability.translation.Dice.object;

import java.util.List;
import java.util.Map;

/** Random images, files and recordings, in the words of each client API. */
final class AnyMedia {
  private static final String PNG = "iVBORw0KGgo=";
  private static final String PDF = "JVBERi0xLjQK";
  private static final String TEXT = "SGVsbG8=";

  private final Dice dice;

  AnyMedia(Dice dice) {
    this.dice = dice;
  }

  /** A part of a chat message of a user. */
  Map<String, Object> chatPart() {
    return switch (dice.below(7)) {
      case 0 -> image("https://example.org/a.png");
      case 1 -> image("data:image/png;base64," + PNG);
      case 2 -> image("data:image/jpg;base64," + PNG);
      case 3 -> image(dice.pick(List.of("data:image/bmp;base64,Qk0=", "http://example.org/b.gif")));
      case 4 ->
          object(
              "type",
              "input_audio",
              "input_audio",
              object("data", "UklGRg==", "format", dice.pick(List.of("wav", "mp3"))));
      default -> object("type", "file", "file", file());
    };
  }

  private Map<String, Object> image(String url) {
    Map<String, Object> image = object("url", url);
    dice.maybe(30, image, "detail", () -> dice.pick(List.of("auto", "low", "high")));
    return object("type", "image_url", "image_url", image);
  }

  private Map<String, Object> file() {
    Map<String, Object> file =
        switch (dice.below(5)) {
          case 0 -> object("file_id", "file-1");
          case 1 -> object("file_data", PDF);
          case 2 -> object("file_data", "data:text/plain;base64," + TEXT);
          case 3 -> object("file_data", "data:text/plain;base64,");
          default -> object("file_data", "data:application/pdf;base64," + PDF);
        };
    dice.maybe(50, file, "filename", () -> dice.pick(List.of("a.pdf", " ", "größe (1).pdf")));
    return file;
  }

  /** A block of a Messages request of a user. */
  Map<String, Object> messageBlock() {
    return dice.chance(50) ? object("type", "image", "source", imageSource()) : document();
  }

  /** The source of an image. */
  Map<String, Object> imageSource() {
    return switch (dice.below(4)) {
      case 0 -> object("type", "url", "url", "https://example.org/a.png");
      case 1 -> object("type", "file", "file_id", "file_1");
      default ->
          object(
              "type",
              "base64",
              "media_type",
              dice.pick(List.of("image/png", "image/jpeg", "image/gif", "image/webp")),
              "data",
              PNG);
    };
  }

  private Map<String, Object> document() {
    Map<String, Object> source =
        switch (dice.below(5)) {
          case 0 -> object("type", "url", "url", "https://example.org/a.pdf");
          case 1 -> object("type", "file", "file_id", "file_1");
          case 2 -> object("type", "text", "media_type", "text/plain", "data", dice.text());
          case 3 ->
              object(
                  "type",
                  "content",
                  "content",
                  List.of(object("type", "text", "text", dice.text())));
          default -> object("type", "base64", "media_type", "application/pdf", "data", PDF);
        };
    Map<String, Object> document = object("type", "document", "source", source);
    dice.maybe(40, document, "title", dice::text);
    dice.maybe(20, document, "context", dice::text);
    dice.maybe(20, document, "citations", () -> object("enabled", true));
    return document;
  }
}
