import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { requireAgent } from '../access/agents.ts';
import { textFrom } from '../input/text.ts';
import { User } from '../references/user.ts';
import { addNote } from './note.add.ts';
import { AddPrivateNoteInput, AddPrivateNotePayload } from './note.inputs.ts';
import { PrivateNote } from './note.ts';

@Resolver(() => PrivateNote)
export class NoteResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @Mutation(() => AddPrivateNotePayload, {
    description:
      'For agents: notes something about a thread that its visitor never sees. NOT_FOUND, FORBIDDEN (SupportThread), VALIDATION_FAILED (`text`).',
  })
  addPrivateNote(
    @Arg('input', () => AddPrivateNoteInput, { description: 'The note.' }) input: AddPrivateNoteInput,
    @Ctx() context: Context,
  ): Promise<AddPrivateNotePayload> {
    const { userId: authorId } = requireAgent(context);
    const note = { threadId: input.threadId, authorId, text: textFrom(input.text) };
    return context.written(this.#database.write((tx) => addNote(tx, note)));
  }

  @FieldResolver(() => User, { nullable: true, description: 'The agent who wrote it.' })
  author(@Root() { authorId }: PrivateNote): User {
    return new User(authorId);
  }
}
