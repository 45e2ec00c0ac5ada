package com.langdock.reliability.gateway.config;

import static com.langdock.reliability.gateway.config.Configs.PROVIDERS;
import static com.langdock.reliability.gateway.config.Configs.problems;
import static com.langdock.reliability.gateway.config.Configs.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigProblemsTest {
  private static final String OPENAI = "name: openai, base_url: 'http://h', models: [gpt-4]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {port: 1, prt: 2}       | server.prt: is not a known key; did you mean port?
          {zebra: 1, host: a}     | server.zebra: is not a known key; known here are \
          allow_anonymous, drain_timeout, host, lame_duck, max_body, max_body_of, max_connections, \
          max_in_flight, port, proxy_protocol, tls, transport, trusted_proxies, websocket
          {'port:sk-1': 2}        | server.port…: is not a known key; known here are \
          allow_anonymous, drain_timeout, host, lame_duck, max_body, max_body_of, max_connections, \
          max_in_flight, port, proxy_protocol, tls, transport, trusted_proxies, websocket
          {port: 70000}           | server.port: must be from 0 to 65535, not "70000"
          {port: -1}              | server.port: must be from 0 to 65535, not "-1"
          {port: 99999999999999}  | server.port: must be from 0 to 65535, not "99999999999999"
          {port: 80.5}            | server.port: must be a whole number, not "80.5"
          {port: [1]}             | server.port: must be a whole number, not a list
          {port: }                | server.port: must be a whole number, not nothing
          {port: "${NONE}"}       | server.port: the environment variable NONE is not set
          {port: "${API_KEY}"}    | server.port: must be a whole number, not "${API_KEY}"
          {port: "${1x}"}         | server.port: a reference to the environment is ${NAME} or \
          ${NAME:-default}
          {host: ""}              | server.host: must not be empty
          {host: {a: b}}          | server.host: must be text, not a section
          {host: not an ip}       | server.host: must be an address or a host name, not "not an ip"
          {host: 127.0.0.256}     | server.host: must be an address or a host name, not \
          "127.0.0.256"
          {max_body: 0}           | server.max_body: must be more than 0 and at most 1GiB, not "0"
          {max_body: 2GiB}        | server.max_body: must be more than 0 and at most 1GiB, \
          not "2GiB"
          {max_body: 9MB}         | server.max_body: must be a size such as 64KiB or 32MiB, \
          not "9MB"
          {max_body_of: {audio: 0}} | server.max_body_of.audio: must be more than 0 and at most \
          1GiB, not "0"
          {max_body_of: {audios: 1KiB}} | server.max_body_of.audios: is not a known key; did you \
          mean audio?
          {drain_timeout: 30}     | server.drain_timeout: must be a duration such as 250ms, 2s, \
          5m or 1d, not "30"
          {drain_timeout: -1s}    | server.drain_timeout: must be at least 0s, not "-1s"
          {drain_timeout: 25h}    | server.drain_timeout: must be at most 24h, not "25h"
          {allow_anonymous: yes}  | server.allow_anonymous: must be true or false, not "yes"
          [1]                     | server: must be a section of keys and values, not a list
          """)
  void aWrongValueIsNamedWithWhatWouldBeRight(String server, String problem) {
    assertThat(problems(PROVIDERS + "server: " + server)).containsExactly("2: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retry: {max_attempts: 0}            | retry.max_attempts: must be from 1 to 100, not "0"
          retry: {max_retries: 2, max_attempts: 2} | retry.max_retries: is the old name of \
          max_attempts, which is set too; keep one of them
          retry: {base_backoff: 2m}           | retry.max_backoff: must not be shorter than \
          base_backoff
          retry: {budget: {ratio: 1.1}}       | retry.budget.ratio: must be from 0 to 1, not "1.1"
          retry: {budget: {ratio: 1e0}}       | retry.budget.ratio: must be a number, not "1e0"
          timeout: {connect: 0s}              | timeout.connect: must be more than 0s, not "0s"
          timeout: {total: 11m}               | timeout.stream_total: must not be shorter than total
          circuit_breaker: {scope: model}     | circuit_breaker.scope: must be auto or provider \
          or target, not "model"
          circuit_breaker: {failure_rate: 0}  | circuit_breaker.failure_rate: must be more than 0 \
          and at most 1, not "0"
          circuit_breaker: {threshold: 0}     | circuit_breaker.threshold: must be from 1 to \
          1000000, not "0"
          streaming: {on_break: stop}         | streaming.on_break: must be continue or error, not \
          "stop"
          observability: {log_level: loud}    | observability.log_level: must be debug or info or \
          warn or error, not "loud"
          observability: {host: "a b"}        | observability.host: must be an address or a host \
          name, not "a b"
          observability: {admin_token: short} | observability.admin_token: must be 16 to 512 \
          letters, digits and signs
          observability: {allowed_hosts: ["a:1"]} | observability.allowed_hosts[0]: must be a host \
          name, without a port
          journal: {max_size: 1B}             | journal.max_size: must be at least 1MiB and at \
          most 1024GiB, not "1B"
          journal: postgresql://u:pw@h/d      | journal: must be a section of keys and values, not \
          a text of 21 characters
          observability: {metrics_port: 8080} | observability.metrics_port: must not be \
          server.port on the same address
          fallbacks: {gpt-9: [gpt-4]}         | fallbacks.gpt-9: is a model that no provider serves
          fallbacks: {gpt-4: [gpt-9]}         | fallbacks.gpt-4[0]: is a model that no provider \
          serves
          fallbacks: {gpt-4: [gpt-4o, gpt-4]} | fallbacks.gpt-4[1]: is the model itself
          fallbacks: {gpt-4: [gpt-4o, gpt-4o]} | fallbacks.gpt-4[1]: is in this list already
          fallbacks: {gpt-4: gpt-4o}          | fallbacks.gpt-4: must be a list, not "gpt-4o"
          models: {gpt-4: {context_window: 0}} | models.gpt-4.context_window: must be from 1 to \
          1000000000, not "0"
          models: {gpt-4: {context_window: 100}} | models.gpt-4.max_output_tokens: must not be \
          larger than context_window, 100
          models: {gpt-4: {tokenizer: words}} | models.gpt-4.tokenizer: must be cl100k_base or \
          o200k_base, not "words"
          retries: {}                         | retries: is not a known key; did you mean retry?
          """)
  void anImpossibleSettingIsNamed(String setting, String problem) {
    assertThat(problems(PROVIDERS + setting)).containsExactly("2: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          base_url: 'http://h', models: [a], type: openai | name: is required
          name: 'a b', base_url: 'http://h', models: [a], type: openai | name: must be up to 64 \
          letters, digits, dots, dashes and underscores
          name: openai, models: [a]                       | api_key: is missing, and so is \
          OPENAI_API_KEY in the environment
          name: gemini, models: [a]                       | api_key: is missing, and so is \
          GEMINI_API_KEY or GOOGLE_API_KEY in the environment
          name: azure, models: [a], api_key: k            | base_url: is required
          name: ollama, models: [a], api_version: 1       | api_version: is a setting of type azure
          name: azure, models: [a], base_url: 'http://h', api_version: v1 | api_version: must be \
          a date such as 2024-10-21
          name: a, type: gorq, models: [a], base_url: 'http://h' | type: is not a known name; did \
          you mean groq?
          name: groq, models: [a], api_key: k, formats: [chat, embedings] | formats[1]: is not a \
          known name; did you mean embeddings?
          name: ollama, models: [a], formats: [speech]    | formats[0]: must be one of chat, \
          responses, messages, gemini, converse, cohere, embeddings, completions, fim, \
          moderations, audio, images, rerank
          name: openai, base_url: 'ftp://h', models: [a]  | base_url: must begin with http:// or \
          https://
          name: openai, base_url: 'localhost:80', models: [a] | base_url: must begin with http:// \
          or https://
          name: openai, base_url: 'http://', models: [a]  | base_url: must be a URL such as \
          https://api.openai.com/v1
          name: openai, base_url: 'http:///v1', models: [a] | base_url: needs a host name of \
          letters, digits, dots and dashes
          name: openai, base_url: 'http://my_host', models: [a] | base_url: needs a host name of \
          letters, digits, dots and dashes
          name: openai, base_url: 'http://u:p@h', models: [a] | base_url: must not contain a user \
          or password; use api_key or headers
          name: openai, base_url: 'http://h:0', models: [a] | base_url: has a port that is not from \
          1 to 65535
          name: openai, base_url: 'http://h#key', models: [a] | base_url: must end with its path or \
          its query, without #
          name: openai, base_url: 'http://h'              | models: needs at least one model
          name: openai, base_url: 'http://h', models: []  | models: needs at least one model
          name: openai, base_url: 'http://h', models: [a, a] | models[1]: is in this list already
          name: openai, base_url: 'http://h', models: [a, ''] | models[1]: must not be empty
          name: openai, base_url: 'http://h', models: [a, 'b c'] | models[1]: must be model names \
          of up to 200 visible ASCII letters
          """)
  void aWrongProviderIsNamed(String provider, String problem) {
    assertThat(problems("providers: [{" + provider + "}]"))
        .containsExactly("1: providers[0]." + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          priority: -1             | priority: must be from 0 to 1000000, not "-1"
          api_key: 'sk 1'          | api_key: has a space, line break or other sign that no key has
          api_key: [sk-1]          | api_key: must be text, not a list
          headers: [sk-1]          | headers: must be a section of keys and values, not a list
          headers: {Host: sk-1}    | headers.Host: is a header that the gateway sets itself
          headers: {'X Y': sk-1}   | headers.X…: is not a header's name
          headers: {X: "a\\nb"}    | headers.X: has a line break or another sign that no header \
          may have
          timeout: {total: 20m}    | timeout.stream_total: must not be shorter than total
          timeout: {totl: 20m}     | timeout.totl: is not a known key; did you mean total?
          """)
  void aWrongDetailOfAProviderIsNamed(String detail, String problem) {
    assertThat(problems("providers: [{" + OPENAI + ", " + detail + "}]"))
        .containsExactly("1: providers[0]." + problem);
  }

  @Nested
  final class TheProviders {
    @Test
    void mustBeThere() {
      assertThat(problems("")).containsExactly("1: providers: needs at least one provider");
      assertThat(problems("\nproviders: []"))
          .containsExactly("2: providers: needs at least one provider");
    }

    @Test
    void mustHaveNamesOfTheirOwn() {
      assertThat(problems("providers:\n- {" + OPENAI + "}\n- {" + OPENAI + "}"))
          .containsExactly("3: providers[1].name: is the name of another provider too");
    }
  }

  @Nested
  final class Warnings {
    @Test
    void areForKeysOverPlainHttpToOtherMachines() {
      assertThat(warnings("providers: [{" + OPENAI + ", api_key: k}]"))
          .containsExactly(
              "1: providers[0].base_url: sends api_key over plain http to another machine");
      String local = OPENAI.replace("http://h", "http://127.0.0.1:8001");
      assertThat(warnings("providers: [{" + local + ", api_key: k}]")).isEmpty();
      String safe = OPENAI.replace("http://h", "https://h");
      assertThat(warnings("providers: [{" + safe + ", api_key: k}]")).isEmpty();
    }

    @Test
    void areForKeysInHeadersAndHostsThatLookLocal() {
      String header = ", headers: {Authorization: k}";
      assertThat(warnings("providers: [{" + OPENAI + header + "}]"))
          .containsExactly(
              "1: providers[0].headers: sends a key over plain http to another machine");
      assertThat(warnings("providers: [{" + OPENAI + ", headers: {X-Team: a}}]")).isEmpty();
      String disguised = OPENAI.replace("http://h", "http://127.evil.test");
      assertThat(warnings("providers: [{" + disguised + ", api_key: k}]")).hasSize(1);
    }

    @Test
    void areForProvidersThatAreAskedWithoutAKey() {
      String remote = OPENAI.replace("http://h", "https://h");
      String problem = "1: providers[0].api_key: is absent or empty: the provider is asked without";
      for (String key : List.of("", ", api_key: ''", ", api_key: '${EMPTY}'")) {
        assertThat(warnings("providers: [{" + remote + key + "}]"))
            .as(key)
            .containsExactly(problem + " a key");
      }
      assertThat(warnings("providers: [{" + remote + ", headers: {api-key: k}}]")).isEmpty();
      String local = OPENAI.replace("http://h", "https://localhost");
      assertThat(warnings("providers: [{" + local + "}]")).isEmpty();
    }

    @Test
    void areNotForAManagementPortWithATokenOrOfThisMachine() {
      assertThat(
              warnings(
                  Configs.PROVIDERS
                      + "observability: {host: 0.0.0.0, admin_token: 0123456789abcdef}"))
          .isEmpty();
      assertThat(warnings(Configs.PROVIDERS + "observability: {host: '::1'}")).isEmpty();
    }

    @Test
    void areForModelsWithoutFacts() {
      assertThat(warnings("providers: [{" + OPENAI.replace("gpt-4", "gpt-4, mine") + "}]"))
          .containsExactly(
              "1: providers[0].models[1]: is no model that the gateway has facts of; see models");
      assertThat(warnings("providers: [{" + OPENAI.replace("[gpt-4]", "{mine: gpt-4}") + "}]"))
          .isEmpty();
    }
  }
}
