package com.langdock.reliability.mock;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: both simulated providers, in the foreground, until a signal ends it. */
@Command(
    name = "mock-provider",
    mixinStandardHelpOptions = true,
    description = "Simulated LLM providers in OpenAI's and Anthropic's wire format.")
public final class MockProviders implements Callable<Integer> {
  @Option(
      names = "--openai-port",
      defaultValue = "8001",
      description = "Port of the OpenAI format; 0 is a free one (default: ${DEFAULT-VALUE}).")
  private int openAiPort;

  @Option(
      names = "--anthropic-port",
      defaultValue = "8002",
      description = "Port of the Anthropic format; 0 is a free one (default: ${DEFAULT-VALUE}).")
  private int anthropicPort;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  /** Starts the program; exits with 0 after a signal, 1 when a port is taken, 2 for bad options. */
  public static void main(String[] arguments) {
    CommandLine commandLine =
        new CommandLine(new MockProviders())
            .setExecutionExceptionHandler((problem, command, parsed) -> {
              command.getErr().println("mock-provider: " + problem.getMessage());
              return 1;
            });
    System.exit(commandLine.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    MockProvider openAi = MockProvider.openAi(host, openAiPort);
    MockProvider anthropic = MockProvider.anthropic(host, anthropicPort);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(openAi, anthropic)));
    System.out.println("mock openai     " + openAi.url() + "/v1/chat/completions");
    System.out.println("mock anthropic  " + anthropic.url() + "/v1/messages");
    new CountDownLatch(1).await();
    return 0;
  }

  private static void stop(MockProvider openAi, MockProvider anthropic) {
    openAi.close();
    anthropic.close();
    // Without this the exit code would be that of the signal.
    Runtime.getRuntime().halt(0);
  }
}
