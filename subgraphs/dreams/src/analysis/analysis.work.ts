import type { Destination } from '@kopru/runtime/events/log.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { type Analyst, AnalystFailure } from '../analyst/analyst.ts';
import { completeAnalysis, failAnalysis } from './analysis.finish.ts';
import { type LeaseDependencies, releaseLease, renewLease } from './analysis.lease.ts';
import { AnswerPush } from './analysis.push.ts';
import { talkAbout } from './analysis.talk.ts';
import type { Analysis } from './analysis.ts';

export interface WorkDependencies extends LeaseDependencies {
  readonly analyst: Analyst;
  readonly destination: Destination;
  readonly logger: Logger;
}

/**
 * Has the analyst answer, tells of the answer as it comes, and stores it. It never rejects: what cannot be stored now is begun anew
 * by whoever finds that the lease has run out. Stopped for `leaving`, the analysis is left to others; else nobody wants it any more.
 */
export async function workOn(
  parts: WorkDependencies,
  analysis: Analysis,
  stop: AbortController,
  leaving: Error,
): Promise<void> {
  const { logger, destination, timing } = parts;
  const push = new AnswerPush({ destination, logger, every: timing.pushEvery }, analysis);
  const lease = keepLease(parts, analysis, stop);
  try {
    if (analysis.attempts > timing.attempts) return void (await failAnalysis(parts, analysis, 'INTERRUPTED'));
    const answer = await answerTo(parts, analysis, push, stop.signal);
    if (answer instanceof AnalystFailure) return void (await failAnalysis(parts, analysis, answer.code));
    await push.flush();
    await completeAnalysis(parts, analysis, answer);
  } catch (error) {
    if (!stop.signal.aborted) logger.error({ err: error, analysis: analysis.id }, 'an analysis was left unfinished');
    else if (stop.signal.reason === leaving)
      await releaseLease(parts, analysis).catch((failure: unknown) =>
        logger.warn({ err: failure, analysis: analysis.id }, 'an analysis is left to whoever finds it'),
      );
  } finally {
    push.close();
    clearInterval(lease);
  }
}

/** The analyst's answer, or why there is none. @throws when it is stopped */
async function answerTo(
  { analyst, database, logger }: WorkDependencies,
  analysis: Analysis,
  push: AnswerPush,
  signal: AbortSignal,
): Promise<string | AnalystFailure> {
  const talk = await talkAbout(database, analysis.dreamId);
  signal.throwIfAborted();
  if (!talk) {
    logger.warn({ analysis: analysis.id }, 'there is nothing to answer');
    return new AnalystFailure('INTERNAL', 'There is nothing to answer.');
  }
  try {
    const answer = await analyst.answer(talk, push, signal);
    signal.throwIfAborted();
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AnalystFailure) return error;
    logger.error({ err: error, analysis: analysis.id }, 'the analyst failed');
    return new AnalystFailure('INTERNAL', 'The analyst failed.');
  }
}

/** Renews the lease until the interval is cleared, and stops the work where it is lost. */
function keepLease(parts: WorkDependencies, analysis: Analysis, stop: AbortController): NodeJS.Timeout {
  const { timing, now, logger } = parts;
  let until = now() + timing.lease;
  return setInterval(() => {
    const asked = now();
    renewLease(parts, analysis).then(
      (ours) => {
        if (ours) until = asked + timing.lease;
        else stop.abort();
      },
      (error: unknown) => {
        logger.warn({ err: error, analysis: analysis.id }, 'a lease could not be renewed');
        if (now() >= until) stop.abort();
      },
    );
  }, timing.renewEvery);
}
