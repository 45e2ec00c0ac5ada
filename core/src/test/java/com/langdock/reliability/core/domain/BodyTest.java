package com.langdock.reliability.core.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyTest {
  private final List<byte[]> givenBack = new ArrayList<>();
  private final Body.Lender lender =
      new Body.Lender() {
        @Override
        public Body lend(int length) {
          return Body.lent(new byte[length * 2], length, this);
        }

        @Override
        public void giveBack(byte[] array) {
          givenBack.add(array);
        }
      };

  @Test
  void isGivenBackWhenAllHaveReleasedIt() {
    Body body = lender.lend(3);
    byte[] array = body.array();
    body.hold();
    body.release();
    assertThat(givenBack).isEmpty();

    body.release();

    assertThat(givenBack).containsExactly(array);
  }

  @Test
  void cannotBeUsedOnceItIsGivenBack() {
    Body body = lender.lend(3);
    body.release();

    assertThatThrownBy(body::array).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(body::bytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(body::hold).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(body::release).isInstanceOf(IllegalStateException.class);
    assertThat(givenBack).hasSize(1);
  }

  @Test
  void tellsThoseWhoKnowItsPlacesBeforeItIsUsedAgain() {
    List<String> told = new ArrayList<>();
    Body body = lender.lend(3);
    body.beforeReuse(() -> told.add("first, " + givenBack.size() + " given back"));
    body.beforeReuse(() -> told.add("second"));
    assertThat(told).isEmpty();

    body.release();

    assertThat(told).containsExactly("first, 0 given back", "second");
  }

  @Test
  void hasFewerBytesThanItsArray() {
    Body body = lender.lend(3);
    assertThat(body.length()).isEqualTo(3);
    assertThat(body.array()).hasSize(6);
    assertThat(body.bytes()).hasSize(3);
    assertThat(body.another(5).array()).hasSize(10);
  }

  @Test
  void mayHaveMoreRoomThanItNeeds() {
    Body room = lender.lend(3);
    Body body = room.first(2);
    assertThat(body.length()).isEqualTo(2);
    assertThat(body.array()).isSameAs(room.array());

    body.release();

    assertThat(givenBack).hasSize(1);
    assertThatThrownBy(room::array).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void ofAPlainArrayIsAlwaysUsable() {
    byte[] array = {1, 2};
    Body body = Body.of(array);
    body.beforeReuse(() -> {
      throw new AssertionError("it is not lent");
    });
    body.hold().release();
    body.release();
    body.release();

    assertThat(body.bytes()).isSameAs(array);
    assertThat(body.another(1).array()).hasSize(1);
  }
}
