package com.langdock.reliability.mock.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads forms with files. */
public final class FormData {
  private static final Pattern BOUNDARY =
      Pattern.compile("^multipart/form-data;.*boundary=\"?([^\";]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");

  private FormData() {}

  /**
   * The fields as an object; of a file the number of its bytes.
   *
   * @throws InvalidRequest if the body is no form
   */
  public static JsonNode fields(RawRequest request) {
    Matcher type = BOUNDARY.matcher(request.headers().getOrDefault("content-type", ""));
    String body = new String(request.body(), ISO_8859_1);
    if (!type.find() || !body.endsWith("\r\n--" + type.group(1) + "--\r\n")) {
      throw new InvalidRequest("Could not parse multipart form", null, null);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String part : ("\r\n" + body).split(Pattern.quote("\r\n--" + type.group(1)), -1)) {
      int content = part.indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(part.substring(0, Math.max(0, content)));
      if (name.find()) {
        String value = part.substring(content + 4);
        boolean isFile = part.substring(0, content).contains("filename=");
        fields.put(
            name.group(1), isFile ? value.length() : new String(value.getBytes(ISO_8859_1), UTF_8));
      }
    }
    return Json.parse(Json.text(fields).getBytes(UTF_8));
  }
}
