package com.langdock.reliability.gateway.server;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records requests, and handles each as the test configures. */
final class FakeHandler implements RequestHandler {
  final List<ClientRequest> requests = new ArrayList<>();
  final List<MalformedRequest> refused = new ArrayList<>();
  Consumer<ClientRequest> action = request -> {};
  boolean admits = true;
  boolean stopping;

  @Override
  public void handle(ClientRequest request) {
    requests.add(request);
    action.accept(request);
  }

  @Override
  public boolean admits(@Nullable InetAddress address) {
    return admits;
  }

  @Override
  public boolean isStopping() {
    return stopping;
  }

  @Override
  public void refuse(ClientRequest request, MalformedRequest problem) {
    refused.add(problem);
    answer(request, 400, "refused");
  }

  @Override
  public void crashed(ClientRequest request) {
    answer(request, 500, "crashed");
  }

  static void answer(ClientRequest request, int status, String body) {
    request.response().send(status, body.getBytes(StandardCharsets.US_ASCII));
  }
}
