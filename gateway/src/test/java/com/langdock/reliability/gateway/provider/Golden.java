package com.langdock.reliability.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Golden files: {@code name.in.json} is the input, {@code name.out.json} the expected output.
 *
 * <p>{@code mvn test -Dgolden.write=true} writes the current output; review the diff.
 */
public final class Golden {
  private static final Path ROOT = Path.of("src", "test", "resources", "golden");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Golden() {}

  /** The names of the cases in {@code folder}. */
  public static List<String> cases(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".in.json"))
          .map(name -> folder + "/" + name.replace(".in.json", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The input. */
  public static byte[] input(String name) {
    return read(ROOT.resolve(name + ".in.json"));
  }

  /** Fails unless {@code json}, indented, equals the file. */
  public static void check(String name, byte[] json) {
    Path file = ROOT.resolve(name + ".out.json");
    String actual = indented(json) + "\n";
    if (Boolean.getBoolean("golden.write")) {
      write(file, actual);
    }
    assertThat(actual).isEqualTo(new String(read(file), UTF_8));
  }

  /** The same JSON, indented. */
  public static String indented(byte[] json) {
    StringWriter text = new StringWriter();
    try (JsonParser in = new JsonFactory().createParser(ObjectReadContext.empty(), json);
        JsonGenerator out = JSON.writerWithDefaultPrettyPrinter().createGenerator(text)) {
      in.nextToken();
      out.copyCurrentStructureExact(in);
    }
    return text.toString();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
