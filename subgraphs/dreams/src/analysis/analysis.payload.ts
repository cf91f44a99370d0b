import type { AnalysisPayload } from '@kopru/schema/events.ts';
import { Analysis } from './analysis.ts';

/** An analysis as events carry it, whole, so that nobody has to read it again. */
export const payloadOf = ({ id, status, builtIn, startedAt, finishedAt, errorCode }: Analysis): AnalysisPayload => ({
  id,
  status,
  builtIn,
  startedAt: startedAt?.toISOString() ?? null,
  finishedAt: finishedAt?.toISOString() ?? null,
  errorCode,
});

export const analysisOf = ({ startedAt, finishedAt, ...rest }: AnalysisPayload): Analysis =>
  Object.assign(new Analysis(), {
    ...rest,
    startedAt: startedAt === null ? null : new Date(startedAt),
    finishedAt: finishedAt === null ? null : new Date(finishedAt),
  });
