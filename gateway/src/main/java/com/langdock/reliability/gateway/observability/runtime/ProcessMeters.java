package com.langdock.reliability.gateway.observability.runtime;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The meters of this process, under the names that Prometheus' own client libraries give them, so
 * that dashboards made for any process work: {@code process_cpu_seconds_total}, {@code
 * jvm_memory_used_bytes}. Micrometer's own have others, and need a thread and a close.
 */
public final class ProcessMeters {
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private ProcessMeters() {}

  /** Shows this process in {@code registry} from now on. */
  public static void show(MeterRegistry registry) {
    process(registry);
    memory(registry);
    ManagementFactory.getGarbageCollectorMXBeans().forEach(bean -> collector(bean, registry));
    ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
        .forEach(bean -> bufferPool(bean, registry));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Gauge.builder("jvm.threads.current", threads, ThreadMXBean::getThreadCount)
        .description("Platform threads that live now.")
        .register(registry);
  }

  private static void process(MeterRegistry registry) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    Gauge.builder("process.start.time", runtime, bean -> bean.getStartTime() / MILLIS)
        .description("When the process started, in seconds since 1970.")
        .baseUnit("seconds")
        .register(registry);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder("process.cpu", system, bean -> bean.getProcessCpuTime() / NANOS)
          .description("CPU time used, in user and system mode.")
          .baseUnit("seconds")
          .register(registry);
    }
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      Gauge.builder("process.open.fds", unix, bean -> bean.getOpenFileDescriptorCount())
          .description("File descriptors that are open.")
          .register(registry);
      Gauge.builder("process.max.fds", unix, bean -> bean.getMaxFileDescriptorCount())
          .description("File descriptors that may be open.")
          .register(registry);
    }
  }

  private static void memory(MeterRegistry registry) {
    area("heap", MemoryMXBean::getHeapMemoryUsage, registry);
    area("nonheap", MemoryMXBean::getNonHeapMemoryUsage, registry);
  }

  private static void area(
      String area, Function<MemoryMXBean, MemoryUsage> usage, MeterRegistry registry) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    Gauge.builder("jvm.memory.used", memory, bean -> usage.apply(bean).getUsed())
        .description("Memory that holds something, garbage included.")
        .tag("area", area)
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("jvm.memory.committed", memory, bean -> usage.apply(bean).getCommitted())
        .description("Memory taken from the system.")
        .tag("area", area)
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("jvm.memory.max", memory, bean -> usage.apply(bean).getMax())
        .description("Memory that may be taken; -1 where there is no limit.")
        .tag("area", area)
        .baseUnit("bytes")
        .register(registry);
  }

  private static void collector(GarbageCollectorMXBean collector, MeterRegistry registry) {
    FunctionTimer.builder(
            "jvm.gc.collection",
            collector,
            GarbageCollectorMXBean::getCollectionCount,
            GarbageCollectorMXBean::getCollectionTime,
            TimeUnit.MILLISECONDS)
        .description("Garbage collections and the time they took.")
        .tag("gc", collector.getName())
        .register(registry);
  }

  private static void bufferPool(BufferPoolMXBean pool, MeterRegistry registry) {
    Gauge.builder("jvm.buffer.pool.used", pool, BufferPoolMXBean::getMemoryUsed)
        .description("Memory of buffers outside the heap.")
        .tag("pool", pool.getName())
        .baseUnit("bytes")
        .register(registry);
  }
}
