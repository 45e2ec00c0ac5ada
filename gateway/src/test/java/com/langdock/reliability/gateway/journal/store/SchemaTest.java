package com.langdock.reliability.gateway.journal.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SchemaTest {
  private static final String FOLDER = "/com/langdock/reliability/gateway/journal/";

  @Test
  void isOfTheVersionOfItsLastMigration() throws Exception {
    assertThat(last("store/V1__journal.sql")).isEqualTo(Schema.VERSION);
    assertThat(last("postgres/V9__days.sql")).isEqualTo(Schema.POSTGRES_VERSION);
  }

  private static int last(String any) throws Exception {
    Path first = Path.of(requireNonNull(Schema.class.getResource(FOLDER + any)).toURI());
    try (Stream<Path> files = Files.list(requireNonNull(first.getParent()))) {
      List<Integer> versions =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".sql"))
              .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
              .sorted()
              .toList();
      return versions.getLast();
    }
  }
}
