package com.langdock.reliability.mock;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.fault.Fault;
import com.langdock.reliability.mock.settings.Settings;
import com.langdock.reliability.mock.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's tables name what there is, and nothing else. */
class ReadmeTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)`");

  @Test
  void namesEverySettingInOrder() throws Exception {
    assertThat(rowsUnder("## Settings"))
        .containsExactlyElementsOf(SettingsReader.show(Settings.healthy()).keySet());
  }

  @Test
  void namesEveryFault() throws Exception {
    assertThat(rowsUnder("## Names in a script"))
        .containsExactlyInAnyOrderElementsOf(Fault.all().stream().map(Fault::wireName).toList());
  }

  private static List<String> rowsUnder(String heading) throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf(heading);
    assertThat(start).as(heading).isNotNegative();
    int next = readme.indexOf("\n## ", start);
    String section = readme.substring(start, next < 0 ? readme.length() : next);
    return ROW.matcher(section).results().map((MatchResult row) -> row.group(1)).toList();
  }
}
