package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates the messages of a conversation into Gemini's system instruction and turns.
 *
 * <ul>
 *   <li>System messages before all others are the system instruction. A later one keeps its
 *       position, in {@code <system>} tags in a user turn: moving it to the front would apply it to
 *       earlier turns and change the prefix that the provider caches.
 *   <li>Consecutive messages of one side become one turn, since a turn with calls must follow a
 *       user's turn. The first turn is the user's. Blank text is dropped; a turn that would be
 *       empty gets a placeholder.
 *   <li>A last model turn is a prefill, or, for a model without prefill support, is followed by a
 *       request to continue.
 *   <li>Thinking is dropped. A signature that Gemini issued goes with the part after it. For models
 *       from Gemini 3 on, and without signatures for any, a placeholder signs a turn's first call.
 * </ul>
 */
final class Contents {
  private static final String PLACEHOLDER = ".";
  private static final String CONTINUE = "Continue.";

  private final boolean byLevel;
  private final boolean signsCalls;
  private final List<Part> system = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final SentCalls calls = new SentCalls();

  private Contents(ModelTraits traits, boolean withoutSignatures) {
    this.byLevel = traits.thinking().byLevel();
    this.signsCalls = byLevel || withoutSignatures;
  }

  /**
   * The contents of {@code messages} for a model with these traits.
   *
   * @param withoutSignatures whether the provider has rejected the signatures, or their absence
   */
  static Contents of(List<Message> messages, ModelTraits traits, boolean withoutSignatures) {
    Contents contents = new Contents(traits, withoutSignatures);
    messages.forEach(contents::add);
    contents.end(traits.prefill());
    return contents;
  }

  /** Whether {@code messages} have signatures that a placeholder can replace, or lack one. */
  static boolean hasSignatures(List<Message> messages, ModelTraits traits) {
    boolean mayLackOne = !traits.thinking().byLevel();
    return messages.stream()
        .flatMap(message -> message.blocks().stream())
        .anyMatch(block ->
            switch (block) {
              case ContentBlock.ToolCall call -> mayLackOne || ofGemini(call.signature()) != null;
              case ContentBlock.Thinking thinking -> ofGemini(thinking.signature()) != null;
              case ContentBlock.Text text -> false;
              case ContentBlock.Refusal refusal -> false;
              case ContentBlock.Media media -> false;
              case ContentBlock.ToolResult result -> false;
              case ContentBlock.Opaque opaque -> false;
            });
  }

  /** The parts of the system instruction; may be empty. */
  List<Part> system() {
    return system;
  }

  /** The turns, beginning with the user's. */
  List<Turn> turns() {
    return turns;
  }

  private void add(Message message) {
    switch (message.role()) {
      case SYSTEM -> message.blocks().forEach(this::addSystem);
      case USER -> message.blocks().forEach(this::addUser);
      case ASSISTANT -> addAssistant(message.blocks());
    }
  }

  private void addSystem(ContentBlock block) {
    String text = text(block);
    if (text.isBlank()) {
      return;
    }
    if (turns.isEmpty()) {
      system.add(new Part.Text(text));
    } else {
      turn(Turn.Side.USER).add(new Part.Text("<system>\n" + text + "\n</system>"));
    }
  }

  private void addUser(ContentBlock block) {
    Turn turn = turn(Turn.Side.USER);
    switch (block) {
      case ContentBlock.ToolResult result -> addResult(turn, result);
      case ContentBlock.Media media -> addMedia(turn, media);
      case ContentBlock.Text text -> addText(turn, text.text(), null);
      case ContentBlock.Refusal refusal -> addText(turn, refusal.text(), null);
      case ContentBlock.ToolCall call -> {}
      case ContentBlock.Thinking thinking -> {}
      case ContentBlock.Opaque opaque -> {}
    }
  }

  /** Adds the model's blocks. A signature before a block belongs to the block. */
  private void addAssistant(List<ContentBlock> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    Turn turn = turn(Turn.Side.MODEL);
    String signature = null;
    for (ContentBlock block : blocks) {
      switch (block) {
        case ContentBlock.Thinking thinking -> {
          addSignature(turn, signature);
          signature = ofGemini(thinking.signature());
        }
        case ContentBlock.ToolCall call -> signature = addCall(turn, call, signature);
        case ContentBlock.Text text -> signature = addText(turn, text.text(), signature);
        case ContentBlock.Refusal refusal -> signature = addText(turn, refusal.text(), signature);
        case ContentBlock.ToolResult result -> {}
        case ContentBlock.Media media -> {}
        case ContentBlock.Opaque opaque -> {}
      }
    }
    addSignature(turn, signature);
  }

