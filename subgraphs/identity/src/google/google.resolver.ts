import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { AuthPayload } from '../session/auth-payload.ts';
import { User } from '../user/user.ts';
import { LoginWithGoogleInput, RefreshGoogleSessionInput } from './google.inputs.ts';
import type { GoogleService } from './google.service.ts';

@Resolver(() => User)
export class GoogleResolver {
  readonly #google: GoogleService;

  constructor(google: GoogleService) {
    this.#google = google;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Google's id of the account there that signs the user in; null without one. Only the user sees it, anybody else gets null.",
  })
  async googleId(@Root() user: User, @Ctx() context: Context): Promise<string | null> {
    return user.isReader(context) ? this.#google.idOf(user.id, context) : null;
  }

  @Mutation(() => AuthPayload, {
    description:
      "Signs in with Google; makes an account where there is none. One with the same address becomes theirs where Google vouches for it, which voids its password and ends its sessions; else CONFLICT. UNAUTHENTICATED for a token that is not good or whose address is unverified; UNAVAILABLE where Google's keys cannot be had; FORBIDDEN where this is not set up.",
  })
  async loginWithGoogle(
    @Arg('input', () => LoginWithGoogleInput, { description: "Google's word." }) input: LoginWithGoogleInput,
    @Ctx() context: Context,
  ): Promise<AuthPayload> {
    return this.#google.login(input, context.client);
  }

  @Mutation(() => AuthPayload, {
    description:
      'Begins another session of somebody who has signed in with Google before; NOT_FOUND where they have not. Else as `loginWithGoogle`.',
  })
  async refreshGoogleSession(
    @Arg('input', () => RefreshGoogleSessionInput, { description: "Google's word, anew." })
    input: RefreshGoogleSessionInput,
    @Ctx() context: Context,
  ): Promise<AuthPayload> {
    return this.#google.refresh(input, context.client);
  }
}
