package com.langdock.reliability.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.json.JsonBody;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors about a field that the gateway added to a request. */
class AddedFieldsTest {
  private static final Set<String> ADDED = Set.of("stream_options");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | {"error":{"message":"Unknown parameter: 'stream_options'.","param":\
          "stream_options","code":"unknown_parameter"}}
          400 | {"error":{"message":"No.","param":"stream_options.include_usage"}}
          400 | {"error":{"message":"Unrecognized request argument supplied: stream_options"}}
          422 | {"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":\
          "Extra inputs are not permitted"}]}
          422 | {"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body",\
          "stream_options","include_usage"],"msg":"Extra inputs are not permitted"}]}}
          400 | {"error":"json: unknown field \\"stream_options\\""}
          422 | {"error":{"message":"unknown field `stream_options`, expected one of `model`"}}
          400 | {"error":{"message":"property 'stream_options' is unsupported"}}
          400 | {"message":"Unrecognized key(s) in object: 'stream_options'"}
          200 | {"error":{"message":"stream_options: not permitted","code":400}}
          """)
  void areNamedInEveryShape(int status, String body) {
    assertThat(failure(status, body, ADDED))
        .isInstanceOfSatisfying(
            Failure.AddedFieldRejected.class,
            failure -> assertThat(failure.field()).isEqualTo("stream_options"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | {"error":{"message":"Unknown parameter: 'my_stream_options'."}}
          400 | {"error":{"message":"Unknown parameter: 'stream_options_2'.","param":"options"}}
          400 | {"error":{"message":"Unknown parameter: 'tools'."}}
          """)
  void areNotFoundInsideOtherNames(int status, String body) {
    assertThat(failure(status, body, ADDED)).isInstanceOf(Failure.RequestRejected.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | {"error":{"message":"Unknown parameter: 'stream_options'."}}
          """)
  void areTheClientsWhereTheGatewayAddedNothing(int status, String body) {
    assertThat(failure(status, body, Set.of())).isInstanceOf(Failure.RequestRejected.class);
  }

  private static Failure failure(int status, String body, Set<String> added) {
    return ErrorAnswer.failure(
        Replies.withAdded(status, added), JsonBody.json(body.getBytes(UTF_8)));
  }
}
