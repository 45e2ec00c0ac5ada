package com.langdock.reliability.e2e;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** A client of one of the gateway's APIs: asks questions, and checks all that it gets. */
public interface Client {
  /** The clients of all APIs. */
  static List<Client> all() {
    return List.of(
        new ChatClient(), new MessagesClient(), new ResponsesClient(), new GeminiClient());
  }

  /** The path and query to which the question is sent. */
  String path(Question question);

  /** The request's body. */
  String body(Question question);

  /** A name by which the API's errors and headers call what the trait adds to a request. */
  String nameOf(Question.Trait trait);

  /** Reads a whole answer; fails where it is not as the API has it. */
  Answer whole(HttpResponse<String> response);

  /** Reads a stream; fails where it is not whole, or not as the API has it. */
  Answer streamed(HttpResponse<String> response);

  /** Asserts an error of this status and code of the gateway's, in the API's form. */
  void isError(HttpResponse<String> response, int status, String code);

  /** Asserts that the error ends a stream. */
  void isBroken(HttpResponse<String> response, String code);

  /** Why an answer ended, by the API's word. */
  String finish(boolean calls);

  /** What the client sees of a comment in its stream. */
  default List<String> comments(String comment) {
    return List.of(comment);
  }

  /** A turn of the user. */
  JsonNode user(String text);

  /** The turns with the result of each call. */
  List<JsonNode> results(List<Answer.Call> calls, String result);

  /** Sends the question with more headers. */
  default CompletableFuture<HttpResponse<String>> asking(
      GatewayFixture at, Question question, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at.url(path(question)))
            .timeout(Duration.ofSeconds(20))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(question)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return at.client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  /** Asks, and reads the answer. */
  default Answer ask(GatewayFixture at, Question question) {
    HttpResponse<String> response = asking(at, question).join();
    return question.stream() ? streamed(response) : whole(response);
  }
}
