/**
 * Runs one exchange: drives its session, starts attempts, waits, and delivers the answer. No policy
 * is here: every decision is the session's ({@link com.langdock.reliability.core.session.Session}).
 * The engine knows no client API, no provider format and no JSON; it moves pieces from a provider's
 * reader to a client's writer.
 *
 * <p><b>Order of calls.</b> The front creates a {@link
 * com.langdock.reliability.gateway.engine.SessionDriver} and calls {@code begin}. The driver asks
 * the session and executes its step: it creates an attempt and begins it. The attempt lets its
 * target's format write the request (on a worker when the body is large), signs it, and sends it.
 * From then on the upstream call reports to the attempt: head, chunks, end or failure. A {@code
 * WholeAttempt} gathers the chunks and has them read once; a {@code StreamAttempt} passes them
 * through a frame reader and a piece reader, and adds each piece to the {@code ClientStream}, which
 * joins continuing text and gives it to the client's writer. {@code StreamOutput} sends what the
 * writer has gathered when the event loop has done its reads. An attempt reports to the driver; the
 * driver tells the session, and executes the next step, or calls the {@link
 * com.langdock.reliability.gateway.engine.Delivery} exactly once with the end.
 *
 * <p><b>Who may be called back inside whom.</b> Everything runs on one event loop, so calls nest
 * but never overlap.
 *
 * <ul>
 *   <li>A driver's report method ({@code failed}, {@code succeeded}, {@code streamEnded}) may begin
 *       the next attempt before it returns, and may call the delivery. An attempt therefore marks
 *       itself as ended before it reports, and touches nothing after it.
 *   <li>An attempt may fail inside its own {@code begin}: when its format cannot express the
 *       request, or the connection is refused at once.
 *   <li>{@code chunk} of a stream attempt may end the attempt in the middle of its bytes: the
 *       pieces that follow are dropped.
 *   <li>The delivery may cancel everything from within any of its methods: the client may be found
 *       gone, or a front may throw, and the guard of the request then aborts the driver. A
 *       cancelled attempt reports nothing.
 *   <li>Work on a worker, timers and {@code execute} come back on the loop, later; each checks
 *       first whether the attempt or the output has ended.
 *   <li>Observers are called inside the session's signals. They must not call back.
 * </ul>
 *
 * <p>What any of these throw reaches the guard of the request ({@link
 * com.langdock.reliability.gateway.engine.GuardedReply}, {@code EventLoop.guardedBy}), which ends
 * that request with an error and no other.
 */
@NullMarked
package com.langdock.reliability.gateway.engine;

import org.jspecify.annotations.NullMarked;
