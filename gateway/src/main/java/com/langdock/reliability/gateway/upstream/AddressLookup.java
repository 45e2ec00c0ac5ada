package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.gateway.loop.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names on one event loop: by the hosts file, then by DNS.
 *
 * <p>DNS answers are cached for their time to live, at most {@value #MAX_TTL_SECONDS} seconds, and
 * removed when a connection fails. A worker checks the hosts file for changes once a second and
 * after each failure.
 */
final class AddressLookup {
  static final int MAX_TTL_SECONDS = 300;

  /** The timeout of one DNS query, after which it is repeated or sent to another server. */
  private static final long QUERY_MILLIS = 2_000;

  private static final int MAX_QUERIES = 8;
  private static final int MAX_SHARED_LOOKUPS = 64;

  private static final long NEVER = Long.MIN_VALUE;

  /** Younger answers are not queried again, however many connections fail. */
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final DnsRecord[] NO_RECORDS = {};

  private final EventLoop loop;
  private final HostsFile hosts;
  private final DnsCache cache = new DefaultDnsCache(0, MAX_TTL_SECONDS, 0);
  private final DnsNameResolverBuilder builder;

  /** When each configured name was last queried. */
  private final Map<String, Long> askedAt = new HashMap<>();

  private @Nullable DnsNameResolver resolver;
  private long hostsReadAt = NEVER;

  /**
   * A lookup that uses {@code dns}.
   *
   * @param dns with its event loop, channels and servers
   */
  AddressLookup(EventLoop loop, HostsFile hosts, DnsNameResolverBuilder dns) {
    this.loop = loop;
    this.hosts = hosts;
    this.builder =
        dns.resolveCache(cache)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
            .hostsFileEntriesResolver((name, types) -> null)
            .queryTimeoutMillis(QUERY_MILLIS)
            .maxQueriesPerResolve(MAX_QUERIES)
            .consolidateCacheSize(MAX_SHARED_LOOKUPS);
  }

  /**
   * Resolves {@code host} to at least one address, or to the reason why there is none.
   *
   * @param host a name, or an address as a URL has it
   */
  void find(String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> found) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      found.accept(List.of(address(literal)), null);
      return;
    }
    long now = loop.ticker().nanos();
    if (hostsReadAt != NEVER && now - hostsReadAt < FRESH_NANOS) {
      findNamed(host, found);
      return;
    }
    loop.computeOnWorker(
        () -> {
          hosts.refresh();
          return true;
        },
        (read, problem) -> {
          hostsReadAt = now;
          findNamed(host, found);
        });
  }

  private void findNamed(
      String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> found) {
    List<InetAddress> known = hosts.addresses(host);
    if (known.isEmpty()) {
      ask(host, found);
    } else {
      found.accept(known, null);
    }
  }

  /**
   * Removes the addresses of {@code host} after all of them failed.
   *
   * @return whether another lookup may find others; false if DNS was queried just now
   */
  boolean forget(String host) {
    hostsReadAt = NEVER;
    Long asked = askedAt.get(host);
    if (asked == null || loop.ticker().nanos() - asked < FRESH_NANOS) {
      return false;
    }
    return cache.clear(host);
  }

  private void ask(
      String host, BiConsumer<@Nullable List<InetAddress>, @Nullable Throwable> found) {
    var known = cache.get(host, NO_RECORDS);
    if (known == null || known.isEmpty()) {
      askedAt.put(host, loop.ticker().nanos());
    }
    Future<List<InetAddress>> answer = dns().resolveAll(host);
    answer.addListener(done -> {
      if (answer.isSuccess()) {
        found.accept(answer.getNow(), null);
      } else {
        hostsReadAt = NEVER;
        found.accept(null, answer.cause());
      }
    });
  }

  /** Created for the first name that is not in the hosts file, because it opens a socket. */
  private DnsNameResolver dns() {
    DnsNameResolver made = resolver;
    if (made == null) {
      made = builder.build();
      resolver = made;
    }
    return made;
  }

  private static InetAddress address(byte[] literal) {
    try {
      return InetAddress.getByAddress(literal);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
