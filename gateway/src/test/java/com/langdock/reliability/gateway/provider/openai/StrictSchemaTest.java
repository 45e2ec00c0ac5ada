package com.langdock.reliability.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.provider.Exchanges;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictSchemaTest {
  private static boolean isStrict(String schema) {
    return StrictSchema.isStrict(Exchanges.json(schema.replace('\'', '"')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'object','additionalProperties':false}",
        "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],"
            + "'additionalProperties':false}",
        "{'type':'object','properties':{'a':{'type':'array','items':{'$ref':'#/$defs/b'}}},"
            + "'required':['a'],'additionalProperties':false,'$defs':{'b':{'enum':[1]}}}",
        "{'type':'object','properties':{'a':{'anyOf':[{'type':'null'},{'type':'number'}]}},"
            + "'required':['a'],'additionalProperties':false}",
      })
  void takesClosedObjectsThatRequireAllTheirProperties(String schema) {
    assertThat(isStrict(schema)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'type':'object'}",
        "{'type':'string'}",
        "{'type':'object','additionalProperties':{'type':'string'}}",
        "{'type':'object','properties':{'a':{}},'additionalProperties':false}",
        "{'type':'object','properties':{'a':{'type':'object'}},'required':['a'],"
            + "'additionalProperties':false}",
        "{'type':'object','properties':{'a':{'oneOf':[]}},'required':['a'],"
            + "'additionalProperties':false}",
        "{'type':'object','properties':{'a':true},'required':['a'],'additionalProperties':false}",
        "{'type':'object','anyOf':[],'additionalProperties':false}",
      })
  void refusesWhatOpenAiRefuses(String schema) {
    assertThat(isStrict(schema)).isFalse();
  }
}