  /** Adds text unless it is blank. Returns the signature that is left for the next part. */
  private static @Nullable String addText(Turn turn, String text, @Nullable String signature) {
    if (text.isBlank()) {
      return signature;
    }
    turn.add(new Part.Text(text, signature));
    return null;
  }

  private @Nullable String addCall(Turn turn, ContentBlock.ToolCall call, @Nullable String before) {
    String own = ofGemini(call.signature());
    if (own != null) {
      addSignature(turn, before);
    }
    SentCalls.Sent sent = calls.add(call.id(), call.name());
    turn.add(
        new Part.Call(
            sent.id(), sent.name(), arguments(call.arguments()), own == null ? before : own));
    return null;
  }

  private static void addSignature(Turn turn, @Nullable String signature) {
    if (signature != null) {
      turn.add(new Part.Text("", signature));
    }
  }

  private static @Nullable String ofGemini(ContentBlock.@Nullable Signature signature) {
    return signature != null && signature.issuer().equals(WireFormat.GEMINI)
        ? signature.value()
        : null;
  }

  private static void addMedia(Turn turn, ContentBlock.Media media) {
    Media source = Media.of(media);
    if (source != null) {
      turn.add(new Part.Attachment(source));
    }
  }

  private void addResult(Turn turn, ContentBlock.ToolResult result) {
    SentCalls.Sent call = calls.ofResult(result.callId());
    List<String> texts = new ArrayList<>();
    List<Media> media = new ArrayList<>();
    for (ContentBlock block : result.blocks()) {
      Media source = block instanceof ContentBlock.Media part ? Media.of(part) : null;
      if (source != null) {
        media.add(source);
      } else if (!text(block).isEmpty()) {
        texts.add(text(block));
      }
    }
    boolean isInside = byLevel && media.stream().allMatch(Media.Inline.class::isInstance);
    List<Part> attachments = new ArrayList<>();
    if (!isInside && !media.isEmpty()) {
      attachments.add(new Part.Text("Content of the result of " + call.name() + ":"));
      media.forEach(source -> attachments.add(new Part.Attachment(source)));
    }
    Part.Result translated =
        new Part.Result(
            call.id(),
            call.name(),
            String.join("\n", texts),
            isInside ? media : List.of(),
            result.failed());
    turn.addResult(call.order(), translated, attachments);
  }

  private static String text(ContentBlock block) {
    return switch (block) {
      case ContentBlock.Text text -> text.text();
      case ContentBlock.Refusal refusal -> refusal.text();
      case ContentBlock.Media media -> "";
      case ContentBlock.ToolCall call -> "";
      case ContentBlock.ToolResult result -> "";
      case ContentBlock.Thinking thinking -> "";
      case ContentBlock.Opaque opaque -> "";
    };
  }

  /** The arguments as a JSON object. Invalid ones, which a model may have written, are wrapped. */
  private static String arguments(String arguments) {
    if (arguments.isBlank()) {
      return "{}";
    }
    JsonValue parsed = JsonBody.json(arguments.getBytes(StandardCharsets.UTF_8));
    return parsed != null && parsed.kind() == JsonValue.Kind.OBJECT
        ? parsed.raw()
        : "{\"_raw\":" + JsonText.quote(arguments) + "}";
  }

  /** The last turn if it is of {@code side}, else a new one. */
  private Turn turn(Turn.Side side) {
    if (turns.isEmpty() || turns.getLast().side() != side) {
      turns.add(new Turn(side));
    }
    return turns.getLast();
  }

  private void end(boolean prefill) {
    turns.removeIf(turn -> turn.side() == Turn.Side.MODEL && turn.isEmpty());
    if (turns.isEmpty() || turns.getFirst().side() == Turn.Side.MODEL) {
      turns.addFirst(new Turn(Turn.Side.USER));
    }
    if (turns.getLast().side() == Turn.Side.MODEL && !prefill) {
      turn(Turn.Side.USER).add(new Part.Text(CONTINUE));
    }
    for (Turn turn : turns) {
      if (turn.isEmpty()) {
        turn.add(new Part.Text(PLACEHOLDER));
      }
      if (signsCalls) {
        turn.signFirstCall();
      }
    }
  }
}
