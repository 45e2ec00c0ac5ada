package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The failures that a stream's messages report: those of the types exception and error. */
final class StreamFailure {
  private StreamFailure() {}

  /** The failure in {@code message}, read as the answer with its status would be; null if none. */
  static @Nullable Failure in(EventMessage message, ReplyHead head) {
    return switch (message.header(":message-type")) {
      case "exception" -> failure(message.header(":exception-type"), message.payload(), head);
      case "error" -> {
        String json = "{\"message\":" + JsonText.quote(message.header(":error-message")) + "}";
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        yield failure(message.header(":error-code"), body, head);
      }
      default -> null;
    };
  }

  private static Failure failure(String type, byte[] payload, ReplyHead head) {
    ReplyHead refused =
        new ReplyHead(
            status(type),
            name -> name.equalsIgnoreCase("x-amzn-errortype") ? type : null,
            head.receivedAt(),
            head.redactor(),
            head.addedFields(),
            head.hasSignatures());
    return ErrorAnswer.failure(refused, JsonBody.json(payload));
  }

  private static int status(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "validationexception" -> 400;
      case "modeltimeoutexception" -> 408;
      case "modelstreamerrorexception" -> 424;
      case "throttlingexception" -> 429;
      case "serviceunavailableexception" -> 503;
      default -> 500;
    };
  }
}
