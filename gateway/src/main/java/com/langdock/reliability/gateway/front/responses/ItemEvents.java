package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.front.SseWriter;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;

/** Writes the numbered events of one stream, among them those of its items. */
final class ItemEvents implements ItemListener {
  private static final String CONTENT = ",\"content_index\":0";
  private static final String SUMMARY = ",\"summary_index\":0";

  private final SseWriter events;
  private long next;

  ItemEvents(SseWriter events) {
    this.events = events;
  }

  /** Goes on after {@code event}, which a provider has numbered. */
  void continueAfter(byte[] event) {
    next = JsonFields.count(JsonBody.json(event), "sequence_number") + 1;
  }

  /** Writes an event with the next number; {@code fields} each have a comma before them. */
  void write(String type, String fields) {
    String json = "{\"type\":\"" + type + "\",\"sequence_number\":" + next + fields + "}";
    next++;
    events.event(type, json.getBytes(UTF_8));
  }

  @Override
  public void opened(OutputItem item) {
    write(
        "response.output_item.added",
        ",\"output_index\":" + item.index() + ",\"item\":" + item.begun());
    switch (item.kind()) {
      case MESSAGE, REFUSAL -> of(item, "content_part.added", CONTENT, "part", item.emptyPart());
      case REASONING, FUNCTION, CUSTOM, SEARCH -> {} // The content follows.
    }
  }

  @Override
  public void added(OutputItem item, String literal) {
    switch (item.kind()) {
      case MESSAGE -> of(item, "output_text.delta", CONTENT + ",\"logprobs\":[]", "delta", literal);
      case REFUSAL -> of(item, "refusal.delta", CONTENT, "delta", literal);
      case REASONING -> {
        if (item.isEmpty()) {
          of(item, "reasoning_summary_part.added", SUMMARY, "part", item.emptyPart());
        }
        of(item, "reasoning_summary_text.delta", SUMMARY, "delta", literal);
      }
      case FUNCTION -> of(item, "function_call_arguments.delta", "", "delta", literal);
      case CUSTOM, SEARCH -> {} // Of use only as a whole.
    }
  }

  @Override
  public void closed(OutputItem item, String json) {
    String literal = item.literal();
    switch (item.kind()) {
      case MESSAGE -> {
        of(item, "output_text.done", CONTENT + ",\"logprobs\":[]", "text", literal);
        of(item, "content_part.done", CONTENT, "part", item.part());
      }
      case REFUSAL -> {
        of(item, "refusal.done", CONTENT, "refusal", literal);
        of(item, "content_part.done", CONTENT, "part", item.part());
      }
      case REASONING -> {
        if (!item.isEmpty()) {
          of(item, "reasoning_summary_text.done", SUMMARY, "text", literal);
          of(item, "reasoning_summary_part.done", SUMMARY, "part", item.part());
        }
      }
      case FUNCTION -> of(item, "function_call_arguments.done", "", "arguments", literal);
      case CUSTOM -> {
        of(item, "custom_tool_call_input.delta", "", "delta", literal);
        of(item, "custom_tool_call_input.done", "", "input", literal);
      }
      case SEARCH -> {}
    }
    write("response.output_item.done", ",\"output_index\":" + item.index() + ",\"item\":" + json);
  }

  private void of(OutputItem item, String type, String fields, String name, String value) {
    write(
        "response." + type,
        ",\"item_id\":"
            + JsonText.quote(item.id())
            + ",\"output_index\":"
            + item.index()
            + fields
            + ",\""
            + name
            + "\":"
            + value);
  }
}
