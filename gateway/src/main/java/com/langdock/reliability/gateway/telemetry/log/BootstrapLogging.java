package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.event.Level;

/**
 * Configures Logback until {@link LogSetup} starts: warnings as text on standard error.
 *
 * <p>Found by the service loader. Without it Logback would search the class path for files, and
 * then print every debug line of every library.
 */
public final class BootstrapLogging extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogSetup.start(context, Level.WARN, LogFormat.TEXT, System.err);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
