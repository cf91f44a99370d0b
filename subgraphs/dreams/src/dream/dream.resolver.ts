import type { Context } from '@kopru/runtime/context.ts';
import { type Connection, ConnectionArgs, connectionType } from '@kopru/runtime/subgraph/connection.ts';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { AnalysisLookup } from '../analysis/analysis.lookup.ts';
import { Analysis } from '../analysis/analysis.ts';
import type { DreamMessageLookup } from '../message/dream-message.lookup.ts';
import { DreamMessage } from '../message/dream-message.ts';
import { User } from '../references/user.ts';
import type { DreamLookup } from './dream.lookup.ts';
import { Dream } from './dream.ts';

const DreamMessageConnection = connectionType('DreamMessage', () => DreamMessage);

@Resolver(() => Dream)
export class DreamResolver {
  readonly #dreams: DreamLookup;
  readonly #messages: DreamMessageLookup;
  readonly #analyses: AnalysisLookup;

  constructor(dreams: DreamLookup, messages: DreamMessageLookup, analyses: AnalysisLookup) {
    this.#dreams = dreams;
    this.#messages = messages;
    this.#analyses = analyses;
  }

  @Query(() => Dream, {
    nullable: true,
    description: "One of the viewer's dreams. NOT_FOUND where there is none, or it is somebody else's.",
  })
  dream(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: Context): Promise<Dream> {
    return this.#dreams.own(id, context);
  }

  @FieldResolver(() => User, { description: 'Who dreamt it.' })
  author(@Root() { authorId }: Dream): User {
    return new User(authorId);
  }

  @FieldResolver(() => Boolean, {
    description: 'True: a deleted dream is gone. It is here for older clients, which ask.',
  })
  isActive(): boolean {
    return true;
  }

  @FieldResolver(() => DreamMessageConnection, {
    description: 'What was said about it, oldest first; a cursor is a message id. `last: 20` are the newest 20.',
  })
  messages(
    @Root() { id }: Dream,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: Context,
  ): Promise<Connection<DreamMessage>> {
    return this.#messages.ofDream(id, args, context);
  }

  @FieldResolver(() => Analysis, { nullable: true, description: 'The latest; null until the first message.' })
  async analysis(@Root() { analysisId }: Dream, @Ctx() context: Context): Promise<Analysis | null> {
    return analysisId === null ? null : context.load(this.#analyses.byId).load(analysisId);
  }
}
