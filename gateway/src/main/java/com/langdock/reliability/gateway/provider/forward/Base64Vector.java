package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Vectors as OpenAI's clients decode them: base64 of 32-bit floats in little-endian order. */
final class Base64Vector {
  private Base64Vector() {}

  /** The vector of {@code numbers}, without quotes. */
  static String of(List<JsonValue> numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    numbers.forEach(number -> bytes.putFloat((float) number.number()));
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
