package com.langdock.reliability.mock.format.bedrock;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.settings.Refusals;
import java.util.Map;

/** Bedrock's errors, whose name is in a header; names and texts are those of recorded answers. */
final class BedrockErrors {
  private static final String VALIDATION = "ValidationException";
  private static final String UNAVAILABLE = "ServiceUnavailableException";
  private static final String BUSY = "Bedrock is unable to process your request.";

  private BedrockErrors() {}

  static JsonAnswer refusal(Refusal refusal, Refusals details) {
    return switch (refusal) {
      case RATE_LIMIT -> error(429, "ThrottlingException", "Too many requests, please wait.");
      case SERVER_ERROR ->
          error(
              details.serverErrorStatus(),
              "InternalServerException",
              "The system encountered an unexpected error during processing.");
      case OVERLOADED -> error(503, UNAVAILABLE, BUSY);
      case QUOTA ->
          error(
              400,
              "ServiceQuotaExceededException",
              "Your request exceeds the service quota for your account.");
      case AUTH ->
          error(
              403,
              "UnrecognizedClientException",
              "The security token included in the request is invalid.");
      case FORBIDDEN ->
          error(
              403,
              "AccessDeniedException",
              "You are not authorized to perform: bedrock:InvokeModel");
      case MODEL_NOT_FOUND ->
          error(404, "ResourceNotFoundException", "Could not resolve the foundation model.");
      case CONTEXT_LENGTH ->
          invalid(
              "The model returned the following errors: Input Tokens Exceeded: Number of input"
                  + " tokens exceeds maximum length.");
      case CONTENT_POLICY -> invalid("The prompt was blocked.");
      case BAD_REQUEST -> invalid("Malformed input request, please reformat your input.");
      case PREFILL_REFUSED ->
          invalid(
              "The model returned the following errors: This model does not support assistant"
                  + " message prefill. The conversation must end with a user message.");
      case CONFLICT -> error(409, "ConflictException", "Conflicts with another request.");
      case REQUEST_TIMEOUT ->
          error(408, "ModelTimeoutException", "The model did not answer in time.");
    };
  }

  static JsonAnswer invalid(String message) {
    return error(400, VALIDATION, message);
  }

  static JsonAnswer unroutable(int status, String message) {
    return error(status, status == 404 ? "UnknownOperationException" : VALIDATION, message);
  }

  static String overloaded() {
    return Json.text(Json.object("message", BUSY));
  }

  static String overloadedEvent() {
    return "event: !serviceUnavailableException\ndata: " + overloaded() + "\n\n";
  }

  private static JsonAnswer error(int status, String name, String message) {
    return new JsonAnswer(
        status,
        Json.text(Json.object("message", message)),
        Map.of("x-amzn-errortype", name + ":http://internal.amazon.com/coral/bedrock/"));
  }
}
