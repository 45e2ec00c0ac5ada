package com.langdock.reliability.gateway.telemetry.tracing;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;

/**
 * The names of spans' attributes: those of OpenTelemetry's semantic conventions (general 1.44;
 * generative AI as of November 2026, still in development), and the log's with {@code gateway.}
 * before them.
 */
final class SpanAttributes {
  /** Its value is also the first word of spans' names. */
  static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");

  static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
  static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
  static final AttributeKey<Boolean> STREAM = booleanKey("gen_ai.request.stream");
  static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");

  /** Seconds. */
  static final AttributeKey<Double> FIRST_CHUNK = doubleKey("gen_ai.response.time_to_first_chunk");

  static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> CACHED_INPUT_TOKENS =
      longKey("gen_ai.usage.cache_read.input_tokens");
  static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  static final AttributeKey<String> METHOD = stringKey("http.request.method");
  static final AttributeKey<String> ROUTE = stringKey("http.route");
  static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
  static final AttributeKey<String> HOST = stringKey("server.address");
  static final AttributeKey<Long> PORT = longKey("server.port");

  static final AttributeKey<String> REQUEST_ID = stringKey("gateway.request_id");
  static final AttributeKey<String> CLIENT_REQUEST_ID = stringKey("gateway.client_request_id");
  static final AttributeKey<String> KEY_ID = stringKey("gateway.key_id");
  static final AttributeKey<String> TEAM = stringKey("gateway.team");
  static final AttributeKey<Long> ATTEMPTS = longKey("gateway.attempts");
  static final AttributeKey<Long> ATTEMPT_NUMBER = longKey("gateway.attempt_number");
  static final AttributeKey<Boolean> PROBE = booleanKey("gateway.probe");
  static final AttributeKey<Long> WAIT_MILLIS = longKey("gateway.wait_ms");
  static final AttributeKey<String> ERROR = stringKey("gateway.error");
  static final AttributeKey<String> FROM_PROVIDER = stringKey("gateway.from_provider");
  static final AttributeKey<String> FROM_MODEL = stringKey("gateway.from_model");

  private SpanAttributes() {}
}
