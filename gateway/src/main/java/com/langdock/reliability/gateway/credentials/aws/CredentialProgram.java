package com.langdock.reliability.gateway.credentials.aws;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the program that a profile names in {@code credential_process}, and reads the keys that it
 * prints. No shell is involved. It is ended where it takes too long or prints too much, with what
 * it has started; what it says of errors is left out, since that may have secrets.
 */
record CredentialProgram(Duration most, Ticker clock) {
  /** The longest that a program usually may take. */
  static final Duration USUAL = Duration.ofSeconds(60);

  /** The most bytes that it may print. */
  static final int MAX_OUTPUT = 64 * 1024;

  private static final int VERSION = 1;

  /** The keys that {@code command} prints for the profile {@code name}. */
  Issued<AwsCredentials> run(String name, String command) throws IOException, InterruptedException {
    String where = "credential_process of profile " + name;
    List<String> words = words(where, command);
    Process process;
    try {
      process =
          new ProcessBuilder(words)
              .redirectInput(Redirect.from(nothing()))
              .redirectError(Redirect.DISCARD)
              .start();
    } catch (IOException failed) {
      throw new IOException(where + " cannot be started", failed);
    }
    try {
      return keys(where, output(where, process));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static File nothing() {
    return new File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
  }

  private byte[] output(String where, Process process) throws IOException, InterruptedException {
    CompletableFuture<byte[]> printed = new CompletableFuture<>();
    Thread.ofVirtual().name("credential-output").start(() -> read(process, printed));
    try {
      byte[] output =
          printed
              .thenCompose(bytes -> ended(process, bytes))
              .get(most.toMillis(), TimeUnit.MILLISECONDS);
      if (output.length > MAX_OUTPUT) {
        throw new IOException(where + " printed more than " + MAX_OUTPUT + " bytes");
      }
      if (process.exitValue() != 0) {
        throw new IOException(where + " ended with " + process.exitValue());
      }
      return output;
    } catch (TimeoutException late) {
      throw new IOException(where + " has not ended within " + most.toSeconds() + " s", late);
    } catch (ExecutionException failed) {
      throw new IOException(where + " could not be read", failed);
    }
  }

  /** The output once the program has ended; at once where it is too long. */
  private static CompletableFuture<byte[]> ended(Process process, byte[] output) {
    return output.length > MAX_OUTPUT
        ? CompletableFuture.completedFuture(output)
        : process.onExit().thenApply(_ -> output);
  }

  private static void read(Process process, CompletableFuture<byte[]> printed) {
    try (InputStream output = process.getInputStream()) {
      printed.complete(output.readNBytes(MAX_OUTPUT + 1));
    } catch (IOException failed) {
      printed.completeExceptionally(failed);
    }
  }

  private Issued<AwsCredentials> keys(String where, byte[] output) throws IOException {
    JsonValue json = JsonBody.json(output);
    if (json == null || JsonFields.count(json, "Version") != VERSION) {
      throw new IOException(where + " printed no JSON with Version 1");
    }
    AwsCredentials keys =
        Keys.checked(
            where,
            JsonFields.text(json, "AccessKeyId"),
            JsonFields.text(json, "SecretAccessKey"),
            JsonFields.text(json, "SessionToken"));
    return Keys.until(where, keys, JsonFields.text(json, "Expiration"), clock.unixMillis());
  }

  /** The words of a command, as a shell without variables divides it. */
  static List<String> words(String where, String command) throws IOException {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isWord = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      boolean isEscape = c == '\\' && quote != '\'' && i + 1 < command.length();
      if (isEscape) {
        i++;
        boolean isKept = quote == '"' && "\"\\$`".indexOf(command.charAt(i)) < 0;
        word.append(isKept ? "\\" : "").append(command.charAt(i));
        isWord = true;
      } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
        isWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        add(words, word, isWord);
        isWord = false;
      } else {
        word.append(c);
        isWord = true;
      }
    }
    if (quote != 0) {
      throw new IOException(where + " has a quote that does not end");
    }
    add(words, word, isWord);
    if (words.isEmpty()) {
      throw new IOException(where + " is empty");
    }
    return words;
  }

  private static void add(List<String> words, StringBuilder word, boolean isWord) {
    if (isWord) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
