package com.langdock.reliability.mock;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: the simulated providers, in the foreground, until a signal ends it. */
@Command(
    name = "mock-provider",
    mixinStandardHelpOptions = true,
    description = {
      "Simulated LLM providers in the wire formats of OpenAI, Anthropic, Gemini, Bedrock"
          + " and Cohere.",
      "POST /config/failures makes one fail; with {\"strict\": true} it refuses every request"
          + " that the real provider refuses. mock-provider/README.md lists the settings."
    })
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
      names = "--gemini-port",
      defaultValue = "8003",
      description = "Port of the Gemini format; 0 is a free one (default: ${DEFAULT-VALUE}).")
  private int geminiPort;

  @Option(
      names = "--bedrock-port",
      defaultValue = "8004",
      description = "Port of the Bedrock format; 0 is a free one (default: ${DEFAULT-VALUE}).")
  private int bedrockPort;

  @Option(
      names = "--cohere-port",
      defaultValue = "8005",
      description = "Port of the Cohere format; 0 is a free one (default: ${DEFAULT-VALUE}).")
  private int coherePort;

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
    MockProvider gemini = MockProvider.gemini(host, geminiPort);
    MockProvider bedrock = MockProvider.bedrock(host, bedrockPort);
    MockProvider cohere = MockProvider.cohere(host, coherePort);
    List<MockProvider> providers = List.of(openAi, anthropic, gemini, bedrock, cohere);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(providers)));
    System.out.println("mock openai     " + openAi.url() + "/v1/chat/completions");
    System.out.println("mock anthropic  " + anthropic.url() + "/v1/messages");
    System.out.println("mock gemini     " + gemini.url() + "/v1beta/models");
    System.out.println("mock bedrock    " + bedrock.url() + "/model/");
    System.out.println("mock cohere     " + cohere.url() + "/v2/chat");
    new CountDownLatch(1).await();
    return 0;
  }

  private static void stop(List<MockProvider> providers) {
    providers.forEach(MockProvider::close);
    // Without this the exit code would be that of the signal.
    Runtime.getRuntime().halt(0);
  }
}
