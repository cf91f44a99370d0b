import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { EventType, KopruEvent } from '@kopru/schema/events.ts';
import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { dreamMessageOf } from '../message/dream-message.payload.ts';
import { DreamMessage } from '../message/dream-message.ts';
import { analysisOf } from './analysis.payload.ts';
import { Analysis } from './analysis.ts';

@ObjectType({
  description: 'The analyst began; again, from the beginning, where its service went away or the answer was cut off.',
  simpleResolvers: true,
})
class AnalysisStarted {
  @Field(() => Analysis, { description: 'The analysis, which is RUNNING.' })
  analysis!: Analysis;
}

@ObjectType({
  description: 'A piece of the answer. Whoever shows it cuts what they show at `position` and puts `text` there.',
  simpleResolvers: true,
})
class AnalysisText {
  @Field(() => ID, { description: 'The analysis.' })
  analysisId!: string;
  @Field(() => String, { description: 'What follows at `position`.' })
  text!: string;
  @Field(() => Int, {
    description:
      'Where the text belongs, in UTF-16 units from the beginning of the answer. 0 after more was said: the answer begins anew.',
  })
  position!: number;
}

@ObjectType({ description: 'The analyst has answered.', simpleResolvers: true })
class AnalysisCompleted {
  @Field(() => DreamMessage, { description: 'The whole answer, as it is stored.' })
  message!: DreamMessage;
  @Field(() => Analysis, { description: 'The analysis, which is COMPLETED.' })
  analysis!: Analysis;
}

@ObjectType({ description: 'There is no answer, and nothing was charged for it.', simpleResolvers: true })
class AnalysisFailed {
  @Field(() => Analysis, { description: 'The analysis, which is FAILED.' })
  analysis!: Analysis;
  @Field(() => String, { description: 'Why, as in `Analysis.errorCode`.' })
  errorCode!: string;
}

@ObjectType({ description: 'The author wanted no answer.', simpleResolvers: true })
class AnalysisCancelled {
  @Field(() => Analysis, { description: 'The analysis, which is CANCELLED.' })
  analysis!: Analysis;
}

export const DreamAnalysisEvent = createUnionType({
  name: 'DreamAnalysisEvent',
  description: 'Something that happened in the analysis of a dream.',
  types: () => [AnalysisStarted, AnalysisText, AnalysisCompleted, AnalysisFailed, AnalysisCancelled] as const,
});

type AnalysisEventType = Extract<EventType, `analysis.${string}`>;
type Of<Type extends EventType> = Extract<KopruEvent, { type: Type }>['payload'];
type Makers = { readonly [Type in AnalysisEventType]: (payload: Of<Type>) => typeof DreamAnalysisEvent };

const make = <T extends object>(type: new () => T, fields: T): T => Object.assign(new type(), fields);

/** What an event is in the graph. The payload says it all; nothing is read for it. */
const makers: Makers = {
  'analysis.started': ({ analysis }) => make(AnalysisStarted, { analysis: analysisOf(analysis) }),
  'analysis.text': ({ analysisId, text, position }) => make(AnalysisText, { analysisId, text, position }),
  'analysis.completed': ({ analysis, message }) =>
    make(AnalysisCompleted, { message: dreamMessageOf(message), analysis: analysisOf(analysis) }),
  'analysis.failed': ({ analysis }) =>
    make(AnalysisFailed, { analysis: analysisOf(analysis), errorCode: analysis.errorCode ?? '' }),
  'analysis.cancelled': ({ analysis }) => make(AnalysisCancelled, { analysis: analysisOf(analysis) }),
};

export const analysisEventTypes = Object.keys(makers) as readonly AnalysisEventType[];

/** The event as an object of the graph. Only types that were granted come here. */
export function analysisEvent({ type, payload }: LogEvent): typeof DreamAnalysisEvent {
  const maker = makers[type as AnalysisEventType];
  if (!maker) throw new Error(`${type} is not about an analysis.`);
  return maker(payload as never);
}
