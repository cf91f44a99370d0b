import type { Context } from '@kopru/runtime/context.ts';
import { notFound, validationFailed } from '@kopru/runtime/errors.ts';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { UpdateProfileInput, UpdateProfilePayload } from './user.inputs.ts';
import type { UserService } from './user.service.ts';
import { User } from './user.ts';

const mostUsers = 100;

@Resolver(() => User)
export class UserResolver {
  readonly #users: UserService;

  constructor(users: UserService) {
    this.#users = users;
  }

  @Query(() => User, { nullable: true, description: 'Who is asking; null without credentials.' })
  async viewer(@Ctx() context: Context): Promise<User | null> {
    const viewer = context.viewerOrNull;
    return viewer && this.#users.find(viewer.userId, context);
  }

  @Query(() => User, {
    nullable: true,
    description: 'A user by id; null with the error NOT_FOUND where there is none.',
  })
  async user(
    @Arg('id', () => ID, { description: 'The id of a user.' }) id: string,
    @Ctx() context: Context,
  ): Promise<User> {
    const user = await this.#users.find(id, context);
    if (!user) throw notFound('User');
    return user;
  }

  @Query(() => [User], {
    nullable: 'items',
    description: 'Users in the order of `ids`; null for an id that nobody has.',
  })
  async users(
    @Arg('ids', () => [ID], { description: 'At most 100 ids; more are VALIDATION_FAILED.' }) ids: string[],
    @Ctx() context: Context,
  ): Promise<(User | null)[]> {
    if (ids.length > mostUsers) throw validationFailed({ ids: [`At most ${mostUsers} users at a time.`] });
    return Promise.all(ids.map((id) => this.#users.find(id, context)));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The email address; only the user sees it, anybody else gets null.',
  })
  email(@Root() user: User, @Ctx() context: Context): string | null {
    return user.isReader(context) && user.active ? user.email : null;
  }

  @Mutation(() => UpdateProfilePayload, {
    description: "Changes the viewer's profile. VALIDATION_FAILED with all broken `fields`; CONFLICT for taken names.",
  })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What to change.' }) input: UpdateProfileInput,
    @Ctx() context: Context,
  ): Promise<UpdateProfilePayload> {
    return { user: await this.#users.updateProfile(input, context) };
  }
}
