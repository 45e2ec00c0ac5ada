package com.langdock.reliability.gateway.journal.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SchemaTest {
  private static final String FOLDER = "/com/langdock/reliability/gateway/journal/store/";

  @Test
  void isOfTheVersionOfItsLastMigration() throws Exception {
    Path first =
        Path.of(requireNonNull(Schema.class.getResource(FOLDER + "V1__journal.sql")).toURI());
    try (Stream<Path> files = Files.list(requireNonNull(first.getParent()))) {
      List<Integer> versions =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".sql"))
              .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
              .sorted()
              .toList();
      assertThat(versions.getLast()).isEqualTo(Schema.VERSION);
    }
  }
}
